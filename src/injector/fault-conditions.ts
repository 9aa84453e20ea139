/** The conditions of the run over all fault sets of a space: restricted to what is admissible, and able to decide recursion. */
import { Conditions, type ConditionsOptions } from '../lineage/conditions.js';
import type { Condition } from '../model/algebra.js';
import type { SatSolver } from '../solver/sat.js';
import type { FaultSpace } from './fault-space.js';
import { FaultSolver } from './fault-solver.js';
import { sampleFaultSets } from './samples.js';

export interface FaultConditions {
  readonly conditions: Conditions;
  /** What makes a fault set admissible. */
  readonly admissible: Condition;
}

/** @param newSolver asked once, where recursion has a question that no diagram answers */
export function faultConditions(
  space: FaultSpace,
  limits: Pick<ConditionsOptions, 'circuitLimit' | 'diagramLimit'>,
  newSolver: () => SatSolver,
): FaultConditions {
  let solver: FaultSolver | undefined;
  const conditions: Conditions = new Conditions({
    ...limits,
    samples: sampleFaultSets(space),
    satisfiable: (condition) => {
      if (solver === undefined) {
        solver = new FaultSolver(space, conditions.circuit, newSolver(), space.events.keys());
        solver.require(admissible);
      }
      return solver.decide([condition]) !== 'unsatisfiable';
    },
  });
  const admissible = space.admissible(conditions);
  conditions.admit(admissible);
  return { conditions, admissible };
}
