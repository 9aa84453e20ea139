/** The least fault set that satisfies a condition of the run over all fault sets. */
import type { FaultConditions } from '../../injector/fault-conditions.js';
import { FaultDiagram } from '../../injector/fault-diagram.js';
import { FaultSolver } from '../../injector/fault-solver.js';
import type { FaultSet } from '../../injector/faults.js';
import type { Conditions } from '../../lineage/conditions.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import type { SearchLimits } from '../../solver/sat.js';
import { Undecided } from '../guard/undecided.js';
import type { Search } from '../search.js';
import type { Described, Evaluable } from '../subjects/subject.js';

/** On what can be evaluated for all fault sets at once. */
export type EvaluableSearch = Search<Described & Evaluable>;

/**
 * The least fault set that satisfies a condition, by the diagram while it lasts; where the solver passes its budget, one
 * that is minimal. Undefined where none does.
 *
 * @throws Undecided when the solver cannot tell within the limits whether there is one
 */
export function leastFaults(
  search: EvaluableSearch,
  { conditions, admissible }: FaultConditions,
  condition: Condition,
  limits: SearchLimits,
): FaultSet | undefined {
  const edge = conditions.admissibleEdge(condition);
  const { diagram } = conditions;
  if (edge !== undefined && diagram !== undefined) {
    const { found, remaining } = new FaultDiagram(search.space, diagram, edge).minimal(1);
    if (found.length > 0 || remaining !== 'unknown') return found.at(0);
  }
  if (condition === FALSE) return undefined;
  const solver = solverFor(search, conditions, admissible, [condition]);
  const least = solver.least({ conflicts: search.options.budgets.minimumConflicts });
  if (least.kind === 'found') return least.faults;
  if (least.kind === 'none' || !decided(solver, limits)) return undefined;
  return solver.shrink(solver.example()).faults;
}

/** What a question may take that a verdict depends on. */
export function decisionLimits({ options }: EvaluableSearch): SearchLimits {
  return { conflicts: options.budgets.decisionConflicts };
}

/** Whether some fault set satisfies what a solver requires. @throws Undecided when it passes its limits */
export function decided(solver: FaultSolver, limits: SearchLimits): boolean {
  const status = solver.decide([], limits);
  if (status === 'unknown')
    throw new Undecided(`the solver passed its budget of ${limits.conflicts} conflicts`);
  return status === 'satisfiable';
}

/** A solver of all admissible fault sets that satisfy `conditions`. */
export function solverFor(
  search: EvaluableSearch,
  { circuit }: Conditions,
  admissible: Condition,
  conditions: readonly Condition[],
): FaultSolver {
  const required = [admissible, ...conditions];
  const reached = circuit.cone(required).filter((node) => circuit.isInput(node));
  const inputs = reached.map((node) => circuit.inputOf(node));
  const solver = new FaultSolver(search.space, circuit, search.newSolver(), inputs);
  for (const condition of required) solver.require(condition);
  return solver;
}
