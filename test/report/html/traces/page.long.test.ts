/** The page of traces in a real browser: who uses a keyboard or a screen reader, by night, or on a telephone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executable, isWanted } from '../chromium.js';
import { pageOf, shop, type ShopNames } from './pages.js';

const HOSTILE: ShopNames = {
  shop: '<script>document.title = "script"</script>',
  stock: `"><img src=x onerror="document.title = 'image'">${'very '.repeat(2000)}long`,
  operation: '\u202E\u05D0\u05D1 </style><b>bold</b>',
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!isWanted)('the page of traces (with chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-page-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
    writeFileSync(join(folder, 'shop.html'), await pageOf(shop()));
    writeFileSync(join(folder, 'hostile.html'), await pageOf(shop(HOSTILE)));
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    await page.goto(pathToFileURL(join(folder, file)).href);
    return page;
  }

  it.each([
    ['shop.html', 'light', 1440],
    ['shop.html', 'dark', 390],
    ['hostile.html', 'dark', 1440],
    ['hostile.html', 'light', 390],
  ] as const)('keeps what everybody needs of %s, %s, %i pixels wide', async (file, colorScheme, width) => {
    const page = await open(file, { colorScheme, viewport: { width, height: 900 } });
    await page.locator('#requests a[href="#trace-1"]').first().click();
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResults>('axe.run()');
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('asks for nothing, and runs no script', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'hostile.html')).href);
    expect(asked).toHaveLength(1);
    expect(await page.title()).toBe('Traces, read by ldfi');
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      document.body.append(script);
    `);
    expect(await page.title()).toBe('Traces, read by ldfi');
  });

  it('shows names as they are', async () => {
    const page = await open('hostile.html');
    const text = await page.locator('#requests').innerText();
    expect(text).toContain(HOSTILE.shop);
    expect(text).toContain('"><img src=x');
    // A name that is too long is cut.
    expect(text.length).toBeLessThan(2000);
    expect(text).toContain('</style><b>bold</b>');
  });

  it('opens a trace by the keyboard alone, and closes it', async () => {
    const page = await open('shop.html');
    const first = page.locator('#trace-1');
    expect(await first.isVisible()).toBe(false);
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.getAttribute("href")')) === '#trace-1') break;
    }
    await page.keyboard.press('Enter');
    expect(await first.isVisible()).toBe(true);
    expect(await first.innerText()).toContain('no good outcome');
    await first.getByText('Close').press('Enter');
    expect(await first.isVisible()).toBe(false);
  });
});
