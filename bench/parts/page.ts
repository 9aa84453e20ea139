/** How long the page of a large counterexample takes: to be written by the built program, and to be shown by a browser. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { median, milliseconds, sum, table } from '../figures.js';
import { wholeTimeOf } from '../process-time.js';

const PROGRAM = 'dist/cli/main.js';

/** Nodes that tell others something at every timestep. */
interface Size {
  readonly nodes: number;
  readonly timesteps: number;
  /** Others that each node tells. */
  readonly friends: number;
  /** Whether the report is held to what it may take, and not only to be scrolled. */
  readonly isHeld: boolean;
}

const SIZES: readonly Size[] = [
  { nodes: 10, timesteps: 24, friends: 9, isHeld: true },
  { nodes: 50, timesteps: 200, friends: 1, isHeld: false },
];

/** Seconds of CPU for the report, MB of the page, milliseconds until the first paint and between two frames. */
const ALLOWED = { report: 2, megabytes: 5, paint: 1_000, frame: 1_000 / 30 };

const COLUMNS = [
  { title: 'nodes' },
  { title: 'timesteps', numeric: true },
  { title: 'facts', numeric: true },
  { title: 'messages', numeric: true },
  { title: 'report CPU s', numeric: true },
  { title: 'MB', numeric: true },
  { title: 'first paint ms', numeric: true },
  { title: 'all drawn ms', numeric: true },
  { title: 'frames a second', numeric: true },
  { title: '95% of frames within ms', numeric: true },
  { title: 'met' },
];

/** What one page took. */
interface Written {
  /** Facts with their times, and messages, of the counterexample. */
  readonly facts: number;
  readonly messages: number;
  /** Seconds of CPU of the report alone, without the check. */
  readonly report: number;
  readonly megabytes: number;
}

interface Shown {
  /** Milliseconds. */
  readonly paint: number;
  /** Milliseconds, until the whole picture is drawn. */
  readonly drawn: number;
  /** Milliseconds between each two frames while it is scrolled then. */
  readonly frames: readonly number[];
}

/** @throws Error where the program is not built */
export async function pageTable(runs: number, only: RegExp): Promise<string> {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}: npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  const executable = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim();
  const browser =
    executable === ''
      ? undefined
      : await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  try {
    const rows: (readonly string[])[] = [];
    for (const size of SIZES.filter(({ nodes }) => only.test(`${nodes} nodes`))) {
      const page = join(folder, 'page.html');
      const written = await write(size, folder, page, runs);
      rows.push(cells(size, written, browser && (await show(page, size, browser, runs))));
    }
    const without = 'There is no chromium here: first paint and frames are not measured.\n';
    return `${table(COLUMNS, rows)}${browser === undefined ? `\n${without}` : ''}`;
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true });
  }
}

function cells(
  { nodes, timesteps, isHeld }: Size,
  { facts, messages, report, megabytes }: Written,
  shown: Shown | undefined,
): readonly string[] {
  const sorted = shown?.frames.toSorted((a, b) => a - b);
  const late = sorted?.[Math.floor(sorted.length * 0.95)];
  const isWritten = !isHeld || (report <= ALLOWED.report && megabytes <= ALLOWED.megabytes);
  const isShown =
    shown === undefined || (shown.paint <= ALLOWED.paint && late !== undefined && late <= ALLOWED.frame);
  return [
    String(nodes),
    String(timesteps),
    String(facts),
    String(messages),
    report.toFixed(1),
    megabytes.toFixed(1),
    shown === undefined ? '' : milliseconds(shown.paint),
    shown === undefined ? '' : milliseconds(shown.drawn),
    sorted === undefined ? '' : ((sorted.length * 1_000) / sum(sorted)).toFixed(0),
    late === undefined ? '' : milliseconds(late),
    isWritten && isShown ? 'yes' : 'NO',
  ];
}

