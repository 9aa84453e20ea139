/**
 * Within a timestep no relation may depend on its own absence, or on an aggregate of itself. Cycles through
 * `@next` and `@async` are fine, and premises at another absolute time do not count.
 */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program } from '../program.js';
import { dependenciesOf, edgesAt, namedTimes, successorsOf } from './dependencies.js';
import type { Dependencies, Dependency } from './dependencies.js';
import { groupBy } from '../../group.js';
import { components } from './scc.js';

/** Cycles that are looked for: each takes a search of its own, and nobody reads so many. */
const MOST_CYCLES = 100;

/** One error for each rule that closes a cycle, unless it is part of a cycle already shown; of very many, the first. */
export function checkStratification(program: Program): readonly Diagnostic[] {
  const dependencies = dependenciesOf(program);
  const shown = new Set<Dependency>();
  const always = cyclesAmong(dependencies, edgesAt(dependencies, undefined), shown);
  // Looking at every named time costs a pass each: only where all of them together close a cycle.
  const suspects = cyclesAmong(dependencies, dependencies.edges, new Set(shown));
  if (suspects.length === 0) return always.map((cycle) => report(cycle, undefined));
  const reports = always.map((cycle) => report(cycle, undefined));
  for (const time of namedTimes(dependencies)) {
    if (reports.length >= MOST_CYCLES) break;
    for (const cycle of cyclesAmong(dependencies, edgesAt(dependencies, time), shown))
      reports.push(report(cycle, time));
  }
  return reports;
}

type Cycle = readonly Dependency[];

/** Cycles that begin with an edge that is not monotone and not yet in `shown`, to which theirs are added. */
function cyclesAmong(
  { relations }: Dependencies,
  edges: readonly Dependency[],
  shown: Set<Dependency>,
): readonly Cycle[] {
  const componentOf = new Map<string, number>();
  for (const [index, members] of components(successorsOf(relations, edges)).entries())
    for (const member of members) componentOf.set(relations[member], index);
  const inner = edges.filter(({ from, to }) => componentOf.get(from) === componentOf.get(to));
  const outgoing = groupBy(inner, ({ from }) => from);
  const cycles: Cycle[] = [];
  for (const edge of inner) {
    if (edge.manner === 'positive' || shown.has(edge)) continue;
    if (cycles.length === MOST_CYCLES) break;
    const cycle = [edge, ...shortestPath(edge.to, edge.from, outgoing)];
    for (const part of cycle) shown.add(part);
    cycles.push(cycle);
  }
  return cycles;
}

/** Breadth first; empty where `start` is `goal`. There is a path. */
function shortestPath(
  start: string,
  goal: string,
  outgoing: ReadonlyMap<string, readonly Dependency[]>,
): readonly Dependency[] {
  const arrivals = new Map<string, Dependency | undefined>([[start, undefined]]);
  for (const relation of arrivals.keys()) {
    if (relation === goal) break;
    for (const edge of outgoing.get(relation) ?? []) if (!arrivals.has(edge.to)) arrivals.set(edge.to, edge);
  }
  const path: Dependency[] = [];
  for (let edge = arrivals.get(goal); edge !== undefined; edge = arrivals.get(edge.from)) path.push(edge);
  return path.reverse();
}

const SHOWN = 12;

function report(cycle: Cycle, time: number | undefined): Diagnostic {
  const [first] = cycle;
  const when = time === undefined ? '' : ` at time ${time}`;
  const through = first.manner === 'notin' ? '`notin`' : 'an aggregate';
  const steps = [first.from, ...cycle.map(describeEnd)];
  const omitted = steps.length - SHOWN;
  const chain =
    omitted <= 0 ? steps : [...steps.slice(0, SHOWN - 1), `(${omitted} more)`, steps[steps.length - 1]];
  return diagnostic(
    'DED401',
    `${first.from} depends on itself through ${through}${when}: ${chain.join(' -> ')}`,
    {
      span: first.premise.span,
      related: cycle.slice(1, SHOWN).map((edge) => ({
        message: `${edge.from} reads ${describeEnd(edge)} here`,
        span: edge.premise.span,
      })),
      expected: 'negation and aggregation of what is complete before, within a timestep',
      hint: 'derive one of these relations `@next`, so that the cycle takes time',
    },
  );
}

function describeEnd({ to, manner }: Dependency): string {
  switch (manner) {
    case 'positive':
      return to;
    case 'notin':
      return `notin ${to}`;
    case 'aggregate':
      return `aggregate of ${to}`;
  }
}
