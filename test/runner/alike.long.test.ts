/** The law of likeness: exactly those are alike that some renaming of nodes makes the same, which the run without faults does not feel. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, Run } from '../../src/injector/run.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { withLikeness } from '../../src/runner/alike.js';
import { check } from '../../src/runner/check.js';
import { replayProtocol } from '../../src/runner/replay.js';
import type { Counterexample } from '../../src/runner/result.js';
import { SolverPool } from '../../src/solver/pool.js';
import { generatedProgram } from '../generators/dedalus.js';

type Rename = (node: string) => string;

const pool = new SolverPool();

/** Every way to give nodes each other's names. */
function renamings(nodes: readonly string[]): readonly Rename[] {
  const orders = (left: readonly string[]): readonly (readonly string[])[] =>
    left.length === 0
      ? [[]]
      : left.flatMap((first) =>
          orders(left.filter((each) => each !== first)).map((rest) => [first, ...rest]),
        );
  return orders(nodes).map((names) => (node) => names[nodes.indexOf(node)]);
}

function sentIn({ messages }: Run, rename: Rename): readonly string[] {
  return messages
    .map(({ name, from, to, sent }) => JSON.stringify([name, rename(from), rename(to), sent]))
    .sort();
}

function takenBy({ run, faults }: Counterexample, rename: Rename): ReadonlySet<string> {
  const isTaken = ({ sent, arrivals }: Message) => sent < run.eot && arrivals.join() !== String(sent + 1);
  return new Set([
    ...run.messages
      .filter(isTaken)
      .map(({ name, from, to }) => JSON.stringify([name, rename(from), rename(to)])),
    ...faults.flatMap((fault) => ('node' in fault ? [rename(fault.node)] : [])),
  ]);
}

const same: Rename = (node) => node;

describe('counterexamples', () => {
  it(
    'are alike exactly where some symmetry of the run without faults makes them so',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(generatedProgram(), async ({ text, nodes, bounds }) => {
          const protocol = readDedalusText(text).checked!;
          const options = { name: '', nodes, bounds, limit: 20, pool };
          const { verdict } = await check(protocol, options);
          fc.pre(verdict.kind === 'violated' && verdict.counterexamples.length > 1);
          const { run } = replayProtocol(protocol, { nodes, bounds }, []);
          const told = withLikeness(verdict, () => run);
          if (told.kind !== 'violated') throw new Error('it is violated still');
          const symmetries = renamings(nodes).filter(
            (rename) => sentIn(run, rename).join() === sentIn(run, same).join(),
          );
          const { counterexamples } = told;
          counterexamples.forEach((counterexample, place) => {
            const first = counterexamples.slice(0, place).findIndex((other) =>
              symmetries.some((rename) => {
                const [here, there] = [takenBy(counterexample, rename), takenBy(other, same)];
                return here.size === there.size && [...here].every((each) => there.has(each));
              }),
            );
            expect(counterexample.alike).toBe(first === -1 ? undefined : first);
          });
        }),
        { numRuns: 15 },
      );
    },
  );

  it('are as they were where there is one alone', async () => {
    const { checked } = readDedalusText(
      'p("a", "b")@1; q(B)@async :- p(A, B); pre(B) :- p(A, B)@1; post(B) :- q(B)@2;',
    );
    const { verdict } = await check(checked!, {
      name: '',
      nodes: ['a', 'b'],
      bounds: { eot: 3, eff: 2, crashes: 0 },
      pool,
    });
    expect(withLikeness(verdict, () => expect.fail('no run is needed'))).toBe(verdict);
  });
});
