// The pictures of docs/page.md, of what is really there.
import { mkdirSync } from 'node:fs';
import { asPerson, THEMES, WIDTHS } from './person.mjs';
import { views } from './views.mjs';

const folder = process.env.PAGE_IMAGES;
const chosen = (process.env.PAGE_VIEWS ?? '').split(',').filter(Boolean);
mkdirSync(folder, { recursive: true });
for (const theme of THEMES) {
  for (const width of Object.keys(WIDTHS)) {
    await asPerson(async (page) => {
      for (const [name, show] of Object.entries(views)) {
        if (chosen.length && !chosen.includes(name)) {
          continue;
        }
        await show(page);
        await page.waitForTimeout(name === 'pipeline' ? 8_000 : 400);
        const isDialog = await page.locator('dialog[open]').count();
        await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png`, fullPage: !isDialog, animations: 'disabled' });
        await page.goto('about:blank');
      }
    }, { theme, width });
  }
}
