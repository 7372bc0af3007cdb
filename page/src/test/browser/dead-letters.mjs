// Looks at what could not be processed, decoded and raw; discards one, replays all and sees how far that is.
import { asPerson, check, visit } from './person.mjs';

await asPerson(async (page) => {
  await visit(page, 'dead-letters');
  const letters = page.locator('ul.letters > li');
  await letters.first().waitFor();
  const all = await letters.count();
  check(all >= 4, `the poison is there and what was refused, got ${all}`);

  // What the model has refused goes through now.
  const dialog = page.getByRole('dialog').filter({ hasText: 'Came from' });
  await letters.filter({ hasText: 'linus' }).first().getByRole('link').click();
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await dialog.getByText('Sent to its topic again.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.waitForFunction((count) => document.querySelectorAll('ul.letters > li').length === count - 1, all);
  const before = all - 1;

  await page.getByLabel('Error has').fill('no error has this text');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByText('None match').waitFor();
  await page.getByLabel('Error has').fill('');
  await page.getByRole('button', { name: 'Filter' }).click();
  await letters.first().waitFor();

  await letters.filter({ hasText: 'memory.interactions' }).first().getByRole('link').click();
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Raw' }).click();
  check(/000000 {2}([0-9a-f]{2} )/.test(await dialog.locator('pre').first().innerText()), 'raw is bytes');
  await dialog.getByRole('button', { name: 'Decoded' }).click();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.getByRole('button', { name: 'Discard for good?' }).click();
  await dialog.getByText('Put aside.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.waitForFunction((count) => document.querySelectorAll('ul.letters > li').length === count - 1, before);

  // Before the replay: what is sent again and is as bad as before comes back.
  await page.getByLabel('State').selectOption('discarded');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByText(/1 letter discarded/).waitFor();
  await page.getByLabel('State').selectOption('parked');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByText(`${before - 1} letters parked`).waitFor();

  await page.getByRole('button', { name: /^Replay (it|all)/ }).click();
  const confirm = page.getByRole('dialog').filter({ hasText: 'attempts at zero' });
  await confirm.getByRole('button', { name: 'Replay' }).click();
  await page.getByText(/Done: \d+ sent again/).waitFor({ timeout: 30_000 });
  check((await page.getByRole('progressbar').getAttribute('value')) === String(before - 1), 'the bar is full');
});
