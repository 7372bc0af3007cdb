// Every view, as it stands with data in it: what the looks and the screenshots are taken of.
import { base, visit } from './person.mjs';

const user = process.env.PAGE_USER;
const traced = process.env.PAGE_TRACED;

const memory = (tab, ready, more = async () => {}) => async (page) => {
  await visit(page, `memory/${user}`);
  await page.getByText(/interactions received/).waitFor();
  await page.getByRole('tab', { name: tab }).click();
  await more(page);
  await page.locator(ready).first().waitFor();
};

export const views = {
  pipeline: async (page) => {
    await visit(page, 'pipeline');
    await page.getByRole('listitem').filter({ hasText: 'Kafka is up' }).first().waitFor();
    await page.locator('ul.retries li, .empty').first().waitFor();
  },
  trace: async (page) => {
    await visit(page, `trace/${traced}`);
    await page.locator('ul.made a').first().waitFor();
  },
  recall: memory('Recall', 'ol.items > li', async (page) => {
    await page.getByLabel('Question').fill('Where does Ada live?');
    await page.getByRole('button', { name: 'Recall' }).click();
  }),
  facts: memory('Facts', 'ul.factlist > li'),
  graph: memory('Graph', '.frame canvas'),
  timeline: memory('Timeline', 'ul.entries li'),
  procedures: memory('Procedures', 'ul.factlist > li'),
  sessions: memory('Sessions', 'ul.sessions .inshort', async (page) => {
    await page.locator('ul.sessions > li').first().getByRole('button').first().click();
  }),
  memory: async (page) => {
    await memory('Facts', 'ul.factlist > li')(page);
    await page.locator('ul.factlist > li', { hasText: 'lives in Lisbon' }).getByRole('button').click();
    await page.getByRole('dialog').getByText('Rests on').waitFor();
  },
  'dead-letters': async (page) => {
    await visit(page, 'dead-letters');
    await page.locator('ul.letters > li, .empty').first().waitFor();
  },
  'dead-letter': async (page) => {
    await visit(page, 'dead-letters');
    await page.getByLabel('State').selectOption(process.env.PAGE_LETTERS ?? 'parked');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.locator('ul.letters > li a').first().click();
    await page.getByRole('dialog').getByText('Came from').waitFor();
  },
};

export { base };
