// Explores a user's memory: recall with its scores, facts as of a day, the graph, timeline, procedures and sessions.
import { asPerson, check, visit } from './person.mjs';

const user = process.env.PAGE_USER;

await asPerson(async (page) => {
  await visit(page, 'memory');
  await page.getByText('Whose memory?').waitFor();
  await page.getByLabel('User', { exact: true }).fill(user);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText(/interactions received/).waitFor();

  await page.getByLabel('Question').fill('Where do I live?');
  await page.getByRole('button', { name: 'Recall' }).click();
  const items = page.locator('ol.items > li');
  await items.first().waitFor();
  check(/\d\.\d{3}/.test(await items.first().locator('.score').innerText()), 'an item has its score');
  check((await items.first().locator('.score dl div').count()) > 0, 'and the parts of it');

  const tab = (name) => page.getByRole('tab', { name }).click();
  await tab('Facts');
  const facts = page.locator('ul.factlist > li');
  await facts.first().waitFor();
  const now = await facts.count();
  check(now > 1, `there are facts, got ${now}`);
  await facts.filter({ hasText: 'lives in Lisbon' }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('When it was learned').waitFor();
  // The history of a fact: what was true before it, and how it is called up.
  await dialog.locator('.versions').getByRole('button', { name: /lives in Porto/ }).click();
  await dialog.getByText(/until 15 Apr 2026/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // By keys: to the beginning of what is known, where less is.
  await page.getByLabel(/As of/).focus();
  await page.keyboard.press('Home');
  await page.waitForFunction((count) => document.querySelectorAll('ul.factlist > li').length < count, now);
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await page.waitForFunction((count) => document.querySelectorAll('ul.factlist > li').length === count, now);

  await tab('Graph');
  await page.locator('.chip').first().waitFor();
  const relations = page.locator('.relations li');
  const all = await relations.count();
  await page.locator('.chip').nth(1).click();
  await page.getByText(/What is known of/).waitFor();
  check((await relations.count()) <= all, 'a choice narrows the list');
  await page.locator('canvas').first().waitFor();

  await tab('Timeline');
  await page.locator('ul.entries li').first().waitFor();
  await tab('Procedures');
  await page.getByRole('tabpanel').getByText('Always answer me in short bullet points').waitFor();
  await tab('Sessions');
  await page.locator('ul.sessions > li').first().getByRole('button').first().click();
  await page.locator('ul.sessions ul.entries li').first().waitFor();
  check(/In this session/.test(await page.locator('ul.sessions .inshort').innerText()), 'a session is told in short');

  // Tabs go by arrow keys.
  await page.getByRole('tab', { name: 'Sessions' }).focus();
  await page.keyboard.press('ArrowRight');
  check((await page.getByRole('tab', { name: 'Recall' }).getAttribute('aria-selected')) === 'true', 'arrow keys change the tab');
});
