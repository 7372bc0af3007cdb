// Follows one interaction from its entrance to the memories that it made.
import { asPerson, check, visit } from './person.mjs';

await asPerson(async (page) => {
  await visit(page, 'trace');
  await page.getByText('Which interaction?').waitFor();
  await page.getByLabel('Interaction id').fill(process.env.PAGE_TRACED);
  await page.getByRole('button', { name: 'Trace' }).click();

  await page.getByText('completed', { exact: true }).first().waitFor();
  for (const tier of ['episodic', 'semantic', 'procedural']) {
    check(await page.locator('ol.lanes').getByText(tier, { exact: true }).isVisible(), `${tier} is there`);
  }
  check(/1 attempt, the last took/.test(await page.locator('ol.lanes').innerText()), 'attempts and their time are there');
  const times = page.locator('ol.times');
  check(/received/.test(await times.innerText()) && /semantic completed/.test(await times.innerText()), 'the timeline tells it');

  await page.locator('ul.made a').first().click();
  await page.getByRole('dialog').getByText('Rests on').waitFor();
  check((await page.getByRole('dialog').innerText()).includes(process.env.PAGE_TRACED_MESSAGE), 'the memory cites its message');

  await visit(page, `trace/no-such-interaction`);
  await page.getByRole('alert').getByText(/not known/).waitFor();
}, { expected: ['404'] });
