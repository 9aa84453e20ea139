import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastModels } from '../../src/solver/least.js';
import {
  backends,
  cnf,
  comparePreferred,
  isStrictlyWithin,
  minimalModels,
  modelsOf,
  preferenceOver,
  solverOf,
  trueOf,
} from './brute-force.js';

const problems = cnf.chain((problem) =>
  fc.record({ problem: fc.constant(problem), preference: preferenceOver(problem.variables) }),
);

describe.each(backends)('least models with $name', ({ factory }) => {
  it('are those of brute force', () => {
    fc.assert(
      fc.property(problems, ({ problem, preference }) => {
        const solver = solverOf(factory, problem);
        const least = [...modelsOf(problem)].sort((a, b) => comparePreferred(preference, a, b)).at(0);
        const expected =
          least === undefined
            ? { kind: 'none' }
            : { kind: 'found', literals: trueOf(preference, least), optimality: 'least' };
        expect(new LeastModels(solver, preference).find()).toEqual(expected);
        solver.dispose();
      }),
    );
  });

  it('are enumerated in order, and all of them', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 6 }), ({ problem, preference }, limit) => {
        const solver = solverOf(factory, problem);
        const minimal = minimalModels(problem, preference);
        const { models, remaining } = new LeastModels(solver, preference).enumerate(limit);
        expect(models.map(({ literals }) => literals)).toEqual(minimal.slice(0, limit));
        expect(models.every(({ optimality }) => optimality === 'least')).toBe(true);
        expect(remaining).toBe(minimal.length > limit ? 'some' : 'none');
        solver.dispose();
      }),
    );
  });

  it('shrink to a minimal model within', () => {
    fc.assert(
      fc.property(problems, fc.nat(), ({ problem, preference }, choice) => {
        const models = modelsOf(problem);
        fc.pre(models.length > 0);
        const given = trueOf(preference, models[choice % models.length]);
        const solver = solverOf(factory, problem);
        const { literals, optimality } = new LeastModels(solver, preference).shrink(given);
        expect(optimality).toBe('minimal');
        expect(minimalModels(problem, preference)).toContainEqual(literals);
        expect(literals.length === given.length || isStrictlyWithin(literals, given)).toBe(true);
        solver.dispose();
      }),
    );
  });
});
