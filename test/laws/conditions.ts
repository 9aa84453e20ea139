/** The law of conditions: under every admissible fault set, a fact's condition is true exactly where it holds. */
import { expect } from 'vitest';
import type { Bounds } from '../../src/injector/bounds.js';
import { faultConditions } from '../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import type { FaultSet } from '../../src/injector/faults.js';
import type { Circuit } from '../../src/lineage/circuit.js';
import type { Diagram } from '../../src/lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import { Evaluator, type Evaluation } from '../../src/model/evaluate/evaluator.js';
import { CRASH, type CheckedProgram } from '../../src/model/program.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { prepareJudge } from '../judge/dedalus.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';

export interface Setting {
  readonly checked: CheckedProgram;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Fails with the fault set and the facts that differ. @param faultSets admissible ones; all of them by default */
export function expectConditionsToEqualRuns(
  setting: Setting,
  factory: SolverFactory,
  faultSets: Iterable<FaultSet> = admissibleFaultSets(setting.nodes, setting.bounds),
): void {
  const withDiagram = evaluateAll(setting, factory, 1_000_000);
  const circuitAlone = evaluateAll(setting, factory, 0);
  const { checked, nodes, bounds } = setting;
  const judge = prepareJudge(checked.program, { nodes, eot: bounds.eot });
  for (const faults of faultSets) {
    const run = judge(faults);
    const held = Array.from({ length: bounds.eot }, (_, i) =>
      [...run.facts(i + 1)].map((fact) => `${fact}@${i + 1}`),
    );
    // A program that reads no crashes has no such relation.
    const known = (fact: string) => checked.relations.has(CRASH) || !fact.startsWith(`["${CRASH}"`);
    const expected = held.flat().filter(known).sort();
    const note = JSON.stringify(faults);
    // A diagram that passes its budget is dropped, and the circuit beside it goes on.
    if (withDiagram.hasDiagram)
      expect(withDiagram.byDiagram(faults), `by diagram, under ${note}`).toEqual(expected);
    expect(withDiagram.byCircuit(faults), `by circuit beside a diagram, under ${note}`).toEqual(expected);
    expect(circuitAlone.byCircuit(faults), `by circuit alone, under ${note}`).toEqual(expected);
  }
}

function evaluateAll({ checked, nodes, bounds }: Setting, factory: SolverFactory, diagramLimit: number) {
  const space = new FaultSpace(nodes, bounds);
  const solver = factory.create();
  const { conditions } = faultConditions(space, { circuitLimit: 1_000_000, diagramLimit }, () => solver);
  const evaluator = new Evaluator(checked, { nodes, eot: bounds.eot });
  const evaluation = evaluator.run(space.world(conditions));
  solver.dispose();
  const facts = allFacts(evaluator, evaluation);
  const edges = facts.map(({ condition }) => conditions.admissibleEdge(condition));
  return {
    hasDiagram: conditions.diagram !== undefined,
    byCircuit(faults: FaultSet): readonly string[] {
      const value = circuitValues(conditions.circuit, new Set(space.inputsOf(faults)));
      return facts.filter(({ condition }) => value(condition)).map(({ name }) => name);
    },
    byDiagram(faults: FaultSet): readonly string[] {
      const inputs = new Set(space.inputsOf(faults));
      return facts
        .filter((_, i) => follow(conditions.diagram!, edges[i]!, inputs) === TRUE)
        .map(({ name }) => name);
    },
  };
}

/** Sorted by name, which says relation, tuple and time. */
function allFacts(evaluator: Evaluator, evaluation: Evaluation): { name: string; condition: Condition }[] {
  const times = Array.from({ length: evaluator.eot }, (_, i) => i + 1);
  return evaluator.relations
    .flatMap(({ name }) =>
      times.flatMap((time) =>
        evaluation.factsOf(name, time).map(({ tuple, condition }) => ({
          name: `${JSON.stringify([name, ...tuple])}@${time}`,
          condition,
        })),
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function circuitValues(circuit: Circuit, inputs: ReadonlySet<number>): (condition: Condition) => boolean {
  const values = new Uint8Array(circuit.size);
  const of = (literal: Condition) => values[literal >> 1] ^ (literal & 1);
  for (let node = 1; node < circuit.size; node++) {
    values[node] = circuit.isInput(node)
      ? Number(inputs.has(circuit.inputOf(node)))
      : of(circuit.left(node)) & of(circuit.right(node));
  }
  return (condition) => of(condition) === 1;
}

function follow(diagram: Diagram, edge: Condition, inputs: ReadonlySet<number>): Condition {
  let at = edge;
  while (at !== FALSE && at !== TRUE) at = inputs.has(diagram.level(at)) ? diagram.high(at) : diagram.low(at);
  return at;
}
