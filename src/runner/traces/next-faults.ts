/**
 * Which calls to let fail next. A good outcome rested on each of the calls of its support; where a class of requests
 * has shown several supports, a fault set can have prevented the outcome only if it has a call of each. So fault sets
 * worth trying are the minimal hitting sets of the supports, without those of which it is known that they prevent it.
 */
import type { CallSet, RequestClass } from '../../lineage/traces/classes.js';
import { Totalizer } from '../../solver/cardinality.js';
import { LeastModels } from '../../solver/least.js';
import type { SolverFactory } from '../../solver/sat.js';

/** The most fault sets of two calls or more that are told of one class. */
export const MOST_OF_CLASS = 100;

export interface NextFaults {
  /** Sets of points, the smallest first. */
  readonly faultSets: readonly (readonly number[])[];
  /** Whether there are more than were asked for. */
  readonly hasMore: boolean;
}

/**
 * @param most calls of a fault set
 * @param loadSolver called where there are sets of two calls and more to look for
 * @throws SolverError when the solver fails
 */
export async function nextFaults(
  { supports, fatal }: RequestClass,
  most: number,
  loadSolver: () => Promise<SolverFactory>,
): Promise<NextFaults> {
  const shared = callsOfAll(supports);
  const known = new Set(fatal.filter(({ points }) => points.length === 1).map(({ points }) => points[0]));
  const singles = most < 1 ? [] : shared.filter((point) => !known.has(point)).map((point) => [point]);
  if (supports.length < 2 || most < 2) return { faultSets: singles, hasMore: false };
  const others = solve(supports, new Set(shared), fatal, most, await loadSolver());
  return { ...others, faultSets: [...singles, ...others.faultSets] };
}

/** The points of every support: each of them is a hitting set by itself. */
export function callsOfAll(supports: readonly CallSet[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { points } of supports)
    for (const point of points) counts.set(point, (counts.get(point) ?? 0) + 1);
  return [...counts].flatMap(([point, count]) => (count === supports.length ? [point] : []));
}

/** Hitting sets of two points and more. */
function solve(
  supports: readonly CallSet[],
  singles: ReadonlySet<number>,
  fatal: readonly CallSet[],
  most: number,
  factory: SolverFactory,
): NextFaults {
  const solver = factory.create();
  try {
    const points = [...new Set(supports.flatMap((support) => support.points))]
      .filter((point) => !singles.has(point))
      .sort((a, b) => a - b);
    const variables = new Map(points.map((point) => [point, solver.newVariable()]));
    for (const support of supports)
      solver.addClause(support.points.flatMap((point) => variables.get(point) ?? []));
    for (const { points: together } of fatal) {
      const literals = together.flatMap((point) => variables.get(point) ?? []);
      if (literals.length === together.length) solver.addClause(literals.map((literal) => -literal));
    }
    const literals = [...variables.values()];
    const assumptions = new Totalizer(solver, literals).atMost(most);
    const least = new LeastModels(solver, { primary: literals, secondary: [], order: literals });
    const { models, remaining } = least.enumerate(MOST_OF_CLASS, { assumptions });
    const pointOf = new Map([...variables].map(([point, variable]) => [variable, point]));
    const faultSets = models.map((model) => model.literals.map((literal) => pointOf.get(literal)!));
    return { faultSets, hasMore: remaining !== 'none' };
  } finally {
    solver.dispose();
  }
}
