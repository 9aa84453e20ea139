/** The page of checks in a real browser, opened from disk: by the keyboard, by night, on a telephone, with any names. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HELLO, ldfi, PERSISTENT } from '../../../cli/harness.js';
import { executable, isWanted } from '../chromium.js';

const NAMES = [
  `<script>document.title = 'script'</script>`,
  `"><img src=x onerror=document.title='image'>${'very '.repeat(2000)}long`,
  '\u202E\u05D0\u05D1 </script><!--',
];

/** Three nodes with such names: the first tells the others something once. */
function hostile(): string {
  const [a, b, c] = NAMES.map((name) => `"${name.replaceAll('"', "'")}"`);
  return `// ldfi: bounds 4/2/1 expect violated
friend(${a}, ${b})@1; friend(${a}, ${c})@1;
hello(B, A)@async :- friend(A, B);
heard(B, A) :- hello(B, A);
heard(B, A)@next :- heard(B, A);
pre(A, B) :- friend(A, B)@1;
post(A, B) :- friend(A, B)@1, heard(B, A);
`;
}

/** Six nodes that tell each other something at every timestep: a picture that is drawn bit by bit. */
function large(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const pairs = names.flatMap((one) => names.filter((other) => other !== one).map((other) => [one, other]));
  return `// ldfi: bounds 40/2/0 expect violated
${pairs.map(([one, other]) => `friend("${one}", "${other}")@1;`).join(' ')}
friend(A, B)@next :- friend(A, B);
beat(B, A)@async :- friend(A, B);
fresh("a")@1; tell(B)@async :- fresh(A), friend(A, B);
news(B) :- tell(B); news(B)@next :- news(B);
pre(B) :- friend("a", B); post(B) :- news(B), friend("a", B);
`;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!isWanted)('the page of checks (with chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-checks-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
    const files = {
      'hello.ded': HELLO,
      'persistent.ded': PERSISTENT,
      'hostile.ded': hostile(),
      'large.ded': large(),
    };
    const write = (names: readonly string[], page: string) =>
      ldfi(['check', ...names, '--reporter', `html=${join(folder, page)}`], { files });
    expect((await write(['hello.ded', 'persistent.ded'], 'hello.html')).err).toBe('');
    await write(['hostile.ded'], 'hostile.html');
    await write(['hello.ded', 'hostile.ded'], 'several.html');
    await write(['large.ded'], 'large.html');
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('pageerror', (error) => expect.unreachable(error.message));
    await page.goto(pathToFileURL(join(folder, file)).href);
    return page;
  }

  it.each([
    ['hello.html', 'light', 1440],
    ['hello.html', 'dark', 390],
    ['hostile.html', 'dark', 1440],
    ['hostile.html', 'light', 390],
    ['several.html', 'light', 1440],
  ] as const)('keeps what everybody needs of %s, %s, %i pixels wide', async (file, colorScheme, width) => {
    const page = await open(file, { colorScheme, viewport: { width, height: 900 } });
    await page.getByLabel('The run without faults beside it').first().check();
    await page.getByLabel('Last timestep').first().click();
    await page.locator('.why button.fact').first().click();
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResults>('axe.run()');
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('asks for nothing, and runs no script but its own', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'hostile.html')).href);
    expect(asked).toHaveLength(1);
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      document.body.append(script);
    `);
    expect(await page.title()).toBe('What ldfi found');
    expect(await page.locator('.stage').first().innerText()).toContain("<script>document.title = 'script'");
  });

  it('is gone through by the keyboard alone', async () => {
    const page = await open('hello.html');
    await page.getByLabel('Timestep', { exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('output').innerText()).toBe('time 2 of 3');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('End');
    expect(await page.locator('output').innerText()).toBe('time 3 of 3');
    expect(await page.locator('.properties').innerText()).toContain('violated at 3');
    await page.keyboard.press('Home');
    expect(await page.locator('.sent').innerText()).toContain('lost');
    await page.locator('.sent button').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.cut').innerText()).toContain('drop a->b@1');
  });

  it('lights up what something rests on, in the run without faults with the faults that cut it', async () => {
    const page = await open('hello.html');
    await page.getByLabel('The run without faults beside it').check();
    await page.getByRole('button', { name: 'Without faults' }).click();
    await page.locator('.why button.fact', { hasText: 'post' }).first().click();
    expect(await page.locator('.picture').nth(1).locator('.arrow.lit').count()).toBe(1);
    expect(await page.locator('.picture').first().locator('.arrow.lit').count()).toBe(0);
    expect(await page.locator('.cut').innerText()).toContain('drop a->b@1');
    expect(await page.locator('.place').first().innerText()).toContain('hello.ded:');
  });

  it('draws the whole of a large picture in the end', async () => {
    const page = await open('large.html');
    await expect.poll(() => page.locator('g.past, g.now, g.future').count()).toBe(40);
    const channels = 30;
    expect(await page.locator('.picture .arrow').count()).toBe(39 * channels);
  });

  it('switches faults off and on, and says what the marks mean that are there', async () => {
    const page = await open('hello.html');
    const lost = page.locator('.picture .arrow.lost');
    const meanings = page.getByLabel('What the marks mean').locator('li');
    expect(await lost.count()).toBe(1);
    expect(await meanings.allInnerTexts()).toContain('lost');
    await page.getByLabel('drop a->b@1').uncheck();
    expect(await lost.count()).toBe(0);
    expect(await meanings.allInnerTexts()).not.toContain('lost');
    expect(await page.locator('.picture h3').innerText()).toBe('Without faults');
    await page.getByLabel('drop a->b@1').check();
    expect(await lost.count()).toBe(1);
  });
});
