/** Everything that is decided of handlers for all fault sets at once, against a judge that runs them one by one. */
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { loadBackend } from '../src/solver/backends.js';
import { SolverPool } from '../src/solver/pool.js';
import type { SolverFactory } from '../src/solver/sat.js';
import { handlerExamples, mutantsOf } from './generators/handlers/examples.js';
import { generatedHandlers, type GeneratedHandlers } from './generators/handlers/handlers.js';
import { judgeHandlers } from './judge/handlers.js';
import { expectViewsToEqualRuns } from './laws/handler-conditions.js';
import { expectWaysToAgree } from './laws/ways.js';

const numRuns = 8;

// Shrinking a failure takes as long again.
const options = { timeout: 600_000 };

const pool = new SolverPool();

async function expectVerdictsOfTheJudge(generated: GeneratedHandlers, turn: number): Promise<void> {
  const judged = judgeHandlers(generated.protocol, generated.nodes, generated.bounds);
  await expectWaysToAgree(generated, judged, turn, pool);
}

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

describe('over random handlers', options, () => {
  it('gives every view of every node a condition that is true of exactly the fault sets under which it is seen', () => {
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        expectViewsToEqualRuns(generated, factory);
      }),
      { numRuns },
    );
  });

  it('has every strategy give the verdict and the minimal counterexamples of the judge', async () => {
    await fc.assert(fc.asyncProperty(generatedHandlers(), fc.nat(), expectVerdictsOfTheJudge), { numRuns });
  });
});

describe.each(handlerExamples)('over $name, and with something left out of it', options, ({ generated }) => {
  const variants = [generated, ...mutantsOf(generated)];
  /** Each law takes every fourth one, and others than the other. */
  const fourth = (rest: number) => variants.filter((_, index) => index % 4 === rest);

  it('gives every view a condition that is true of exactly the fault sets under which it is seen', () => {
    for (const variant of fourth(1)) expectViewsToEqualRuns(variant, factory);
  });

  it('has every strategy give the verdict and the minimal counterexamples of the judge', async () => {
    for (const [turn, variant] of fourth(0).entries()) await expectVerdictsOfTheJudge(variant, turn);
  });
});
