/** What the bench is asked to do. */
import { parseArgs } from 'node:util';

export const PARTS = [
  'table',
  'library',
  'strategies',
  'targets',
  'handlers',
  'cells',
  'kinds',
  'firings',
  'startup',
  'budgets',
  'phases',
  'scaling',
  'traces',
  'page',
  'live',
  'pool',
  'protections',
  'repairs',
  'places',
  'mutants',
] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  /** What to print; empty where counts are asked for alone. */
  readonly parts: readonly Part[];
  /** Rows whose name it matches. */
  readonly only: RegExp;
  /** Timed runs after the first. */
  readonly runs: number;
  /** Milliseconds that a row, or a check, may take where it may not end. */
  readonly budget: number;
  /** Whether the documentation is to have what is printed. */
  readonly write: boolean;
  readonly counts: 'none' | 'update' | 'check';
  /** The number of the target that this process, a child of the bench, is to measure. */
  readonly measure: number | undefined;
}

export const HELP = `npm run bench -- [options]

  --part <name>      ${PARTS.join(', ')}; may be repeated (default: all of them)
  --only <pattern>   rows whose name matches this regular expression, such as 'paxos' or '6/3/1$'
  --runs <number>    timed runs a row, after the first (default: 5)
  --budget <seconds> for a row of each strategy, and of scaling; for a check of protections or repairs (default: 5)
  --write            put what is printed into the documentation as well
  --update-counts    write bench/counts.json, and measure nothing
  --check-counts     compare with bench/counts.json, fail where a count rose by more than a tenth
`;

/** Options, or what to tell a user who asked for help or was not understood. */
export type Request =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help'; readonly problem: string | undefined };

export function readRequest(args: readonly string[]): Request {
  try {
    const options = readOptions(args);
    return options === 'help' ? { kind: 'help', problem: undefined } : { kind: 'options', options };
  } catch (error) {
    return { kind: 'help', problem: error instanceof Error ? error.message : String(error) };
  }
}

function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: 'string', multiple: true },
      only: { type: 'string', default: '' },
      runs: { type: 'string', default: '5' },
      budget: { type: 'string', default: '5' },
      write: { type: 'boolean', default: false },
      'update-counts': { type: 'boolean', default: false },
      'check-counts': { type: 'boolean', default: false },
      measure: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const counts = values['update-counts'] ? 'update' : values['check-counts'] ? 'check' : 'none';
  return {
    parts: values.part?.map(part) ?? (counts === 'none' ? PARTS : []),
    only: new RegExp(values.only),
    runs: positive('--runs', values.runs),
    budget: positive('--budget', values.budget) * 1_000,
    write: values.write,
    counts,
    measure: values.measure === undefined ? undefined : Number(values.measure),
  };
}

function part(word: string): Part {
  const found = PARTS.find((name) => name === word);
  if (found === undefined) throw new Error(`there is no part ${word}: choose ${PARTS.join(', ')}`);
  return found;
}

export function positive(flag: string, word: string): number {
  const number = Number(word);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${flag} takes a whole number from 1 on`);
  return number;
}
