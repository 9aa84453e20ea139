/** Handlers that change the state they are given, and handlers that return another, are one protocol in two styles. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/runner/check.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedHandlers, handlersOf, type GeneratedHandlers } from '../../generators/handlers/handlers.js';
import { STYLES } from '../../generators/handlers/language.js';

const pool = new SolverPool();

/** All that does not depend on how long it took. */
function foundBy({ verdict, evidence }: CheckResult): unknown {
  const { statistics, faultSets } = evidence;
  const { localStates, handlerRuns, gates } = statistics;
  return {
    kind: verdict.kind,
    faultSets,
    ...{ localStates, handlerRuns, gates },
    counterexamples:
      verdict.kind === 'violated' ? verdict.counterexamples.map(({ faults, run }) => [faults, run]) : [],
    violating: verdict.kind === 'violated' ? verdict.violating : undefined,
  };
}

async function found(generated: GeneratedHandlers, strategy: 'compiled' | 'alternating'): Promise<unknown> {
  const { protocol, nodes, bounds } = generated;
  return foundBy(await check(protocol, { name: 'styles', nodes, bounds, pool, strategy, limit: 10_000 }));
}

describe('one protocol in both styles, with lists and with sets', () => {
  it.each(['compiled', 'alternating'] as const)(
    'has the same verdicts, counts and counterexamples by %s',
    { timeout: 600_000 },
    async (strategy) => {
      await fc.assert(
        fc.asyncProperty(generatedHandlers(), async ({ choice, nodes, bounds }) => {
          const variants = STYLES.flatMap((style) =>
            [false, true].map((sets) =>
              handlersOf({ ...choice, styles: [style, style], sets }, { nodes, bounds }),
            ),
          );
          const [first, ...others] = await Promise.all(variants.map((one) => found(one, strategy)));
          for (const other of others) expect(other).toEqual(first);
        }),
        { numRuns: 10 },
      );
    },
  );
});
