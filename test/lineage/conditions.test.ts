import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetExceeded } from '../../src/lineage/budget.js';
import { Conditions } from '../../src/lineage/conditions.js';
import { noSamples } from '../../src/lineage/samples.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import {
  assignments,
  build,
  expression,
  holds,
  samplesOf,
  table,
  tableOf,
  type Expression,
} from './expressions.js';

const PLENTY = 1_000_000;

/** Conditions within what `admissible` says, whose questions without a diagram are answered by trying all. */
function conditionsWithin(admissible: Expression, diagramLimit: number): Conditions {
  const within = assignments.filter((assignment) => holds(admissible, assignment));
  let last: ReadonlySet<number> | undefined;
  const conditions: Conditions = new Conditions({
    circuitLimit: PLENTY,
    diagramLimit,
    samples: samplesOf(within.filter((_, number) => number % 3 === 0)),
    satisfiable: (condition) => {
      last = within.find((each) => conditions.circuit.evaluate(condition, (input) => each.has(input)));
      return last !== undefined;
    },
    example: () => {
      const found = last!;
      return (input) => found.has(input);
    },
  });
  conditions.admit(build(admissible, conditions));
  return conditions;
}

function tableByDiagram(conditions: Conditions, condition: Condition): string {
  const diagram = conditions.diagram!;
  return table((assignment) => {
    let at = conditions.admissibleEdge(condition)!;
    while (at !== FALSE && at !== TRUE)
      at = assignment.has(diagram.level(at)) ? diagram.high(at) : diagram.low(at);
    return at === TRUE;
  });
}

function tableByCircuit({ circuit }: Conditions, condition: Condition): string {
  return table((assignment) => circuit.evaluate(condition, (input) => assignment.has(input)));
}

const few = fc.array(expression, { minLength: 2, maxLength: 5 });

