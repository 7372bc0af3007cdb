// The pictures of docs/page.md, of what is really there. Where pngquant is installed they get few colours and are small.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { asPerson, THEMES, WIDTHS } from './person.mjs';
import { views } from './views.mjs';

const COLOURS = 96;
const folder = process.env.PAGE_IMAGES;
/** A few of them alone, where their names are given, with commas. */
const chosen = (variable, all) => (process.env[variable] ? process.env[variable].split(',') : all);
mkdirSync(folder, { recursive: true });

/** What a person does before the picture: looks on for a while and tells it something; asks again, now that all is warm. */
const before = {
  pipeline: async (page) => {
    await page.waitForTimeout(20_000);
    for (const message of ['I have a dog called Biscuit.', 'I moved to Lisbon last week.']) {
      await page.getByLabel('Message').fill(message);
      await page.getByRole('button', { name: 'Remember' }).click();
      await page.waitForTimeout(500);
      await page.locator('.travel').getByText(/^after /).waitFor({ timeout: 60_000 });
      // From one message to the next the steps begin anew.
      await page.waitForTimeout(1_500);
    }
  },
  recall: async (page) => {
    await page.getByRole('button', { name: 'Recall' }).click();
    await page.waitForTimeout(2_000);
  },
};

for (const theme of chosen('PAGE_THEMES', THEMES)) {
  for (const width of chosen('PAGE_WIDTHS', Object.keys(WIDTHS))) {
    await asPerson(async (page) => {
      for (const name of chosen('PAGE_VIEWS', Object.keys(views))) {
        await views[name](page);
        await before[name]?.(page);
        await page.evaluate(() => document.querySelector('dialog[open]') ?? document.activeElement.blur());
        await page.evaluate(() => window.scrollTo(0, 0));
        await page.waitForTimeout(400);
        const isDialog = await page.locator('dialog[open]').count();
        const path = `${folder}/${name}-${theme}-${width}.png`;
        await page.screenshot({ path, fullPage: !isDialog, animations: 'disabled' });
        spawnSync('pngquant', ['--force', '--strip', '--skip-if-larger', '--output', path, COLOURS, path]);
        await page.goto('about:blank');
      }
    }, { theme, width });
  }
}
