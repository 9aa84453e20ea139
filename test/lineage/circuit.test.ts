import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetExceeded } from '../../src/lineage/budget.js';
import { Circuit } from '../../src/lineage/circuit.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import { build, expression, INPUTS, table, tableOf } from './expressions.js';

function tableIn(circuit: Circuit, condition: Condition): string {
  return table((assignment) => circuit.evaluate(condition, (input) => assignment.has(input)));
}

function inputsOf(circuit: Circuit): readonly Condition[] {
  return Array.from({ length: INPUTS }, (_, i) => circuit.input(i));
}

describe('a circuit', () => {
  it('means what the expression means that it was made of, however much was simplified', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 1, maxLength: 4 }), (expressions) => {
        const circuit = new Circuit();
        const conditions = expressions.map((each) => build(each, circuit));
        expect(conditions.map((each) => tableIn(circuit, each))).toEqual(expressions.map(tableOf));
      }),
      { numRuns: 500 },
    );
  });

  it('shares what is built alike, and adds at most one node a conjunction', () => {
    fc.assert(
      fc.property(expression, expression, (left, right) => {
        const circuit = new Circuit();
        const a = build(left, circuit);
        const b = build(right, circuit);
        const before = circuit.size;
        const both = circuit.and(a, b);
        expect(circuit.size - before).toBeLessThanOrEqual(1);
        const after = circuit.size;
        expect(circuit.and(b, a)).toBe(both);
        expect(circuit.or(circuit.not(b), circuit.not(a))).toBe(circuit.not(both));
        expect(build(left, circuit)).toBe(a);
        expect(circuit.size).toBe(after);
      }),
    );
  });

  it('needs no gate where one or two levels decide', () => {
    const circuit = new Circuit();
    const [a, b] = inputsOf(circuit);
    const not = (condition: Condition) => circuit.not(condition);
    const gate = circuit.and(a, b);
    const { size } = circuit;
    expect(circuit.and(a, FALSE)).toBe(FALSE);
    expect(circuit.and(TRUE, a)).toBe(a);
    expect(circuit.and(a, a)).toBe(a);
    expect(circuit.and(a, not(a))).toBe(FALSE);
    expect(circuit.and(a, gate)).toBe(gate);
    expect(circuit.and(not(a), gate)).toBe(FALSE);
    expect(circuit.or(a, gate)).toBe(a);
    expect(circuit.or(not(b), gate)).toBe(circuit.or(a, not(b)));
    expect(circuit.size - size).toBe(1); // that of `a or not b`
  });

  it('gives an input one handle, and tells inputs from gates and from the constant', () => {
    const circuit = new Circuit();
    const seventh = circuit.input(7);
    const second = circuit.input(2);
    expect(circuit.input(7)).toBe(seventh);
    expect([seventh, second].map((input) => circuit.inputOf(input >> 1))).toEqual([7, 2]);
    const gate = circuit.and(seventh, second);
    expect([FALSE, seventh, second, gate].map((each) => circuit.isInput(each >> 1))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('has the cone of conditions in topological order, each node once, nothing else', () => {
    fc.assert(
      fc.property(fc.array(expression, { maxLength: 3 }), expression, (wanted, other) => {
        const circuit = new Circuit();
        build(other, circuit);
        const roots = wanted.map((each) => build(each, circuit));
        const reached = new Set<number>();
        const visit = (condition: Condition): void => {
          const node = condition >> 1;
          if (node === 0 || reached.has(node)) return;
          reached.add(node);
          if (circuit.isInput(node)) return;
          visit(circuit.left(node));
          visit(circuit.right(node));
        };
        roots.forEach(visit);
        expect(circuit.cone(roots)).toEqual([...reached].sort((a, b) => a - b));
        for (const node of reached) {
          if (circuit.isInput(node)) continue;
          expect(circuit.left(node) >> 1).toBeLessThan(node);
          expect(circuit.right(node) >> 1).toBeLessThan(node);
        }
      }),
    );
  });

  it('keeps its gates apart and known while its tables grow', () => {
    const circuit = new Circuit();
    const inputs = Array.from({ length: 150 }, (_, i) => circuit.input(i));
    const pairs = inputs.flatMap((a, i) => inputs.slice(0, i).map((b) => [a, b] as const));
    const gates = pairs.map(([a, b]) => circuit.and(a, b));
    expect(new Set(gates).size).toBe(pairs.length);
    expect(circuit.size).toBe(1 + inputs.length + pairs.length);
    expect(pairs.map(([a, b]) => circuit.and(b, a))).toEqual(gates);
    const [a, b] = pairs[7_000];
    expect(circuit.evaluate(gates[7_000], (input) => [a >> 1, b >> 1].includes(input + 1))).toBe(true);
    expect(circuit.evaluate(gates[7_000], (input) => input + 1 === a >> 1)).toBe(false);
  });

  it('stops at its budget with all it has intact', () => {
    const circuit = new Circuit(INPUTS + 2);
    const [a, b, c] = inputsOf(circuit);
    const gate = circuit.and(a, b);
    const beyond = () => circuit.and(gate, c);
    expect(beyond).toThrow(BudgetExceeded);
    expect(beyond).toThrow(expect.objectContaining({ resource: 'circuit', limit: INPUTS + 2 }));
    expect(circuit.size).toBe(INPUTS + 2);
    expect(circuit.and(b, a)).toBe(gate);
    expect(circuit.and(a, gate)).toBe(gate);
    expect(tableIn(circuit, gate)).toBe(table((assignment) => assignment.has(0) && assignment.has(1)));
    expect(() => circuit.input(INPUTS)).toThrow(BudgetExceeded);
  });
});
