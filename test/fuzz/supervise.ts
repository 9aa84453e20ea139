/**
 * Runs a campaign in a process of its own and watches over it. A case that never ends cannot be stopped from
 * within, and one that takes all memory takes its process with it; both are failures, and are told by their place.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { VERDICTS, type CampaignResult } from './campaign.js';
import { ORDER, type Order } from './order.js';
import { readPosition, type Position } from './position.js';

/** Milliseconds after which a case is taken to hang: more than any takes that has little of a busy machine. */
const PATIENCE = 900_000;

const LOOK_EVERY = 1_000;

/** Milliseconds between two words on where a campaign is. */
const TELL_EVERY = 30_000;

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** @param onProgress told now and then which case the campaign is at */
export async function supervise(
  order: Omit<Order, 'positionFile' | 'resultFile'>,
  onProgress: (position: Position) => void,
): Promise<CampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-fuzz-'));
  const [positionFile, resultFile] = ['position', 'result.json'].map((name) => join(folder, name));
  try {
    const watch = new Watch(positionFile, onProgress);
    const output = await run({ ...order, positionFile, resultFile }, watch);
    if (existsSync(resultFile)) return JSON.parse(readFileSync(resultFile, 'utf8')) as CampaignResult;
    return lost(
      order,
      readPosition(positionFile),
      watch.hung ? 'It did not end.' : `The process ended.\n${output}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the process printed. */
async function run(order: Order, watch: Watch): Promise<string> {
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'vitest.fuzz.config.ts', 'run.fuzz'], {
    env: { ...process.env, [ORDER]: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const looking = setInterval(() => {
    watch.look();
  }, LOOK_EVERY);
  await new Promise((ended) => child.once('close', ended));
  clearInterval(looking);
  return printed.join('').slice(-4_000);
}

class Watch {
  hung = false;
  #last: Position | undefined;
  #since = Date.now();
  #told = Date.now();

  constructor(
    private readonly positionFile: string,
    private readonly onProgress: (position: Position) => void,
  ) {}

  look(): void {
    if (this.hung) return;
    const now = readPosition(this.positionFile);
    if (now !== undefined && Date.now() - this.#told >= TELL_EVERY) {
      this.#told = Date.now();
      this.onProgress(now);
    }
    if (now === undefined || now.begun !== this.#last?.begun) {
      this.#last = now;
      this.#since = Date.now();
    } else if (Date.now() - this.#since > PATIENCE) {
      this.hung = true;
      process.kill(now.pid, 'SIGKILL');
    }
  }
}

/** A campaign whose counts went with its process. */
function lost(
  { campaign, seed }: Pick<Order, 'campaign' | 'seed'>,
  position: Position | undefined,
  how: string,
): CampaignResult {
  const verdicts = Object.fromEntries(VERDICTS.map((name) => [name, 0])) as CampaignResult['verdicts'];
  const place = { seed: position?.seed ?? seed, cases: position?.cases ?? 1 };
  const failures = [{ ...place, what: `${position?.shown ?? ''}\n\n${how}` }];
  const cases = position?.begun ?? 0;
  return { campaign, seed, cases, verdicts, checks: 0, failures, occurrences: [], notes: [] };
}
