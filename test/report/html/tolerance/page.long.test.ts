/** The page of tolerance in a real browser, opened from disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ldfi } from '../../../cli/harness.js';
import { executable, isWanted } from '../chromium.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!isWanted)('the page of tolerance (with chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-tolerance-'));
  const path = join(folder, 'tolerance.html');
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
    const words = ['scenarios/dedalus/kafka.ded', '--eot', '6', '--html', path];
    expect((await ldfi(['tolerance', ...words])).err).toBe('');
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('pageerror', (error) => expect.unreachable(error.message));
    await page.goto(pathToFileURL(path).href);
    return page;
  }

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('keeps what everybody needs, %s, %i pixels wide', async (colorScheme, width) => {
    const page = await open({ colorScheme, viewport: { width, height: 900 } });
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResults>('axe.run()');
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('shows the run of an edge that is chosen, by the keyboard as well', async () => {
    const page = await open();
    const row = page.locator('.map tr', { hasText: '3 crashes' });
    expect(await page.locator('.picture').count()).toBe(1);
    await row.locator('.edge a').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.picture').count()).toBe(2);
    const chosen = page.locator('details.counterexample').last();
    expect(await chosen.locator('.picture .strike').count()).toBe(3);
    expect(await chosen.locator('.why').innerText()).toContain('no post');
  });
});
