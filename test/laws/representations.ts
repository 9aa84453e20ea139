/**
 * The law of conditions, whatever they are conditions of: under every admissible fault set, exactly those are true
 * that a judge names, by the diagram, by the circuit beside it, and by the circuit alone.
 */
import { expect } from 'vitest';
import type { Bounds } from '../../src/injector/bounds.js';
import { faultConditions } from '../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import type { FaultSet } from '../../src/injector/faults.js';
import type { Circuit } from '../../src/lineage/circuit.js';
import type { Diagram } from '../../src/lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import type { World } from '../../src/model/world.js';
import type { SatSolver, SolverFactory } from '../../src/solver/sat.js';

export interface NamedCondition {
  readonly name: string;
  readonly condition: Condition;
}

/** What is to be compared. */
export interface Comparison {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Runs under all fault sets; each name once. */
  readonly evaluate: (world: World) => readonly NamedCondition[];
  /** The names of what holds under one, sorted. */
  readonly judge: (faults: FaultSet) => readonly string[];
}

/** Fails with the fault set and the names that differ. */
export function expectTrueOfTheSame(
  comparison: Comparison,
  factory: SolverFactory,
  faultSets: Iterable<FaultSet>,
): void {
  const withDiagram = evaluateAll(comparison, factory, 1_000_000);
  const circuitAlone = evaluateAll(comparison, factory, 0);
  for (const faults of faultSets) {
    const expected = comparison.judge(faults);
    const note = `under ${JSON.stringify(faults)}`;
    // A diagram that passes its budget is dropped, and the circuit beside it goes on.
    if (withDiagram.hasDiagram) expectSame(withDiagram.byDiagram(faults), expected, `by diagram, ${note}`);
    expectSame(withDiagram.byCircuit(faults), expected, `by circuit beside a diagram, ${note}`);
    expectSame(circuitAlone.byCircuit(faults), expected, `by circuit alone, ${note}`);
  }
}

/** Most are the same, which takes a fraction of the time to see that `expect` takes. */
function expectSame(names: readonly string[], expected: readonly string[], note: string): void {
  const same = names.length === expected.length && names.every((name, index) => name === expected[index]);
  if (!same) expect(names, note).toEqual(expected);
}

function evaluateAll({ nodes, bounds, evaluate }: Comparison, factory: SolverFactory, diagramLimit: number) {
  const space = new FaultSpace(nodes, bounds);
  // Recursion alone needs one.
  let solver: SatSolver | undefined;
  const limits = { circuitLimit: 1_000_000, diagramLimit };
  const { conditions } = faultConditions(space, limits, () => (solver ??= factory.create()));
  const named = [...evaluate(space.world(conditions))].sort((a, b) => (a.name < b.name ? -1 : 1));
  solver?.dispose();
  const edges = named.map(({ condition }) => conditions.admissibleEdge(condition));
  return {
    hasDiagram: conditions.diagram !== undefined,
    byCircuit(faults: FaultSet): readonly string[] {
      const value = circuitValues(conditions.circuit, new Set(space.inputsOf(faults)));
      return named.filter(({ condition }) => value(condition)).map(({ name }) => name);
    },
    byDiagram(faults: FaultSet): readonly string[] {
      const inputs = new Set(space.inputsOf(faults));
      return named
        .filter((_, i) => follow(conditions.diagram!, edges[i]!, inputs) === TRUE)
        .map(({ name }) => name);
    },
  };
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