describe('conditions', () => {
  it('mean the same by circuit and by diagram, the diagram within what is admissible', () => {
    fc.assert(
      fc.property(expression, few, (admissible, expressions) => {
        const conditions = conditionsWithin(admissible, PLENTY);
        for (const of of expressions) {
          const condition = build(of, conditions);
          expect(tableByCircuit(conditions, condition)).toBe(tableOf(of));
          const within = table((assignment) => holds(of, assignment) && holds(admissible, assignment));
          expect(tableByDiagram(conditions, condition)).toBe(within);
          expect(conditions.isFalse(condition)).toBe(!within.includes('1'));
        }
      }),
    );
  });

  it('answer the same without a diagram, and what an answer shows to hold without being asked again', () => {
    fc.assert(
      fc.property(expression, few, (admissible, expressions) => {
        const conditions = conditionsWithin(admissible, 0);
        for (const of of expressions) {
          const condition = build(of, conditions);
          const within = table((assignment) => holds(of, assignment) && holds(admissible, assignment));
          expect(conditions.isPossible(condition)).toBe(within.includes('1'));
          expect(conditions.isPossible(condition)).toBe(within.includes('1'));
        }
      }),
    );
  });

  it('keep all that was said to be impossible, and nothing that can hold', () => {
    fc.assert(
      fc.property(expression, few, (admissible, expressions) => {
        const conditions = conditionsWithin(admissible, PLENTY);
        const denied: Expression[][] = [];
        const built = expressions.map((of) => ({ of, condition: build(of, conditions) }));
        for (const a of built) {
          if (conditions.isFalse(a.condition)) denied.push([a.of]);
          for (const b of built) if (conditions.implies(a.condition, b.condition)) denied.push([a.of, b.of]);
        }
        const left = table((assignment) =>
          denied.some(([a, b]) => holds(a, assignment) && (b === undefined || !holds(b, assignment))),
        );
        expect(tableByCircuit(conditions, conditions.excluded)).toBe(left);
        expect(conditions.isFalse(conditions.excluded)).toBe(true);
      }),
    );
  });

  it('answer alike before the diagram passes its budget, when it does, and after', () => {
    fc.assert(
      fc.property(expression, few, fc.integer({ min: 0, max: 60 }), (admissible, expressions, limit) => {
        const conditions = conditionsWithin(admissible, limit);
        const built = expressions.map((of) => ({ of, condition: build(of, conditions) }));
        for (const a of built) {
          expect(tableByCircuit(conditions, a.condition)).toBe(tableOf(a.of));
          for (const b of built) {
            const implied = assignments.every(
              (assignment) =>
                !holds(admissible, assignment) || !holds(a.of, assignment) || holds(b.of, assignment),
            );
            expect(conditions.implies(a.condition, b.condition)).toBe(implied);
          }
          const possible = assignments.some(
            (assignment) => holds(admissible, assignment) && holds(a.of, assignment),
          );
          expect(conditions.isPossible(a.condition)).toBe(possible);
          const isFalse = conditions.isFalse(a.condition);
          if (conditions.diagram !== undefined) expect(isFalse).toBe(!possible);
          else if (isFalse) expect(possible).toBe(false);
        }
        if (conditions.diagram !== undefined) expect(conditions.diagram.size).toBeLessThanOrEqual(limit);
        else expect(built.map(({ condition }) => conditions.admissibleEdge(condition))).not.toContain(FALSE);
      }),
      { numRuns: 300 },
    );
  });

  it('have a circuit that never learns from the diagram', () => {
    fc.assert(
      fc.property(expression, few, (admissible, expressions) => {
        const beside = conditionsWithin(admissible, PLENTY);
        const alone = conditionsWithin(admissible, 0);
        expect(expressions.map((of) => build(of, beside))).toEqual(expressions.map((of) => build(of, alone)));
        expect(beside.circuit.size).toBe(alone.circuit.size);
      }),
    );
  });

  it('drop the diagram for good', () => {
    const conditions = conditionsWithin({ kind: 'constant', value: true }, 4);
    const [a, b, c] = [0, 1, 2].map((input) => conditions.input(input));
    expect(conditions.diagram).toBeDefined();
    const all = conditions.and(conditions.and(a, b), c);
    expect(conditions.admissibleEdge(a)).toBeDefined();
    expect(conditions.admissibleEdge(all)).toBeUndefined();
    expect(conditions.diagram).toBeUndefined();
    expect(conditions.admissibleEdge(a)).toBeUndefined();
    expect(conditions.implies(all, c)).toBe(true);
    expect(conditions.implies(c, all)).toBe(false);
    expect(conditions.isFalse(conditions.and(all, conditions.not(c)))).toBe(true);
    expect(conditions.diagram).toBeUndefined();
  });

  it('have a diagram of what is asked about alone, and not of what a sample answers', () => {
    fc.assert(
      fc.property(few, (expressions) => {
        const conditions = conditionsWithin({ kind: 'constant', value: true }, PLENTY);
        const built = expressions.map((of) => build(of, conditions));
        expect(conditions.diagram?.size).toBe(1);
        const often = built.filter((_, i) => tableOf(expressions[i]).startsWith('1'));
        for (const condition of often) expect(conditions.isFalse(condition)).toBe(false);
        expect(conditions.diagram?.size).toBe(1);
      }),
    );
  });

  it('take inputs that are asked for later to be within what is admissible too', () => {
    const conditions = conditionsWithin({ kind: 'not', of: { kind: 'input', number: 0 } }, PLENTY);
    const [a, b] = [conditions.input(0), conditions.input(1)];
    expect(conditions.isFalse(a)).toBe(true);
    expect(conditions.isFalse(b)).toBe(false);
    expect(conditions.implies(b, conditions.not(a))).toBe(true);
    expect(conditions.implies(TRUE, b)).toBe(false);
  });

  it('pass the budget of the circuit on', () => {
    const conditions = new Conditions({
      circuitLimit: 3,
      diagramLimit: PLENTY,
      samples: noSamples,
      satisfiable: () => true,
    });
    const [a, b] = [conditions.input(0), conditions.input(1)];
    expect(() => conditions.and(a, b)).toThrow(BudgetExceeded);
  });
});
