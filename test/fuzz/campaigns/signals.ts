/**
 * SIGINT at any moment of the built program, several processes at a time. Each is answered: by what is known so far
 * (130), by the end that the system gives to what has no handler yet, while Node starts and nothing of ours ran, or it
 * comes too late. What goes on is a failure; a command that would end by itself cannot show that, so most would not.
 */
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { ended, MAIN, start } from '../../faults/program.js';
import { newFolder } from '../../folders.js';
import { MOST_FAILURES, type Campaign, type Failure, type Turn } from '../campaign.js';
import { table } from '../table.js';
import { Tally } from '../tally.js';

/** Moments that are tried in each phase. */
const MOMENTS = 1_000;

/** Processes at a time. */
const AT_ONCE = 4;

/** Into which the time is divided in which signals are sent. */
const PARTS = 1_000_000;

/** Milliseconds after which a process counts as one that goes on, by far more than any takes to end. */
const GOES_ON = 120_000;

/** How much longer than the program takes to start a moment may lie after its start. */
const STARTS = 5;

/** Signals after which it is measured anew how long that is: other work on the machine comes and goes. */
const MEASURED_EVERY = 50;

/** Files in a folder that is walked through. */
const MANY = 5_000;

/** Programs of the library, which certificates want below the folder that is worked in. */
const library = fileURLToPath(new URL('../../../scenarios/dedalus', import.meta.url));

/** Within which a certificate takes long. */
const CERTIFIED = [
  'check',
  'library/ack-deliv.ded',
  '--eot',
  '60',
  '--eff',
  '59',
  '--proof',
  '--certificate',
];

const ENDLESS = ['--max-runs', '1000000000', '--eot', '19', '--eff', '18'];

/** What is done in each phase, in a folder that {@link prepare} made. */
const PHASES = {
  'loading a module': ['check', 'endless.ts'],
  'walking through a folder': ['check', 'many', '--no-modules'],
  evaluation: ['check', 'library/kafka.ded', '--eot', '40', '--eff', '39'],
  search: ['check', 'library/kafka.ded', '--strategy', 'exhaustive', ...ENDLESS],
  'searches side by side': [
    'check',
    ...['kafka', '3pc', 'flux'].map((name) => `library/${name}.ded`),
    '--strategy',
    'exhaustive',
    ...ENDLESS,
    '--jobs',
    '2',
  ],
  'writing a certificate': [...CERTIFIED, 'written'],
  'verifying a certificate': ['verify-certificate', 'certificate'],
  'a replay': ['replay', 'library/kafka.ded', '--eot', '1500', '--eff', '1499'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Phase = keyof typeof PHASES;
const NAMES = Object.keys(PHASES) as Phase[];

const ANSWERS = ['answered', 'before ours ran', 'too late'] as const;
type Answer = (typeof ANSWERS)[number];

interface Shot {
  readonly phase: Phase;
  /** Milliseconds after the start of the process. */
  readonly moment: number;
}

export const fuzzSignals: Campaign = async (turn) => {
  const tally = new Tally(NAMES);
  const counts = new Map<string, number>();
  const failures: Failure[] = [];
  if (Date.now() < turn.end) await shootAll(turn, tally, counts, failures);
  return { campaign: 'signals', seed: turn.seed, ...tally.count(), failures, notes: [shown(counts)] };
};

async function shootAll(turn: Turn, tally: Tally, counts: Map<string, number>, failures: Failure[]) {
  const folder = await prepare();
  const shots = shotsFrom(turn.seed);
  let longest = STARTS * (await startTime(folder));
  const most = Math.min(turn.most, MOMENTS * NAMES.length);
  let begun = 0;
  const shootOn = async (): Promise<void> => {
    while (begun < most && Date.now() < turn.end && failures.length < MOST_FAILURES) {
      const place = { seed: turn.seed, cases: ++begun };
      const { phase, share } = shots.next().value;
      const shot = { phase, moment: Math.round(share * longest) };
      const what = `SIGINT after ${shot.moment} ms of ${shot.phase}: ldfi ${PHASES[shot.phase].join(' ')}`;
      turn.begin(place, () => what);
      tally.case([shot.phase]);
      const answer = await shoot(shot, folder);
      if (isAnswer(answer))
        counts.set(key(shot.phase, answer), (counts.get(key(shot.phase, answer)) ?? 0) + 1);
      else failures.push({ ...place, what: `${what}\n${answer}` });
      tally.checked(1);
      if (place.cases % MEASURED_EVERY === 0) longest = STARTS * (await startTime(folder));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, shootOn));
}

/** Each phase in turn, with how far into the time in which signals are sent. */
function* shotsFrom(seed: number): Generator<{ readonly phase: Phase; readonly share: number }, never> {
  const generator = xoroshiro128plus(seed);
  for (;;) for (const phase of NAMES) yield { phase, share: uniformInt(generator, 0, PARTS) / PARTS };
}

async function prepare(): Promise<string> {
  if (!existsSync(MAIN)) throw new Error('the program is not built: run `npm run build`');
  const many: Record<string, string> = {};
  for (let number = 0; number < MANY; number++)
    many[`many/${number % 100}/${number}.ded`] = 'a(X) :- b(X);\n';
  const folder = newFolder({
    ...many,
    'endless.ts': "import 'ldfi';\nfor (;;);\n",
  });
  cpSync(library, join(folder, 'library'), { recursive: true });
  await ended(start([...CERTIFIED, 'certificates'], { folder }));
  const [certificate] = readdirSync(join(folder, 'certificates'));
  renameSync(join(folder, 'certificates', certificate), join(folder, 'certificate'));
  return folder;
}

/** Milliseconds that the program takes to do nothing, on this machine as it is now. */
async function startTime(folder: string): Promise<number> {
  const before = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, () => ended(start(['--version'], { folder }))));
  return performance.now() - before;
}

/** The answer, or what came in place of one. */
async function shoot({ phase, moment }: Shot, folder: string): Promise<Answer | `it ${string}`> {
  const child = start(PHASES[phase], { folder });
  const told = { out: '', err: '' };
  child.stdout?.on('data', (data: Buffer) => (told.out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (told.err += data.toString()));
  const timer = setTimeout(() => child.kill('SIGINT'), moment);
  const goesOn = setTimeout(() => child.kill('SIGKILL'), moment + GOES_ON);
  const { code, signal } = await closed(child);
  clearTimeout(timer);
  clearTimeout(goesOn);
  const { out, err } = told;
  if (signal === 'SIGKILL') return `it went on, having told:\n${out}${err}`;
  if (signal === 'SIGINT')
    return out + err === '' ? 'before ours ran' : `it was ended, having told:\n${out}${err}`;
  if (code === 130) return 'answered';
  // With the code of its verdict: it was about to end, or had.
  if (code !== null && code <= 3 && !err.includes('RUN199')) return 'too late';
  return `it exited with ${code}, having told:\n${out}${err}`;
}

async function closed(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
}

function isAnswer(answer: string): answer is Answer {
  return (ANSWERS as readonly string[]).includes(answer);
}

const key = (phase: Phase, answer: Answer): string => `${phase}: ${answer}`;

function shown(counts: ReadonlyMap<string, number>): string {
  const rows = NAMES.map((phase) => [
    phase,
    ...ANSWERS.map((answer) => String(counts.get(key(phase, answer)) ?? 0)),
  ]);
  return table(['SIGINT in', ...ANSWERS], rows);
}
