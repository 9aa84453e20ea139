/** How long the built command line takes until it says something, and what of that is its own work. */
import { existsSync } from 'node:fs';
import { median, milliseconds, table } from '../figures.js';
import { start, type Start } from '../start.js';

const PROGRAM = 'dist/cli/main.js';

interface Command {
  readonly title: string;
  readonly args: readonly string[];
  /** Milliseconds. */
  readonly allowed?: number;
}

const COMMANDS: readonly Command[] = [
  { title: 'node, and nothing else', args: ['--eval', 'console.log()'] },
  {
    title: 'a scenario in Dedalus',
    args: [PROGRAM, 'check', 'scenarios/dedalus/simple-deliv.ded'],
    allowed: 150,
  },
  {
    title: 'a scenario in TypeScript, by handlers',
    args: [PROGRAM, 'check', 'scenarios/handlers/two-phase-commit.ts', '--grep', '^2pc$'],
  },
];

const COLUMNS = [
  { title: 'command' },
  { title: 'allowed ms', numeric: true },
  { title: 'least ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'least CPU ms', numeric: true },
  { title: 'median CPU ms', numeric: true },
  { title: 'CPU of node’s', numeric: true },
  { title: 'met' },
];

/**
 * The commands take turns, so that what else the machine does disturbs all of them alike. A time is met where the
 * least run meets it: that is the one which other programs disturbed least.
 *
 * @throws Error where the program is not built
 */
export async function startupTable(runs: number): Promise<string> {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}: npm run build`);
  const starts = COMMANDS.map((): Start[] => []);
  for (let run = 0; run <= runs; run++) {
    for (const [index, { args }] of COMMANDS.entries()) {
      const measured = await start(args);
      // The first run finds the files in no cache.
      if (run > 0) starts[index].push(measured);
    }
  }
  const bare = median(processorTimes(starts[0]));
  return table(
    COLUMNS,
    COMMANDS.map((command, index) => cells(command, starts[index], bare)),
  );
}

/** @param bare milliseconds of CPU that Node takes for nothing */
function cells({ title, allowed }: Command, starts: readonly Start[], bare: number): readonly string[] {
  const elapsed = starts.map((each) => each.elapsed);
  const computed = processorTimes(starts);
  const least = Math.min(...elapsed);
  const known = computed.length > 0;
  return [
    title,
    String(allowed ?? ''),
    milliseconds(least),
    milliseconds(median(elapsed)),
    known ? milliseconds(Math.min(...computed)) : '',
    known ? milliseconds(median(computed)) : '',
    known ? (median(computed) / bare).toFixed(1) : '',
    allowed === undefined ? '' : least <= allowed ? 'yes' : 'NO',
  ];
}

function processorTimes(starts: readonly Start[]): readonly number[] {
  return starts.flatMap(({ computed }) => computed ?? []);
}
