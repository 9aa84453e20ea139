/** A solver of fault sets that good runs teach, and what is left to it. */
import { FaultSolver } from '../../src/injector/fault-solver.js';
import type { FaultSpace } from '../../src/injector/fault-space.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { Conditions } from '../../src/lineage/conditions.js';
import { noSamples } from '../../src/lineage/samples.js';
import { TRUE, type Condition } from '../../src/model/algebra.js';
import type { SolverFactory } from '../../src/solver/sat.js';

/** A solver of all admissible fault sets. */
export function learner(space: FaultSpace, factory: SolverFactory) {
  const conditions = new Conditions({
    circuitLimit: 1e6,
    diagramLimit: 0,
    samples: noSamples,
    satisfiable: () => true,
  });
  const solver = new FaultSolver(space, conditions.circuit, factory.create(), space.events.keys());
  solver.require(space.admissible(conditions));
  const exactly = (faults: FaultSet): Condition => {
    const happens = new Set(space.inputsOf(faults));
    return space.events.reduce((all: Condition, _, input) => {
      const happening = conditions.input(input);
      return conditions.and(all, happens.has(input) ? happening : conditions.not(happening));
    }, TRUE);
  };
  const isLeft = (faults: FaultSet) => solver.decide([exactly(faults)]) === 'satisfiable';
  return { solver, isLeft };
}
