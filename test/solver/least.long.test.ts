import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastModels, type LeastResult, type Preference } from '../../src/solver/least.js';
import type { SatSolver, SatStatus, SolveLimits, SolverFactory } from '../../src/solver/sat.js';
import {
  backends,
  clausesOver,
  cnf,
  comparePreferred,
  countPrimary,
  isStrictlyWithin,
  literalOf,
  minimalModels,
  modelsOf,
  preferenceOver,
  solverOf,
  trueOf,
  type Cnf,
} from './brute-force.js';

interface Problem {
  readonly cnf: Cnf;
  readonly preference: Preference;
}

const problems: fc.Arbitrary<Problem> = cnf.chain((problem) =>
  fc.record({ cnf: fc.constant(problem), preference: preferenceOver(problem.variables) }),
);

function expectedLeast({ cnf: problem, preference }: Problem): LeastResult {
  const least = [...modelsOf(problem)].sort((a, b) => comparePreferred(preference, a, b)).at(0);
  if (least === undefined) return { kind: 'none' };
  return { kind: 'found', literals: trueOf(preference, least), optimality: 'least' };
}

function fewestPrimary({ cnf: problem, preference }: Problem): number {
  return Math.min(...modelsOf(problem).map((model) => countPrimary(preference, model)));
}

/** With some literals true, as if by clauses. */
function given(problem: Problem, literals: readonly number[]): Problem {
  const clauses = [...problem.cnf.clauses, ...literals.map((literal) => [literal])];
  return { ...problem, cnf: { ...problem.cnf, clauses } };
}

/** A solver that, from some call on, passes any limit that it is given. */
class Exhausted implements SatSolver {
  constructor(
    private readonly solver: SatSolver,
    private calls: number,
  ) {}

  get name() {
    return this.solver.name;
  }

  get statistics() {
    return this.solver.statistics;
  }

  newVariable(): number {
    return this.solver.newVariable();
  }

  addClause(literals: readonly number[]): void {
    this.solver.addClause(literals);
  }

