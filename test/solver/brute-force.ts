/** Small problems for the solver, and their answers by trying every assignment. */
import fc from 'fast-check';
import { loadBackend, SAT_BACKENDS } from '../../src/solver/backends.js';
import type { Preference } from '../../src/solver/least.js';
import type { Literal, SatSolver } from '../../src/solver/sat.js';

export type Clause = readonly Literal[];

export interface Cnf {
  readonly variables: number;
  readonly clauses: readonly Clause[];
}

/** Values by variable; index 0 is unused. */
export type Assignment = readonly boolean[];

export const backends = await Promise.all(
  SAT_BACKENDS.map(async (name) => ({ name, factory: await loadBackend(name) })),
);

export function literalOf(variables: number): fc.Arbitrary<Literal> {
  return fc
    .tuple(fc.integer({ min: 1, max: variables }), fc.boolean())
    .map(([variable, negative]) => (negative ? -variable : variable));
}

export function clausesOver(variables: number, maxLength: number): fc.Arbitrary<readonly Clause[]> {
  return fc.array(fc.array(literalOf(variables), { minLength: 1, maxLength: 4 }), { maxLength });
}

export const cnf: fc.Arbitrary<Cnf> = fc
  .integer({ min: 1, max: 7 })
  .chain((variables) =>
    fc.record({ variables: fc.constant(variables), clauses: clausesOver(variables, 25) }),
  );

/**
 * A preference over all variables of a problem: some counted first, some second, some both, and of these some unless
 * another is true; in any order.
 */
export function preferenceOver(variables: number): fc.Arbitrary<Preference> {
  const literals = fc.tuple(
    ...Array.from({ length: variables }, (_, index) =>
      fc.record({
        literal: fc.constantFrom(index + 1, -index - 1),
        measure: fc.constantFrom('primary', 'secondary', 'both'),
        key: fc.nat(),
        unless: fc.option(fc.nat()),
      }),
    ),
  );
  return literals.map((choices) => {
    const order = [...choices].sort((a, b) => a.key - b.key || Math.abs(a.literal) - Math.abs(b.literal));
    const both = choices.filter(({ measure }) => measure === 'both');
    const unless = both.flatMap(({ literal, unless: choice }, index): [Literal, Literal][] => {
      const other = choice === null ? index : choice % both.length;
      return other === index ? [] : [[literal, both[other].literal]];
    });
    return {
      unless: new Map(unless),
      primary: choices.filter(({ measure }) => measure !== 'secondary').map(({ literal }) => literal),
      secondary: choices.filter(({ measure }) => measure !== 'primary').map(({ literal }) => literal),
      order: order.map(({ literal }) => literal),
    };
  });
}

export function assignments(variables: number): readonly Assignment[] {
  return Array.from({ length: 2 ** variables }, (_, bits) =>
    Array.from(
      { length: variables + 1 },
      (_, variable) => variable > 0 && ((bits >> (variable - 1)) & 1) === 1,
    ),
  );
}

export function holds(literal: Literal, assignment: Assignment): boolean {
  return assignment[Math.abs(literal)] === literal > 0;
}

export function satisfies(assignment: Assignment, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => clause.some((literal) => holds(literal, assignment)));
}

export function modelsOf({ variables, clauses }: Cnf): readonly Assignment[] {
  return assignments(variables).filter((assignment) => satisfies(assignment, clauses));
}

export function load(solver: SatSolver, { variables, clauses }: Cnf): void {
  for (let variable = 1; variable <= variables; variable++) solver.newVariable();
  for (const clause of clauses) solver.addClause(clause);
}

export function solverOf(factory: { create(): SatSolver }, problem: Cnf): SatSolver {
  const solver = factory.create();
  load(solver, problem);
  return solver;
}

/** The model that a solver found, after 'satisfiable'. */
export function assignmentOf(solver: SatSolver, variables: number): Assignment {
  return Array.from({ length: variables + 1 }, (_, variable) => variable > 0 && solver.value(variable));
}

/** How the true literals of a model are written where least models are spoken of. */
export function trueOf({ order }: Preference, assignment: Assignment): readonly Literal[] {
  return order.filter((literal) => holds(literal, assignment));
}

export function comparePreferred(preference: Preference, a: Assignment, b: Assignment): number {
  const count = (literals: readonly Literal[], assignment: Assignment) =>
    literals.filter((literal) => holds(literal, assignment)).length;
  const { secondary, order } = preference;
  const differing = order.find((literal) => holds(literal, a) !== holds(literal, b));
  return (
    countPrimary(preference, a) - countPrimary(preference, b) ||
    count(secondary, a) - count(secondary, b) ||
    (differing === undefined ? 0 : holds(differing, a) ? -1 : 1)
  );
}

/** How many primary literals count. */
export function countPrimary({ primary, unless }: Preference, assignment: Assignment): number {
  return primary.filter((literal) => {
    const other = unless?.get(literal);
    return holds(literal, assignment) && (other === undefined || !holds(other, assignment));
  }).length;
}

/** The true sets of minimal models, the least first. */
export function minimalModels(problem: Cnf, preference: Preference): readonly (readonly Literal[])[] {
  const models = [...modelsOf(problem)].sort((a, b) => comparePreferred(preference, a, b));
  const sets = models.map((model) => ({
    set: trueOf(preference, model),
    count: countPrimary(preference, model),
  }));
  return sets
    .filter(
      ({ set, count }) => !sets.some((other) => other.count <= count && isStrictlyWithin(other.set, set)),
    )
    .map(({ set }) => set);
}

export function isStrictlyWithin(inner: readonly Literal[], outer: readonly Literal[]): boolean {
  return inner.length < outer.length && inner.every((literal) => outer.includes(literal));
}
