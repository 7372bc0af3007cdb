// Looks at the pipeline: numbers come by themselves, the picture and the tables say the same, what waits can be sent on.
import { asPerson, check, visit } from './person.mjs';

await asPerson(async (page) => {
  await visit(page, 'pipeline');
  const lanes = page.getByRole('table').filter({ hasText: 'In flight' });
  await lanes.getByRole('row', { name: /semantic/ }).waitFor();
  const settled = () => lanes.getByRole('row', { name: /semantic/ }).getByRole('cell').last().innerText();
  check(Number((await settled()).replace(/\D/g, '')) > 0, `the semantic lane has settled tasks, got ${await settled()}`);

  for (const part of ['Kafka', 'Redis', 'Neo4j', 'Kafka Connect', 'Schema registry', 'Reflector', 'neo4j-sink', 'redis-sink']) {
    await page.getByRole('listitem').filter({ hasText: `${part} is up` }).first().waitFor();
  }
  check(await page.getByRole('img', { name: /pipeline from entrance to memory/ }).isVisible(), 'the picture is there');

  // What a person tells it shows in the numbers.
  const before = Number((await settled()).replace(/\D/g, ''));
  await page.getByLabel('User', { exact: true }).fill('watcher');
  await page.getByLabel('Message').fill('My bicycle is green and I keep it in the cellar.');
  await page.getByRole('button', { name: 'Remember' }).click();
  await page.locator('.travel').getByText(/^Recallable$/).waitFor({ timeout: 60_000 });
  await page.waitForFunction(
    (old) => Number([...document.querySelectorAll('tbody tr')].find((row) => row.textContent.includes('semantic')).lastElementChild.textContent.replace(/\D/g, '')) > old,
    before,
  );

  // What waits says until when, and goes at once when asked.
  const waiting = page.locator('ul.retries');
  await waiting.waitFor();
  check(/in \d+/.test(await waiting.innerText()), 'a retry says when it is due');
  await waiting.getByRole('button', { name: /Now/ }).first().click();
  await page.getByText(/sent on|under way already/).waitFor();
});
