import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit } from '../../src/lineage/circuit.js';
import type { Condition } from '../../src/model/algebra.js';
import { CircuitEncoder, type CircuitView } from '../../src/solver/encode.js';
import type { SatSolver } from '../../src/solver/sat.js';
import { assignments, backends, type Assignment } from './brute-force.js';

const INPUTS = 4;

type Gate = readonly [Condition, Condition];

/** A circuit as it was written down: node 0, the inputs, then the gates; nothing is simplified. */
class PlainCircuit implements CircuitView {
  constructor(private readonly gates: readonly Gate[]) {}

  get size(): number {
    return 1 + INPUTS + this.gates.length;
  }

  isInput(node: number): boolean {
    return node >= 1 && node <= INPUTS;
  }

  inputOf(node: number): number {
    return node - 1;
  }

  left(node: number): Condition {
    return this.gates[node - INPUTS - 1][0];
  }

  right(node: number): Condition {
    return this.gates[node - INPUTS - 1][1];
  }

  /** @param inputs the value of input i at i + 1 */
  holds(condition: Condition, inputs: Assignment): boolean {
    return this.nodeHolds(condition >> 1, inputs) !== ((condition & 1) === 1);
  }

  private nodeHolds(node: number, inputs: Assignment): boolean {
    if (node === 0) return false;
    if (this.isInput(node)) return inputs[node];
    return this.holds(this.left(node), inputs) && this.holds(this.right(node), inputs);
  }
}

const circuit: fc.Arbitrary<PlainCircuit> = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 14 })
  .map(
    (choices) =>
      new PlainCircuit(
        choices.map(([left, right, signs], index) => {
          const nodes = 1 + INPUTS + index;
          // The nearest nodes are chosen most often, so that gates stand in chains.
          const near = (choice: number) =>
            nodes - 1 - (choice % (choice % 3 === 0 ? nodes : Math.min(nodes, 3)));
          return [2 * near(left) + (signs & 1), 2 * near(right) + (signs >> 1)];
        }),
      ),
  );

function encoderOf(
  view: CircuitView,
  solver: SatSolver,
): { encoder: CircuitEncoder; inputs: readonly number[] } {
  const inputs = Array.from({ length: INPUTS }, () => solver.newVariable());
  return { encoder: new CircuitEncoder(view, solver, (input) => inputs[input]), inputs };
}

describe.each(backends)('circuits as clauses for $name', ({ factory }) => {
  it('have the values of the circuit, whatever was encoded before', () => {
    const asked = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(circuit, asked, (view, choices) => {
        const solver = factory.create();
        const { encoder, inputs } = encoderOf(view, solver);
        const conditions = choices.map((choice) => choice % (2 * view.size));
        const literals = conditions.map((condition) => encoder.literal(condition));
        for (const values of assignments(INPUTS)) {
          const given = inputs.map((variable, input) => (values[input + 1] ? variable : -variable));
          expect(solver.solve({ assumptions: given })).toBe('satisfiable');
          literals.forEach((literal, index) => {
            expect(solver.value(Math.abs(literal)) === literal > 0).toBe(
              view.holds(conditions[index], values),
            );
          });
        }
        solver.dispose();
      }),
    );
  });
});

describe('encoding', () => {
  const [{ factory }, cadical] = backends;

  it('says nothing twice', () => {
    const solver = factory.create();
    const view = new PlainCircuit([
      [2, 4],
      [6, 10],
    ]);
    const { encoder } = encoderOf(view, solver);
    const literal = encoder.literal(12);
    const before = solver.statistics;
    expect(encoder.literal(12)).toBe(literal);
    expect(encoder.literal(13)).toBe(-literal);
    expect(solver.statistics).toEqual(before);
  });

  it('leaves out what the condition does not depend on', () => {
    const solver = factory.create();
    const { encoder } = encoderOf(new PlainCircuit([[2, 4], [5, 7], [6, 8]]), solver); // prettier-ignore
    encoder.literal(14);
    expect(solver.statistics).toEqual({ variables: INPUTS + 1, clauses: 3, calls: 0 });
  });

  it('makes one conjunction of a chain, except where something else refers to it', () => {
    const chain: Gate[] = [[2, 4], [10, 6], [12, 8]]; // prettier-ignore
    const alone = factory.create();
    encoderOf(new PlainCircuit(chain), alone).encoder.literal(14);
    expect(alone.statistics).toEqual({ variables: INPUTS + 1, clauses: 5, calls: 0 });
    const shared = factory.create();
    encoderOf(new PlainCircuit([...chain, [13, 14]]), shared).encoder.literal(16);
    expect(shared.statistics.variables).toBe(INPUTS + 2);
  });

  it('makes one conjunction of a chain that was part of another before', () => {
    const solver = factory.create();
    const { encoder } = encoderOf(new PlainCircuit([[2, 4], [10, 6], [10, 8]]), solver); // prettier-ignore
    encoder.literal(12);
    expect(solver.statistics).toEqual({ variables: INPUTS + 1, clauses: 4, calls: 0 });
    encoder.literal(14);
    expect(solver.statistics).toEqual({ variables: INPUTS + 2, clauses: 8, calls: 0 });
  });

  it('goes 300,000 gates deep', () => {
    const deep = new Circuit();
    let condition = deep.input(0);
    for (let level = 1; level < 300_000; level++) {
      const input = deep.input(level);
      condition = level % 2 === 0 ? deep.and(condition, input) : deep.or(condition, input);
    }
    const solver = cadical.factory.create();
    const inputs = Array.from({ length: 300_000 }, () => solver.newVariable());
    const literal = new CircuitEncoder(deep, solver, (input) => inputs[input]).literal(condition);
    const [conjunct, disjunct] = inputs.slice(-2);
    expect(solver.solve({ assumptions: [literal, -disjunct] })).toBe('satisfiable');
    expect(solver.value(conjunct)).toBe(true);
    const even = inputs.filter((_, level) => level % 2 === 0 && level > 0);
    expect(solver.solve({ assumptions: [-literal, ...even, inputs[1]] })).toBe('unsatisfiable');
    solver.dispose();
  });
});
