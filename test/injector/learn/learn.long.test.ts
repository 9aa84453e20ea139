/** What the lineage of good runs teaches: it rules each of them out, and no fault set that violates. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import { FaultLiterals } from '../../../src/injector/learn/fault-literals.js';
import { learn, type LineageTerms } from '../../../src/injector/learn/learn.js';
import { isViolated } from '../../../src/injector/run.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { Subject } from '../../../src/runner/subjects/subject.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { learner } from '../../laws/learning.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { explainedHandlers, explainedRules, subjectFor, type Explained } from '../../laws/lineage.js';

/** Requires that a good run be broken. */
type Teach = (subject: Subject, faults: FaultSet, terms: LineageTerms) => void;

const byLineage: Teach = (subject, faults, terms) => {
  learn(subject.lineage(faults), terms);
};

/** By lineage as well, but for properties that look at the faults themselves, of which lineage does not tell. */
const byRecord: Teach = (subject, faults, terms) => {
  subject.record(faults).requireBroken(terms);
};

/** A solver that is taught. */
function taught(explained: Explained, factory: SolverFactory, teach: Teach) {
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
      teach(subject, faults, { space, solver, literals, absencesBreak });
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
    ['rules', explainedRules(), byLineage],
    ['handlers', explainedHandlers(), byRecord],
  ])('of %s, rules out each of them, and no fault set that violates', (_, any, teach) => {
    fc.assert(
      fc.property(any, (explained) => {
        const known = taught(explained, factory, teach);
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