  solve(limits: SolveLimits = {}): SatStatus {
    return limits.conflicts !== undefined && this.calls-- <= 0 ? 'unknown' : this.solver.solve(limits);
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  dispose(): void {
    this.solver.dispose();
  }
}

function withModels<T>(factory: SolverFactory, problem: Problem, use: (models: LeastModels) => T): T {
  const solver = solverOf(factory, problem.cnf);
  const result = use(new LeastModels(solver, problem.preference));
  solver.dispose();
  return result;
}

describe.each(backends)('with $name, the least model', ({ factory }) => {
  it('is that of brute force', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        expect(withModels(factory, problem, (models) => models.find())).toEqual(expectedLeast(problem));
      }),
    );
  });

  it('is the same whatever is known of its size', () => {
    fc.assert(
      fc.property(problems, fc.nat(), (problem, choice) => {
        const fewest = fewestPrimary(problem);
        const atLeast = Number.isFinite(fewest) ? choice % (fewest + 1) : choice % 8;
        const found = withModels(factory, problem, (models) => models.find({ atLeast }));
        expect(found).toEqual(expectedLeast(problem));
      }),
    );
  });

  it('satisfies what is assumed, and what was added since', () => {
    const steps = fc.array(
      fc.record({ clauses: clausesOver(5, 3), assumptions: fc.array(literalOf(5), { maxLength: 2 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(preferenceOver(5), steps, (preference, asked) => {
        let problem: Problem = { cnf: { variables: 5, clauses: [] }, preference };
        const solver = solverOf(factory, problem.cnf);
        const models = new LeastModels(solver, preference);
        for (const { clauses, assumptions } of asked) {
          for (const clause of clauses) solver.addClause(clause);
          problem = {
            ...problem,
            cnf: { variables: 5, clauses: [...problem.cnf.clauses, ...clauses] },
          };
          expect(models.find({ assumptions })).toEqual(expectedLeast(given(problem, assumptions)));
          expect(models.find()).toEqual(expectedLeast(problem));
        }
        solver.dispose();
      }),
    );
  });

  it('is approached by models, which are reported', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const sets = modelsOf(problem.cnf).map((model) => trueOf(problem.preference, model));
        fc.pre(sets.length > 0);
        const reported: (readonly number[])[] = [];
        const onModel = (literals: readonly number[]) => reported.push(literals);
        const found = withModels(factory, problem, (models) => models.find({ onModel }));
        for (const literals of reported) expect(sets).toContainEqual(literals);
        expect(found).toMatchObject({ literals: reported.at(-1) });
      }),
    );
  });

  it('is called what was proven of it, wherever the limits end the search', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 8 }), (problem, calls) => {
        const solver = new Exhausted(solverOf(factory, problem.cnf), calls);
        const found = new LeastModels(solver, problem.preference).find({ conflicts: 1 });
        solver.dispose();
        const least = expectedLeast(problem);
        if (found.kind !== 'found') {
          if (found.kind === 'none') expect(least.kind).toBe('none');
          return;
        }
        expect(minimalModels(problem.cnf, problem.preference)).toContainEqual(found.literals);
        if (found.optimality === 'least') expect(found).toEqual(least);
        if (found.optimality === 'fewest') {
          const isTrue = new Set(found.literals);
          const assignment = [false, ...problem.preference.order.map(() => false)];
          for (const literal of problem.preference.order)
            assignment[Math.abs(literal)] = isTrue.has(literal) === literal > 0;
          expect(countPrimary(problem.preference, assignment)).toBe(fewestPrimary(problem));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(backends)('with $name, minimal models', ({ factory }) => {
  it('are enumerated in order, and all of them', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 6 }), (problem, limit) => {
        const minimal = minimalModels(problem.cnf, problem.preference);
        const reported: unknown[] = [];
        const { models, remaining } = withModels(factory, problem, (all) =>
          all.enumerate(limit, { onMinimal: (model) => reported.push(model) }),
        );
        expect(models.map(({ literals }) => literals)).toEqual(minimal.slice(0, limit));
        expect(models.every(({ optimality }) => optimality === 'least')).toBe(true);
        expect(reported).toEqual(models);
        expect(remaining).toBe(minimal.length > limit ? 'some' : 'none');
      }),
    );
  });

  it('are enumerated among those that are assumed, and the solver is left as it was', () => {
    fc.assert(
      fc.property(problems, fc.nat(), (problem, choice) => {
        const assumptions = [1 + (choice % problem.cnf.variables)];
        const expected = given(problem, assumptions);
        withModels(factory, problem, (all) => {
          const { models } = all.enumerate(100, { assumptions });
          expect(models.map(({ literals }) => literals)).toEqual(
            minimalModels(expected.cnf, problem.preference),
          );
          expect(all.find()).toEqual(expectedLeast(problem));
        });
      }),
    );
  });

  it('are minimal, each found once, and not said to be all, where the limits end the search', () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 0, max: 15 }), (problem, calls) => {
        const minimal = minimalModels(problem.cnf, problem.preference);
        const solver = new Exhausted(solverOf(factory, problem.cnf), calls);
        const { models, remaining } = new LeastModels(solver, problem.preference).enumerate(100, {
          conflicts: 1,
        });
        solver.dispose();
        const found = models.map(({ literals }) => literals);
        for (const literals of found) expect(minimal).toContainEqual(literals);
        expect(new Set(found.map((literals) => literals.join())).size).toBe(found.length);
        expect(remaining).not.toBe('some');
        if (remaining === 'none') expect(found.length).toBe(minimal.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are found within any model', () => {
    fc.assert(
      fc.property(problems, fc.nat(), (problem, choice) => {
        const models = modelsOf(problem.cnf);
        fc.pre(models.length > 0);
        const outer = trueOf(problem.preference, models[choice % models.length]);
        const { literals, optimality } = withModels(factory, problem, (all) => all.shrink(outer));
        expect(optimality).toBe('minimal');
        expect(minimalModels(problem.cnf, problem.preference)).toContainEqual(literals);
        expect(literals.length === outer.length || isStrictlyWithin(literals, outer)).toBe(true);
      }),
    );
  });
});

describe('least models', () => {
  it('are the same for every backend on problems too large to try out', () => {
    const variables = 40;
    const sets = fc.array(fc.array(literalOf(variables).map(Math.abs), { minLength: 2, maxLength: 5 }), {
      minLength: 10,
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        sets,
        clausesOver(variables, 30),
        preferenceOver(variables),
        (positive, mixed, preference) => {
          const problem = { cnf: { variables, clauses: [...positive, ...mixed] }, preference };
          const [first, ...others] = backends.map(({ factory }) =>
            withModels(factory, problem, (models) => models.enumerate(5)),
          );
          for (const other of others) expect(other).toEqual(first);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('are not spoken of where the order leaves a literal out, or has one that is not counted', () => {
    const solver = solverOf(backends[0].factory, { variables: 3, clauses: [] });
    for (const order of [[1], [1, 2, 3], [1, 3]])
      expect(() => new LeastModels(solver, { primary: [1], secondary: [2], order })).toThrow(RangeError);
  });
});
