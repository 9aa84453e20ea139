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

export interface FaultConditionsLimits extends Pick<ConditionsOptions, 'circuitLimit' | 'diagramLimit'> {
  /** Conflicts of one question to the solver, beyond which it is said that what was asked may hold; default no limit. */
  readonly conflicts?: number | undefined;
}

/** @param newSolver asked once, where recursion has a question that no diagram answers */
export function faultConditions(
  space: FaultSpace,
  { conflicts, ...limits }: FaultConditionsLimits,
  newSolver: () => SatSolver,
): FaultConditions {
  let solver: FaultSolver | undefined;
  let isExample = false;
  const conditions: Conditions = new Conditions({
    ...limits,
    samples: sampleFaultSets(space),
    satisfiable: (condition) => {
      if (solver === undefined) {
        solver = new FaultSolver(space, conditions.circuit, newSolver(), space.events.keys());
        solver.require(admissible);
      }
      const status = solver.decide([condition], conflicts === undefined ? {} : { conflicts });
      isExample = status === 'satisfiable';
      return status !== 'unsatisfiable';
    },
    example: () => {
      if (!isExample) return undefined;
      const inputs = new Set(solver!.trueInputs());
      return (input) => inputs.has(input);
    },
  });
  const admissible = space.admissible(conditions);
  conditions.admit(admissible);
  return { conditions, admissible };
}
