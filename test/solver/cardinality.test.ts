import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Totalizer } from '../../src/solver/cardinality.js';
import { assignments, backends, holds, solverOf } from './brute-force.js';

const counted = fc.integer({ min: 0, max: 6 }).chain((length) =>
  fc.record({
    literals: fc.tuple(...Array.from({ length }, (_, index) => fc.constantFrom(index + 1, -index - 1))),
    bounds: fc.array(fc.integer({ min: 0, max: length + 1 }), { minLength: 1, maxLength: 4 }),
  }),
);

describe.each(backends)('at most so many true, for $name', ({ factory }) => {
  it('holds of exactly the assignments with so many true, whichever bounds were asked before', () => {
    fc.assert(
      fc.property(counted, ({ literals, bounds }) => {
        const solver = solverOf(factory, { variables: literals.length, clauses: [] });
        const totalizer = new Totalizer(solver, literals);
        for (const most of bounds) {
          for (const assignment of assignments(literals.length)) {
            const given = literals.map((literal) => (holds(literal, assignment) ? literal : -literal));
            const count = literals.filter((literal) => holds(literal, assignment)).length;
            const status = solver.solve({ assumptions: [...given, ...totalizer.atMost(most)] });
            expect(status).toBe(count <= most ? 'satisfiable' : 'unsatisfiable');
          }
        }
        solver.dispose();
      }),
    );
  });

  it('holds for good when added as clauses', () => {
    const solver = solverOf(factory, { variables: 20, clauses: [] });
    const literals = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const literal of new Totalizer(solver, literals).atMost(3)) solver.addClause([literal]);
    expect(solver.solve({ assumptions: [1, 7, 20] })).toBe('satisfiable');
    expect(literals.filter((literal) => solver.value(literal))).toEqual([1, 7, 20]);
    expect(solver.solve({ assumptions: [1, 7, 13, 20] })).toBe('unsatisfiable');
  });

  it('builds only as much of a counter as the bound takes', () => {
    const solver = solverOf(factory, { variables: 1000, clauses: [] });
    const totalizer = new Totalizer(
      solver,
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
    totalizer.atMost(2);
    const { variables, clauses } = solver.statistics;
    expect(variables).toBeLessThan(1000 + 3 * 1000);
    expect(clauses).toBeLessThan(10 * 1000);
    totalizer.atMost(1);
    expect(solver.statistics.clauses).toBe(clauses);
  });
});
