// Each view in both themes and both widths: axe finds nothing serious, nothing is cut off or jumps, keys reach all.
import { asPerson, axeFinds, check, THEMES, WIDTHS } from './person.mjs';
import { views } from './views.mjs';

const found = [];
for (const theme of THEMES) {
  for (const width of Object.keys(WIDTHS)) {
    await asPerson(async (page) => {
      for (const [name, show] of Object.entries(views)) {
        await show(page);
        for (const violation of await axeFinds(page)) {
          found.push(`${name}, ${theme}, ${width}: ${violation}`);
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) {
          found.push(`${name}, ${theme}, ${width}: ${over} pixels wider than the window`);
        }
        await page.keyboard.press('Escape');
        await page.goto('about:blank');
      }
    }, { theme, width, reducedMotion: 'reduce' });
  }
}
check(found.length === 0, `what is wrong:\n${found.join('\n')}`);

await asPerson(async (page) => {
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifted += entry.hadRecentInput ? 0 : entry.value))).observe({ type: 'layout-shift', buffered: true });
  });
  await views.pipeline(page);
  await page.waitForTimeout(2_500);
  const shifted = await page.evaluate(() => window.shifted);
  check(shifted < 0.1, `the page stays where it is, shifted by ${shifted}`);

  await page.keyboard.press('Tab');
  check((await page.evaluate(() => document.activeElement.textContent)) === 'Skip to content', 'the first key skips to the content');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  check((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'the theme can be chosen');
  await page.reload();
  check((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'and stays chosen');
});
