import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetExceeded } from '../../src/lineage/budget.js';
import { countAssignments, leastAssignment } from '../../src/lineage/diagram-queries.js';
import { Diagram } from '../../src/lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import {
  assignments,
  build,
  expression,
  holds,
  INPUTS,
  table,
  tableOf,
  type Assignment,
} from './expressions.js';

const PLENTY = 1_000_000;

function follow(diagram: Diagram, edge: Condition, assignment: Assignment): boolean {
  let at = edge;
  while (at !== FALSE && at !== TRUE)
    at = assignment.has(diagram.level(at)) ? diagram.high(at) : diagram.low(at);
  return at === TRUE;
}

function tableIn(diagram: Diagram, edge: Condition): string {
  return table((assignment) => follow(diagram, edge, assignment));
}

/** Every edge below one, itself included. */
function edgesBelow(diagram: Diagram, edge: Condition): ReadonlySet<Condition> {
  const edges = new Set([edge]);
  for (const at of edges) if (at !== FALSE && at !== TRUE) edges.add(diagram.low(at)).add(diagram.high(at));
  return edges;
}

/** `x0 == xn and x1 == x(n+1) and ...`: with this order of inputs its diagram doubles with each pair. */
function equality(diagram: Diagram, pairs: number): Condition {
  const same = (a: Condition, b: Condition) =>
    diagram.or(diagram.and(a, b), diagram.and(diagram.not(a), diagram.not(b)));
  let all: Condition = TRUE;
  for (let i = pairs - 1; i >= 0; i--)
    all = diagram.and(all, same(diagram.input(i), diagram.input(i + pairs)));
  return all;
}

describe('a diagram', () => {
  it('means what the expression means that it was made of', () => {
    fc.assert(
      fc.property(expression, (of) => {
        const diagram = new Diagram(PLENTY);
        expect(tableIn(diagram, build(of, diagram))).toBe(tableOf(of));
      }),
      { numRuns: 500 },
    );
  });

  it('has equal edges for exactly the equal functions', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 2, maxLength: 6 }), (expressions) => {
        const diagram = new Diagram(PLENTY);
        const byTable = new Map<string, Condition>();
        const edges = expressions.map((of) => build(of, diagram));
        expressions.forEach((of, i) => {
          const known = byTable.get(tableOf(of));
          if (known === undefined) byTable.set(tableOf(of), edges[i]);
          else expect(edges[i]).toBe(known);
        });
        expect(new Set(edges).size).toBe(byTable.size);
      }),
    );
  });

  it('is reduced and ordered, and complements no low edge', () => {
    fc.assert(
      fc.property(expression, (of) => {
        const diagram = new Diagram(PLENTY);
        for (const edge of edgesBelow(diagram, build(of, diagram))) {
          if (edge === FALSE || edge === TRUE) continue;
          const [low, high] = [diagram.low(edge), diagram.high(edge)];
          expect(low).not.toBe(high);
          expect(Math.min(diagram.level(low), diagram.level(high))).toBeGreaterThan(diagram.level(edge));
          expect(diagram.low(edge & ~1) & 1).toBe(0);
          expect([diagram.low(edge ^ 1), diagram.high(edge ^ 1)]).toEqual([low ^ 1, high ^ 1]);
        }
      }),
    );
  });

  it('keeps to an edge where a level above it is asked about', () => {
    const diagram = new Diagram(PLENTY);
    const third = diagram.input(3);
    expect([diagram.low(third, 1), diagram.high(third, 1)]).toEqual([third, third]);
    expect([diagram.low(third, 3), diagram.high(third, 3)]).toEqual([FALSE, TRUE]);
    expect(diagram.level(TRUE)).toBeGreaterThan(1_000_000);
  });

  it('stays canonical while its tables and its cache grow', () => {
    const diagram = new Diagram(PLENTY);
    const pairs = 12;
    const edge = equality(diagram, pairs);
    expect(edgesBelow(diagram, edge).size).toBeGreaterThan(2 ** pairs);
    expect(countAssignments(diagram, edge, 2 * pairs)).toBe(2n ** BigInt(pairs));
    const { size } = diagram;
    expect(equality(diagram, pairs)).toBe(edge);
    expect(diagram.and(edge, diagram.not(edge))).toBe(FALSE);
    expect(diagram.or(edge, diagram.not(edge))).toBe(TRUE);
    // What the cache forgot is calculated again, but finds its nodes.
    expect(diagram.size).toBe(size);
  });

  it('stops at its budget', () => {
    const diagram = new Diagram(100);
    expect(() => equality(diagram, 12)).toThrow(BudgetExceeded);
    expect(() => equality(diagram, 12)).toThrow(expect.objectContaining({ resource: 'diagram', limit: 100 }));
    expect(diagram.size).toBe(100);
    expect(diagram.input(11)).toBe(diagram.input(11));
  });
});

describe('a question to a diagram', () => {
  it('counts the assignments that satisfy it', () => {
    fc.assert(
      fc.property(expression, fc.nat(3), (of, more) => {
        const diagram = new Diagram(PLENTY);
        const satisfying = assignments.filter((assignment) => holds(of, assignment)).length;
        const count = countAssignments(diagram, build(of, diagram), INPUTS + more);
        expect(count).toBe(BigInt(satisfying) << BigInt(more));
      }),
    );
  });

  it('counts beyond what a double can hold', () => {
    const diagram = new Diagram(PLENTY);
    const edge = diagram.or(diagram.input(0), diagram.input(199));
    expect(countAssignments(diagram, edge, 200)).toBe(3n << 198n);
  });

  it('finds the assignment of least cost, and of several the one with the earliest input true', () => {
    // Costs as near to one another as these make many ties.
    const costs = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: INPUTS, maxLength: INPUTS });
    fc.assert(
      fc.property(expression, costs, (of, cost) => {
        const diagram = new Diagram(PLENTY);
        const total = (inputs: readonly number[]) => inputs.reduce((sum, input) => sum + cost[input], 0);
        const [least] = assignments
          .filter((assignment) => holds(of, assignment))
          .map((assignment) => [...assignment])
          .sort((a, b) => total(a) - total(b) || earliestFirst(a, b));
        expect(leastAssignment(diagram, build(of, diagram), (input) => cost[input])).toEqual(least);
      }),
      { numRuns: 300 },
    );
  });
});

/** Both ascending. */
function earliestFirst(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((input, i) => input !== b[i]);
  if (at === -1) return 1;
  return b[at] === undefined || a[at] < b[at] ? -1 : 1;
}
