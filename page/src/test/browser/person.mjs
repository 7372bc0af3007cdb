// A person at a browser: Debian's Chromium, a page in a theme and a width, and all that went wrong in it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const base = process.env.PAGE_URL ?? 'http://127.0.0.1:8080';
export const key = process.env.PAGE_KEY ?? '';
export const WIDTHS = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } };
export const THEMES = ['light', 'dark'];

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function check(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

/** Runs what a person does, and fails on errors of the page's own, whatever the person saw. */
export async function asPerson(deed, { theme = 'light', width = 'wide', withKey = true, reducedMotion = 'no-preference', expected = [], scale = 1 } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'page-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    viewport: WIDTHS[width],
    deviceScaleFactor: scale,
    colorScheme: theme,
    reducedMotion,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const wrong = [];
  try {
    context.setDefaultTimeout(20_000);
    if (withKey && key) {
      // A blank page has no storage.
      await context.addInitScript((value) => location.protocol === 'about:' || sessionStorage.setItem('reflector.key', value), key);
    }
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !expected.some((text) => message.text().includes(text))) {
        wrong.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) {
        wrong.push(`a request to elsewhere: ${request.url()}`);
      }
    });
    try {
      await deed(page);
    } catch (failure) {
      await page.screenshot({ path: 'failed.png' }).catch(() => {});
      throw failure;
    }
    check(wrong.length === 0, `the page complains:\n${wrong.join('\n')}`);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

export async function visit(page, view) {
  await page.goto(`${base}/#/${view}`);
  await page.getByText('Live', { exact: true }).waitFor();
}

/** What axe finds serious or worse. */
export async function axeFinds(page) {
  // Evaluated by the debugger, as the page's own policy lets no other script in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''})`).join(', ')}`);
}
