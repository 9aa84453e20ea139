/** What good runs teach: it rules them out, and nothing that violates. */
import { effectsWithin } from '../../../src/injector/world.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import { outcomeOf } from '../../../src/injector/replay.js';
import { concreteWorld } from '../../../src/injector/world.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { supportOf } from '../../../src/injector/learn/support.js';
import { isViolated } from '../../../src/injector/run.js';
import { Evaluator } from '../../../src/model/rules/evaluate/evaluator.js';
import type { Firing } from '../../../src/model/rules/evaluate/firing.js';
import { isAggregating } from '../../../src/model/rules/walk.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { generatedProgram, type GeneratedProgram } from '../../generators/dedalus.js';
import { learner } from '../../laws/learning.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { checkedProgram } from '../../model/rules/evaluate/runs.js';

/** A solver that knows what may happen under a program; undefined where that cannot be told. */
function prepare({ text, nodes, bounds }: GeneratedProgram, factory: SolverFactory) {
  const evaluator = new Evaluator(checkedProgram(text), {
    nodes,
    eot: bounds.eot,
    ...effectsWithin(bounds),
    goals: ['pre', 'post'],
  });
  const space = new FaultSpace(nodes, bounds);
  const { solver, isLeft } = learner(space, factory);
  const result = supportOf(evaluator, solver, space, () => undefined);
  if (result.kind === 'unknown') return undefined;
  return {
    isLeft,
    /** Whether the run under a fault set is good; it is learnt then. */
    learn: (faults: FaultSet): boolean => {
      const aggregates: Firing[] = [];
      const onFiring = (firing: Firing) => {
        if (isAggregating(firing.rule)) aggregates.push(firing);
      };
      const evaluation = evaluator.run(concreteWorld(faults), { onFiring });
      const good = !isViolated(outcomeOf(evaluation, bounds.eot));
      if (good) result.support.learn(evaluation, aggregates, faults);
      return good;
    },
  };
}

describe('what good runs teach', { timeout: 300_000 }, () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  it('rules out each of them, and no fault set that violates', () => {
    fc.assert(
      fc.property(generatedProgram(), (generated) => {
        const known = prepare(generated, factory);
        if (known === undefined) return;
        const violating: FaultSet[] = [];
        for (const faults of admissibleFaultSets(generated.nodes, generated.bounds)) {
          if (known.learn(faults)) expect(known.isLeft(faults), formatSchedule(faults)).toBe(false);
          else violating.push(faults);
        }
        for (const faults of violating) expect(known.isLeft(faults), formatSchedule(faults)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});
