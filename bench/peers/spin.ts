/** A model in Promela, searched exhaustively by the checker that Spin makes of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bounds } from '../../src/injector/bounds.js';
import type { Answer, Verdict } from './answer.js';
import { run, type Finished } from './processes.js';

/** A model in `bench/peers`, made the protocol of a row by its macros. */
export interface Model {
  readonly file: string;
  readonly nodes: number;
  readonly bounds: Bounds;
  /** Further macros, each 1. */
  readonly macros?: readonly string[];
}

export interface BySpin extends Answer {
  /** Seconds of the search for any violation, and of the way to it: translating and compiling. */
  readonly search: number;
  readonly build: number;
  /** Seconds of the searches with at most 0, 1, ... faults, up to the fewest that violate. */
  readonly searchFewest: number;
}

export interface SpinOptions {
  /** Of processor time, for each search. */
  readonly seconds: number;
  /** Whether gcc is to take its time, for a checker that is faster. Default true. */
  readonly optimize?: boolean;
}

/** Megabytes of a search. */
const MEMORY = 4_000;

/** One process: there are no orders of steps to be reduced, and no fairness to be kept. */
const COMPILE = ['gcc', '-w', '-DSAFETY', '-DNOREDUCE', `-DMEMLIM=${MEMORY}`, '-o', 'pan', 'pan.c'];

/** Deep enough for any row, with a table that grows; that the last state is no valid end is no error here. */
const SEARCH = ['./pan', '-m100000', '-w20', '-E'];

/** What a translation or a compilation may take: neither searches. */
const SECONDS_TO_BUILD = 600;

/** @throws Error where Spin or gcc refuses the model, or the checker says what is not understood */
export function searchBySpin(model: Model, options: SpinOptions): BySpin {
  const any = searchOnce(model, undefined, options);
  const { verdict } = any;
  if (verdict !== 'violated') return { ...any, fewest: undefined, searchFewest: 0 };
  let searchFewest = 0;
  for (let most = 0; ; most++) {
    const within = searchOnce(model, most, options);
    searchFewest += within.search;
    if (within.verdict === 'certified') continue;
    const fewest = within.verdict === undefined ? undefined : most;
    return { ...any, fewest, searchFewest };
  }
}

interface Searched {
  readonly verdict: Verdict | undefined;
  readonly search: number;
  readonly build: number;
}

/** @param most faults in all; undefined where there is no such bound */
function searchOnce(
  model: Model,
  most: number | undefined,
  { seconds, optimize = true }: SpinOptions,
): Searched {
  const cwd = mkdtempSync(join(tmpdir(), 'ldfi-spin-'));
  try {
    const translated = run(
      ['spin', '-a', ...macrosOf(model, most), resolve(`bench/peers/${model.file}.pml`)],
      {
        cwd,
        seconds: SECONDS_TO_BUILD,
      },
    );
    if (/\bError\b|\berror\b/.test(translated.output)) throw new Error(`spin: ${translated.output}`);
    const compiled = run([...COMPILE, optimize ? '-O2' : '-O0'], { cwd, seconds: SECONDS_TO_BUILD });
    if (compiled.output !== '') throw new Error(`gcc: ${compiled.output}`);
    const searched = run(SEARCH, { cwd, seconds });
    return {
      verdict: verdictOf(searched),
      search: searched.computed,
      build: translated.computed + compiled.computed,
    };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function macrosOf({ nodes, bounds, macros = [] }: Model, most: number | undefined): readonly string[] {
  return [
    `-DN=${nodes}`,
    `-DEOT=${bounds.eot}`,
    `-DEFF=${bounds.eff}`,
    `-DCRASHES=${bounds.crashes}`,
    ...macros.map((macro) => `-D${macro}=1`),
    ...(most === undefined ? [] : [`-DMOST=${most}`]),
  ];
}

/** Nothing but a search that says that it went through all states certifies. */
function verdictOf({ output, outOfTime }: Finished): Verdict | undefined {
  if (outOfTime || /reached -DMEMLIM bound|out of memory/.test(output)) return undefined;
  const errors = /errors: (\d+)/.exec(output)?.[1];
  if (errors === undefined || /max search depth too small/.test(output)) throw new Error(`pan: ${output}`);
  if (errors !== '0') {
    if (!output.includes('assertion violated')) throw new Error(`pan: ${output}`);
    return 'violated';
  }
  if (!output.includes('Full statespace search') || output.includes('Search not completed'))
    throw new Error(`pan: ${output}`);
  return 'certified';
}