async function write(size: Size, folder: string, page: string, runs: number): Promise<Written> {
  const file = join(folder, 'large.ded');
  writeFileSync(file, programOf(size));
  const { out } = await run(['check', file, '--json']);
  const { facts, messages } = (
    JSON.parse(out) as { results: [{ verdict: { counterexamples: [{ run: ToldRun }] } }] }
  ).results[0].verdict.counterexamples[0].run;
  const times: number[] = [];
  for (let round = 0; round < runs; round++) {
    const without = await run(['check', file, '--quiet']);
    const reporting = await run(['check', file, '--quiet', '--reporter', `html=${page}`]);
    times.push((reporting.computed - without.computed) / 1e3);
  }
  return {
    facts: facts.length,
    messages: messages.length,
    report: median(times),
    megabytes: statSync(page).size / 1e6,
  };
}

/** What is counted of a run in a document. */
interface ToldRun {
  /** Each at each of its times. */
  readonly facts: readonly unknown[];
  readonly messages: readonly unknown[];
}

/** One node tells something once, which one omission loses; meanwhile all count, and tell how far they came. */
function programOf({ nodes, timesteps, friends }: Size): string {
  const names = Array.from({ length: nodes }, (_, index) => `n${index}`);
  const pairs = names.flatMap((name, index) =>
    Array.from({ length: friends }, (_, place) => [name, names[(index + place + 1) % nodes]] as const),
  );
  return `// ldfi: bounds ${timesteps}/2/0
${pairs.map(([a, b]) => `friend("${a}", "${b}")@1;`).join(' ')}
${names.map((name) => `clock("${name}", 1)@1;`).join(' ')}
friend(A, B)@next :- friend(A, B);
clock(A, N + 1)@next :- clock(A, N);
beat(B, A, N)@async :- friend(A, B), clock(A, N);
heard(B, A, N) :- beat(B, A, N);
fresh("n0")@1;
news("n0")@1;
news(A)@next :- news(A);
tell(B)@async :- fresh(A), friend(A, B);
news(B) :- tell(B);
pre(B) :- friend("n0", B);
post(B) :- news(B), friend("n0", B);
`;
}

function run(args: readonly string[]): Promise<{ readonly out: string; readonly computed: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    let computed = 0;
    const look = () => {
      computed = Math.max(computed, wholeTimeOf(child.pid!) ?? 0);
    };
    const looking = setInterval(look, 5);
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(looking);
      if (code === 1) resolve({ out, computed });
      else reject(new Error(`it is violated, and ldfi ended with ${code}`));
    });
  });
}

/** Medians; of the frames those of one round. */
async function show(path: string, { timesteps }: Size, browser: Browser, runs: number): Promise<Shown> {
  const paints: number[] = [];
  const ends: number[] = [];
  let frames: readonly number[] = [];
  for (let round = 0; round < runs; round++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(pathToFileURL(path).href);
    const last = page.locator('g.past, g.now, g.future').nth(timesteps - 1);
    await last.waitFor({ state: 'attached' });
    ends.push(await page.evaluate<number>('performance.now()'));
    paints.push(await page.evaluate<number>(FIRST_PAINT));
    if (round === runs - 1) frames = await scroll(page);
    await page.close();
  }
  return { paint: median(paints), drawn: median(ends), frames };
}

const FIRST_PAINT = `performance.getEntriesByName('first-contentful-paint')[0].startTime`;

/** Through the whole picture and back again, by a step of it for each frame. */
async function scroll(page: Page): Promise<readonly number[]> {
  return page.evaluate<readonly number[]>(`new Promise((done) => {
    const scroller = document.querySelector('.pictures');
    scroller.scrollIntoView();
    const intervals = [];
    let way = 54;
    let last;
    const frame = (now) => {
      if (last !== undefined) intervals.push(now - last);
      last = now;
      scroller.scrollTop += way;
      const isDown = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      if (isDown) way = -54;
      if (intervals.length < 300) requestAnimationFrame(frame);
      else done(intervals);
    };
    requestAnimationFrame(frame);
  })`);
}
