import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignmentOf,
  assignments,
  backends,
  clausesOver,
  cnf,
  holds,
  literalOf,
  modelsOf,
  satisfies,
  solverOf,
} from './brute-force.js';

describe.each(backends)('$name', ({ name, factory }) => {
  it('is named as it was asked for', () => {
    expect(factory.backend).toBe(name);
    expect(factory.create().name).toBe(name);
  });

  it('finds a model exactly where there is one', () => {
    fc.assert(
      fc.property(cnf, (problem) => {
        const solver = solverOf(factory, problem);
        const status = solver.solve();
        expect(status).toBe(modelsOf(problem).length > 0 ? 'satisfiable' : 'unsatisfiable');
        if (status === 'satisfiable')
          expect(satisfies(assignmentOf(solver, problem.variables), problem.clauses)).toBe(true);
        solver.dispose();
      }),
    );
  });

  it('holds assumptions for one call, and clauses for good, however the two alternate', () => {
    const questions = fc.array(
      fc.record({ clauses: clausesOver(5, 3), assumptions: fc.array(literalOf(5), { maxLength: 5 }) }),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(questions, (asked) => {
        const solver = solverOf(factory, { variables: 5, clauses: [] });
        let models = assignments(5);
        for (const { clauses, assumptions } of asked) {
          for (const clause of clauses) solver.addClause(clause);
          models = models.filter((model) => satisfies(model, clauses));
          const fitting = models.filter((model) => assumptions.every((literal) => holds(literal, model)));
          const status = solver.solve({ assumptions });
          expect(status).toBe(fitting.length > 0 ? 'satisfiable' : 'unsatisfiable');
          if (status === 'satisfiable') expect(fitting).toContainEqual(assignmentOf(solver, 5));
        }
        solver.dispose();
      }),
    );
  });

  it('takes the empty clause for a contradiction', () => {
    const solver = solverOf(factory, { variables: 1, clauses: [[]] });
    expect(solver.solve()).toBe('unsatisfiable');
    expect(solver.solve({ assumptions: [1] })).toBe('unsatisfiable');
  });

  it('knows the value of a variable that no clause mentions', () => {
    const solver = solverOf(factory, { variables: 3, clauses: [[2]] });
    expect(solver.solve({ assumptions: [-2] })).toBe('unsatisfiable');
    expect(solver.solve()).toBe('satisfiable');
    expect(solver.value(3)).toBeTypeOf('boolean');
  });

  it('takes a clause of 20,000 literals', () => {
    const solver = factory.create();
    const literals = Array.from({ length: 20_000 }, () => solver.newVariable());
    solver.addClause(literals);
    for (const literal of literals.slice(1)) solver.addClause([-literal]);
    expect(solver.solve()).toBe('satisfiable');
    expect(solver.value(1)).toBe(true);
    solver.addClause([-1]);
    expect(solver.solve()).toBe('unsatisfiable');
  });

  it('counts what it was asked', () => {
    const solver = solverOf(factory, { variables: 3, clauses: [[1, 2], [-1]] });
    solver.solve();
    solver.solve({ assumptions: [2] });
    expect(solver.statistics).toEqual({ variables: 3, clauses: 2, calls: 2 });
  });
});
