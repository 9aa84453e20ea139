/** Programs as text, run by the evaluator: what they derive, as text. */
import { faultConditions } from '../../../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../../../src/injector/fault-space.js';
import type { Bounds } from '../../../../src/injector/bounds.js';
import type { FaultSet } from '../../../../src/injector/faults.js';
import { concreteWorld } from '../../../../src/injector/world.js';
import type { Conditions } from '../../../../src/lineage/conditions.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import {
  Evaluator,
  type Evaluation,
  type RunOptions,
} from '../../../../src/model/rules/evaluate/evaluator.js';
import type { EvaluatorOptions } from '../../../../src/model/rules/evaluate/prepared.js';
import type { CheckedProgram } from '../../../../src/model/rules/program.js';
import type { SatSolver } from '../../../../src/solver/sat.js';

export const NODES = ['a', 'b', 'c'];

/** @throws where the program has errors, so that a test hears of its own */
export function checkedProgram(text: string): CheckedProgram {
  const { checked, diagnostics } = readDedalusText(text);
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return checked;
}

export interface Ran {
  readonly evaluator: Evaluator;
  readonly evaluation: Evaluation;
}

/** One concrete run. */
export function run(
  text: string,
  eot: number,
  faults: FaultSet = [],
  options: RunOptions & Partial<EvaluatorOptions> = {},
): Ran {
  const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot, ...options });
  return { evaluator, evaluation: evaluator.run(concreteWorld(faults), options) };
}

/** The tuples of a relation at a time, columns apart by spaces, sorted. */
export function tuplesAt({ evaluation }: Ran, relation: string, time: number): readonly string[] {
  return evaluation
    .factsOf(relation, time)
    .map(({ tuple }) => tuple.join(' '))
    .sort();
}

/** The tuples of a relation at each time from 1 to EOT. */
export function history(
  text: string,
  relation: string,
  eot = 3,
  faults: FaultSet = [],
): readonly (readonly string[])[] {
  const ran = run(text, eot, faults);
  return Array.from({ length: eot }, (_, i) => tuplesAt(ran, relation, i + 1));
}

export interface ConditionalRun extends Ran {
  readonly space: FaultSpace;
  readonly conditions: Conditions;
  readonly admissible: number;
}

/** The run over all fault sets. @param diagramLimit 0 to leave all questions to the solver */
export function runUnderAll(
  text: string,
  bounds: Bounds,
  solver: SatSolver,
  diagramLimit: number,
  options: RunOptions & Partial<EvaluatorOptions> = {},
): ConditionalRun {
  const space = new FaultSpace(NODES, bounds);
  const limits = { circuitLimit: 1_000_000, diagramLimit };
  const { conditions, admissible } = faultConditions(space, limits, () => solver);
  const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot: bounds.eot, ...options });
  const evaluation = evaluator.run(space.world(conditions), options);
  return { evaluator, evaluation, space, conditions, admissible };
}
