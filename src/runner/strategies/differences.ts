/**
 * Whether faults of a kind ever make a difference: whether there is an admissible fault set under which properties see
 * something that they would not see if those of the kind had not happened, and all others had. A kind of which there is none
 * was not put to the test. It is asked of kinds that are off by default alone, so that a check without them costs nothing
 * more, and of conditions that are not too large for it.
 */
import { groupBy } from '../../model/group.js';
import { BudgetError } from '../../model/budget-error.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import { FaultSolver } from '../../injector/fault-solver.js';
import { faultKinds, ofKind, type Fault } from '../../injector/faults.js';
import type { Conditions } from '../../lineage/conditions.js';
import type { SatStatus } from '../../solver/sat.js';
import type { FaultDifference } from '../result.js';
import type { AskedNames } from '../unasked.js';
import type { EvaluableSearch } from './least-faults.js';
import type { Question } from './pose.js';

/** Gates of the conditions that properties rest on, beyond which it is not asked. */
const MOST_GATES = 20_000;

/** Of the solver, for each kind. */
const CONFLICTS = 2_000;

export function differences(search: EvaluableSearch, question: Question): readonly FaultDifference[] {
  const { events: all } = search.space;
  const kinds = faultKinds
    .filter(({ kind }) => kind !== 'omission' && kind !== 'crash')
    .flatMap((kind) => [...groupBy(ofKind(kind, all), nameOf).values()])
    .filter(([event]) => event.kind !== 'named' || isAsked(event.name, search.subject.asked));
  if (kinds.length === 0) return [];
  const { conditions, seen, violation } = question;
  const roots = [...new Set([violation, ...seen, ...search.subject.properties.map(question.asked)])];
  if (conditions.circuit.cone(roots).length > MOST_GATES) return [];
  const numbers = new Map(all.map((event, number) => [event, number]));
  return kinds.flatMap((events) => {
    const [event] = events;
    const inputs = new Set(events.map((each) => numbers.get(each)!));
    const makesDifference = differs(search, question, roots, inputs);
    const name = event.kind === 'named' ? { name: event.name } : {};
    return makesDifference === undefined ? [] : [{ kind: event.kind, ...name, makesDifference }];
  });
}

/** What nobody asks for is told of as such. */
function isAsked(name: string, asked: AskedNames): boolean {
  return asked === 'any' || asked.has(name);
}

function nameOf(fault: Fault): string {
  return fault.kind === 'named' ? `named ${fault.name}` : fault.kind;
}

/** Undefined where that is too much to find out. */
function differs(
  search: EvaluableSearch,
  { conditions, admissible }: Question,
  roots: readonly Condition[],
  inputs: ReadonlySet<number>,
): boolean | undefined {
  try {
    const without = withoutInputs(conditions, roots, inputs);
    const difference = roots.reduce(
      (any, root, index) => conditions.or(any, differenceOf(conditions, root, without[index])),
      FALSE,
    );
    if (difference === FALSE) return false;
    const status = decided(search, conditions, [admissible, difference]);
    return status === 'unknown' ? undefined : status === 'satisfiable';
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return undefined;
  }
}

/** By a solver that is not counted: no verdict rests on it. @throws SolverError */
function decided(
  { space, options }: EvaluableSearch,
  { circuit }: Conditions,
  required: readonly Condition[],
): SatStatus {
  const inputs = circuit.cone(required).filter((node) => circuit.isInput(node));
  const backend = options.factory.create();
  try {
    const solver = new FaultSolver(
      space,
      circuit,
      backend,
      inputs.map((node) => circuit.inputOf(node)),
    );
    for (const condition of required) solver.require(condition);
    return solver.decide([], { conflicts: CONFLICTS });
  } finally {
    backend.dispose();
  }
}

function differenceOf(conditions: Conditions, a: Condition, b: Condition): Condition {
  return conditions.or(conditions.and(a, conditions.not(b)), conditions.and(conditions.not(a), b));
}

/** Conditions as they are where some inputs are false. @throws BudgetExceeded */
function withoutInputs(
  conditions: Conditions,
  roots: readonly Condition[],
  inputs: ReadonlySet<number>,
): readonly Condition[] {
  const { circuit } = conditions;
  const made = new Map<number, Condition>([[FALSE >> 1, FALSE]]);
  const of = (literal: Condition) => made.get(literal >> 1)! ^ (literal & 1);
  for (const node of circuit.cone(roots)) {
    const literal = node << 1;
    if (circuit.isInput(node)) made.set(node, inputs.has(circuit.inputOf(node)) ? FALSE : literal);
    else made.set(node, conditions.and(of(circuit.left(node)), of(circuit.right(node))));
  }
  return roots.map(of);
}
