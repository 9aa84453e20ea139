/** How many faults, and how many fault sets, are within bounds. */
import { countByTrue } from '../lineage/diagram-queries.js';
import { Diagram } from '../lineage/diagram.js';
import { FALSE } from '../model/algebra.js';
import { groupBy } from '../model/group.js';
import { boundOf } from '../model/bounds.js';
import type { Bounds } from './bounds.js';
import { faultKinds, mostFaults, type Fault } from './faults.js';
import { admissibleOf } from './faults/admissible.js';
import { reliableLinks } from './faults/fallible.js';
import { limitOf, momentOf, type FaultKind, type FaultScope } from './faults/kind.js';
import { waysOfSpells } from './faults/spells.js';
import { power, product, type Ways } from './polynomials.js';

/**
 * The most single faults that a check tells apart. Each takes memory before anything is run; and fault sets among
 * more are counted by numbers of a hundred thousand digits.
 */
export const MOST_FAULT_EVENTS = 500_000;

/** How many single faults are within the bounds: omissions, and crashes of each node at each time. */
export function countFaultEvents(nodes: number, bounds: Bounds): number {
  return faultKinds.reduce((sum, kind) => sum + kind.countEvents(nodes, bounds), 0);
}

/** How many fault sets are admissible. */
export function countFaultSets(nodes: number, bounds: Bounds): bigint {
  const most = boundOf(bounds, 'faults');
  if (most < mostFaults({ nodes: namesOf(nodes, bounds), bounds }))
    return sum(countFaultSetsBySize(nodes, bounds, most));
  return faultKinds
    .flatMap((kind) => limitedRows(kind, nodes, bounds))
    .reduce((total, { rows, most: limit }) => {
      const ways =
        limit === Infinity
          ? rows.reduce((all, { ways, times }) => all * sum(ways) ** BigInt(times), 1n)
          : sum(waysOf(rows, limit));
      return total * ways;
    }, 1n);
}

/** How many admissible fault sets have exactly so many faults: `counts[size]`, for sizes from 0 to `largest`. */
export function countFaultSetsBySize(nodes: number, bounds: Bounds, largest: number): readonly bigint[] {
  const most = Math.min(largest, boundOf(bounds, 'faults'));
  const ways = faultKinds
    .flatMap((kind) => limitedRows(kind, nodes, bounds))
    .reduce<Ways>(
      (all, { rows, most: limit }) => product(all, waysOf(rows, Math.min(most, limit)), most),
      [1n],
    );
  return Array.from({ length: largest + 1 }, (_, size) => ways[size] ?? 0n);
}

/** Rows that are alike: what happens to one of them says nothing of another. */
interface Rows {
  /** The ways for faults to happen to one of them, by how many faults they are. */
  readonly ways: Ways;
  readonly times: number;
}

/** Whom faults of a kind happen to, by what has a limit of its own. */
function limitedRows(
  kind: FaultKind<Fault>,
  nodes: number,
  bounds: Bounds,
): readonly { readonly rows: readonly Rows[]; readonly most: number }[] {
  if (kind.limits === undefined) return [{ rows: rowsOf(kind, nodes, bounds), most: limitOf(kind, bounds) }];
  const events = kind.events({ nodes: namesOf(nodes, bounds), bounds });
  return kind.limits(bounds).map(({ most, isOf }) => {
    return { rows: [{ ways: [1n, 1n], times: events.filter(isOf).length }], most };
  });
}

/** @param most the most faults in all of them together */
function waysOf(rows: readonly Rows[], most: number): Ways {
  return rows.reduce<Ways>((all, { ways, times }) => product(all, power(ways, times, most), most), [1n]);
}

/**
 * Whom faults of a kind happen to. Where each event is a fault by itself and entails none, each is a row of its own; there may be
 * too many of them to be gone through.
 */
function rowsOf(kind: FaultKind<Fault>, nodes: number, bounds: Bounds): readonly Rows[] {
  const events = kind.countEvents(nodes, bounds);
  if (events === 0) return [];
  if (kind.entails === undefined && kind.faults === undefined && kind.rivals === undefined)
    return [{ ways: [1n, 1n], times: events }];
  const scope = { nodes: namesOf(nodes, bounds), bounds };
  if (kind.rivals !== undefined) return rowsOfRivals(kind, scope);
  const places = new Map(scope.nodes.map((node, place) => [node, place]));
  const rows = groupBy(kind.events(scope), (event) => kind.row(event, places, bounds));
  const alike = groupBy(rows.values(), (events) => events.map(({ time }) => time).join());
  return [...alike.values()].map((each) => ({ ways: waysOfRow(kind, each[0], bounds), times: each.length }));
}

/** Of events that are faults by themselves, each is in one row with its rivals. */
function rowsOfRivals(kind: FaultKind<Fault>, scope: FaultScope): readonly Rows[] {
  const firsts = kind.events(scope).flatMap((event) => {
    const rivals = kind.rivals!(event, scope.bounds);
    return rivals.every((rival) => kind.compare(event, rival) < 0) ? [1 + rivals.length] : [];
  });
  const alike = groupBy(firsts, (size) => size);
  return [...alike].map(([size, rows]) => ({ ways: [1n, BigInt(size)], times: rows.length }));
}

/**
 * The ways for the events of one row to be true, by how many faults they are: of faults that go on and end, those in which
 * spells may be in it; else the models of what is admissible.
 */
function waysOfRow(kind: FaultKind<Fault>, row: readonly Fault[], bounds: Bounds): Ways {
  if (typeof kind.counts(row[0], bounds) !== 'string') return waysOfSpells(row.length);
  const moment = (event: Fault) => momentOf(kind, event, bounds);
  const events = [...row].sort((a, b) => moment(b) - moment(a));
  const inputs = new Map(events.toReversed().map((event, input) => [moment(event), input]));
  const diagram = new Diagram(Infinity);
  const holds = (event: Fault) => {
    const input = inputs.get(moment(event));
    return input === undefined ? FALSE : diagram.input(input);
  };
  const counted = new Set(
    events
      .filter((event) => kind.counts(event, bounds) === 'always')
      .map((event) => inputs.get(moment(event))!),
  );
  return countByTrue(diagram, admissibleOf(kind, events, bounds, holds, diagram), inputs.size, {
    isCounted: (input) => counted.has(input),
    most: counted.size,
  });
}

/** So many names, those among them that the bounds name: of all others it makes no difference how they are called. */
function namesOf(nodes: number, bounds: Bounds): readonly string[] {
  const links = reliableLinks(bounds).flatMap(({ from, to }) => [from, to]);
  const given = new Set([...(bounds.reliable?.nodes ?? []), ...links]);
  for (let place = 0; given.size < nodes; place++) given.add(String(place));
  return [...given];
}

function sum(ways: Ways): bigint {
  return ways.reduce((total, some) => total + some, 0n);
}
