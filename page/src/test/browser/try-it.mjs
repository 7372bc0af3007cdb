// Types a message and watches it travel, then asks for it.
import { asPerson, check, visit } from './person.mjs';

await asPerson(async (page) => {
  await visit(page, 'pipeline');
  await page.getByLabel('User', { exact: true }).fill('traveller');
  await page.getByLabel('Message').fill('I moved to Lisbon last week.');
  await page.keyboard.press('Enter');
  await page.locator('.travel').getByText('Accepted').waitFor();
  await page.locator('.travel').getByText(/^Recallable$/).waitFor({ timeout: 60_000 });
  check(/after [\d.]+ (ms|s)/.test(await page.locator('.travel').getByText(/^after /).innerText()), 'it says how long it took');

  await page.getByRole('link', { name: 'What is remembered of traveller' }).click();
  await page.getByRole('heading', { name: 'What is remembered of traveller' }).waitFor();
  await page.locator('ol.items').getByText(/Lisbon/).first().waitFor();
});
