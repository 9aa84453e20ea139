/** What the lineage of good runs teaches: it rules each of them out, and no fault set that violates. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import { FaultLiterals } from '../../../src/injector/learn/fault-literals.js';
import { learn } from '../../../src/injector/learn/learn.js';
import { isViolated } from '../../../src/injector/run.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { learner } from '../../laws/learning.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { explainedHandlers, explainedRules, subjectFor, type Explained } from '../../laws/lineage.js';

/** A solver that is taught. */
function taught(explained: Explained, factory: SolverFactory) {
  const space = new FaultSpace(explained.nodes, explained.bounds);
  const { solver, isLeft } = learner(space, factory);
  const absencesBreak = solver.newLiteral();
  const subject = subjectFor(explained);
  return {
    isLeft,
    /** Whether the run under a fault set is good; it is learnt then. */
    learn: (faults: FaultSet): boolean => {
      if (isViolated(subject.outcome(faults))) return false;
      const literals = new FaultLiterals(solver, space, faults);
      learn(subject.lineage(faults), { space, solver, literals, absencesBreak });
      return true;
    },
  };
}

describe('what the lineage of good runs teaches', { timeout: 600_000 }, () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  it.each([
    ['rules', explainedRules()],
    ['handlers', explainedHandlers()],
  ])('of %s, rules out each of them, and no fault set that violates', (_, any) => {
    fc.assert(
      fc.property(any, (explained) => {
        const known = taught(explained, factory);
        const violating: FaultSet[] = [];
        for (const faults of admissibleFaultSets(explained.nodes, explained.bounds)) {
          if (known.learn(faults)) expect(known.isLeft(faults), formatSchedule(faults)).toBe(false);
          else violating.push(faults);
        }
        for (const faults of violating) expect(known.isLeft(faults), formatSchedule(faults)).toBe(true);
      }),
      { numRuns: 6 },
    );
  });
});
