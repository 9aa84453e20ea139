/** The judge that shares nothing with ldfi but what `ldfi print --asp` writes: clingo, of Debian's package `gringo`. */
import { spawnSync } from 'node:child_process';

export interface CountedByClingo {
  /** How many admissible fault sets violate. */
  readonly violating: bigint;
  /** The faults of the least of them; undefined where none does. */
  readonly fewest: number | undefined;
}

interface Answer {
  readonly Result: string;
  readonly Models: { readonly Number: number; readonly Costs?: readonly number[] };
}

export function hasClingo(): boolean {
  return spawnSync('clingo', ['--version']).error === undefined;
}

/** @param constants in place of those of the program */
export function countByClingo(
  program: string,
  constants: Readonly<Record<string, number>> = {},
): CountedByClingo {
  const all = ask(program, constants, ['--opt-mode=ignore', '--models=0', '--quiet=2']);
  return { violating: BigInt(all.Models.Number), fewest: fewestByClingo(program, constants) };
}

/** The fewest faults that violate; undefined where none do. */
export function fewestByClingo(
  program: string,
  constants: Readonly<Record<string, number>> = {},
): number | undefined {
  const best = ask(program, constants, ['--quiet=2,1']);
  // Where there are no choices there is nothing to minimize.
  return best.Result === 'UNSATISFIABLE' ? undefined : (best.Models.Costs?.[0] ?? 0);
}

function ask(
  program: string,
  constants: Readonly<Record<string, number>>,
  options: readonly string[],
): Answer {
  const set = Object.entries(constants).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { stdout, stderr, error } = spawnSync(
    'clingo',
    ['-', '--warn=none', '--outf=2', ...options, ...set],
    {
      input: program,
      maxBuffer: 2 ** 28,
    },
  );
  if (error !== undefined) throw error;
  const answer = JSON.parse(String(stdout)) as Answer;
  if (!['SATISFIABLE', 'UNSATISFIABLE', 'OPTIMUM FOUND'].includes(answer.Result))
    throw new Error(`clingo: ${answer.Result}\n${String(stderr)}`);
  return answer;
}
