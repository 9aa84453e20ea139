/** All admissible fault sets within bounds, by enumeration, and how many there are, by formula. */
import type { Bounds } from '../../src/injector/bounds.js';
import type {
  Crash,
  Delay,
  Duplicate,
  Fault,
  FaultSet,
  AuthorsFault,
  Omission,
  Outage,
  Partition,
  Pause,
} from '../../src/injector/faults.js';

/** Every choice of so many faults of each kind, and of all, at the most; each in the fixed order of faults. */
export function* admissibleFaultSets(nodes: readonly string[], bounds: Bounds): Iterable<FaultSet> {
  const { crashes, restarts = 0, partitions = 0, delays = 0, duplicates = 0, omissions: most } = bounds;
  const { named = {} } = bounds;
  const all: readonly (readonly [most: number, sets: (most: number) => Iterable<readonly Fault[]>])[] = [
    [crashes, (few) => crashSets(failing(nodes, bounds), bounds, few)],
    ...Object.entries(named).map(
      ([name, few]) =>
        [
          few,
          (fewer: number) => subsets(namedFaults(name, failing(nodes, bounds), bounds.eff), fewer),
        ] as const,
    ),
    [bounds.pauses ?? 0, (few) => pauseSets(nodes, { ...bounds, pauses: few })],
    [restarts, (few) => outageSets(nodes, { ...bounds, restarts: few })],
    [partitions, (few) => partitionSets(nodes, { ...bounds, partitions: few })],
    [delays, (few) => lateSets('delay', nodes, bounds, few)],
    [duplicates, (few) => lateSets('duplicate', nodes, bounds, few)],
    [most ?? Infinity, (few) => subsets(omissions(nodes, bounds), few)],
  ];
  const kinds = all.filter(([few]) => few > 0);
  function* choose(kind: number, left: number): Iterable<readonly Fault[]> {
    if (kind === kinds.length) yield [];
    else
      for (const chosen of kinds[kind][1](Math.min(left, kinds[kind][0])))
        for (const others of choose(kind + 1, left - chosen.length)) yield [...chosen, ...others];
  }
  for (const chosen of choose(0, bounds.faults ?? Infinity)) yield [...chosen].sort(inOrder);
}

/** The nodes that are not said to be reliable. */
function failing(nodes: readonly string[], { reliable }: Bounds): readonly string[] {
  return nodes.filter((node) => reliable?.nodes?.includes(node) !== true);
}

/** Whether a link is said to be reliable; of nodes whose names are one word. */
function isReliable(from: string, to: string, { reliable }: Bounds): boolean {
  return (reliable?.links ?? []).some((link) => link.replaceAll(' ', '') === `${from}->${to}`);
}

function omissions(nodes: readonly string[], bounds: Bounds): readonly Omission[] {
  const { eff } = bounds;
  const times = Array.from({ length: Math.max(0, eff - 1) }, (_, index) => index + 1);
  return times.flatMap((time) =>
    nodes.flatMap((from) =>
      nodes
        .filter((to) => to !== from && !isReliable(from, to, bounds))
        .map((to): Omission => ({ kind: 'omission', from, to, time })),
    ),
  );
}

function namedFaults(name: string, nodes: readonly string[], eff: number): readonly AuthorsFault[] {
  const times = Array.from({ length: Math.max(0, eff - 1) }, (_, index) => index + 1);
  return times.flatMap((time) => nodes.map((node): AuthorsFault => ({ kind: 'named', name, node, time })));
}

/** At most so many, each of another channel-time. */
function* lateSets(
  kind: 'delay' | 'duplicate',
  nodes: readonly string[],
  bounds: Bounds,
  most = 0,
): Iterable<readonly Fault[]> {
  const { eot, longestDelay = 1 } = bounds;
  const all = omissions(nodes, bounds).flatMap(({ from, to, time }) =>
    Array.from({ length: longestDelay }, (_, i): Delay | Duplicate => ({ kind, from, to, time, by: i + 1 })),
  );
  const arriving = all.filter(({ time, by }) => time + 1 + by <= eot);
  for (const chosen of subsets(arriving, most)) {
    const channels = chosen.map(({ from, to, time }) => JSON.stringify([from, to, time]));
    if (new Set(channels).size === chosen.length) yield chosen;
  }
}

/** Nobody crashes at this time or later, nor is out any more. */
function endOfCrashes({ eot, crashesBefore = eot }: Bounds): number {
  return Math.min(eot, crashesBefore);
}

/** No partition goes on at this time or later. */
function endOfPartitions({ eot, eff, partitionsBefore = eff }: Bounds): number {
  return Math.max(eff, Math.min(eot, partitionsBefore));
}

function* crashSets(nodes: readonly string[], bounds: Bounds, most: number): Iterable<readonly Crash[]> {
  if (nodes.length === 0 || most === 0) {
    yield [];
    return;
  }
  const [node, ...others] = nodes;
  yield* crashSets(others, bounds, most);
  for (let time = 1; time < endOfCrashes(bounds); time++)
    for (let after = 0; after <= (bounds.withinStep ?? 0); after++)
      for (const rest of crashSets(others, bounds, most - 1))
        yield [{ kind: 'crash', node, time, ...(after > 0 && { after }) }, ...rest];
}

/** At most so many; of one node each is over before the next begins, and the node does something between them. */
function outageSets(nodes: readonly string[], bounds: Bounds): Iterable<readonly Outage[]> {
  const { restarts = 0 } = bounds;
  const all = failing(nodes, bounds).flatMap((node) =>
    spans(endOfCrashes(bounds)).map((span): Outage => ({ kind: 'outage', node, ...span })),
  );
  return apart(all, restarts, (a, b) => a.node === b.node);
}

/** The same of pauses, none of which begins at 1. */
function pauseSets(nodes: readonly string[], bounds: Bounds): Iterable<readonly Pause[]> {
  const all = failing(nodes, bounds).flatMap((node) =>
    spans(bounds.eff)
      .filter(({ time }) => time > 1)
      .map((span): Pause => ({ kind: 'pause', node, ...span })),
  );
  return apart(all, bounds.pauses ?? 0, (a, b) => a.node === b.node);
}

/** At most so many; of those that part the same groups in the same way, each is over before the next begins. */
function partitionSets(nodes: readonly string[], bounds: Bounds): Iterable<readonly Partition[]> {
  const { partitions = 0 } = bounds;
  if (partitions === 0) return [[]];
  const all = partings(nodes, bounds).flatMap((parting) =>
    spans(endOfPartitions(bounds)).map((span): Partition => ({ kind: 'partition', ...parting, ...span })),
  );
  const shape = ({ from, to, ways }: Partition) => JSON.stringify([from, to, ways]);
  return apart(all, partitions, (a, b) => shape(a) === shape(b));
}

type Parting = Pick<Partition, 'from' | 'to' | 'ways' | 'spares'>;

/**
 * Every two groups of nodes, one way; and both ways, which is the same whichever group is named first. Each leaves alone
 * what is reliable, and cuts something else.
 */
function partings(nodes: readonly string[], bounds: Bounds): readonly Parting[] {
  return everyParting(nodes).flatMap((parting) => {
    const { from, to, ways } = parting;
    const there = from.flatMap((left) => to.map((right) => [left, right] as const));
    const back = ways === 'both' ? there.map(([left, right]) => [right, left] as const) : [];
    const all = [...there, ...back];
    const spared = all.filter(([left, right]) => isReliable(left, right, bounds));
    if (spared.length === all.length) return [];
    const spares = spared.map(([left, right]) => `${left}->${right}`).sort();
    return spares.length === 0 ? [parting] : [{ ...parting, spares }];
  });
}

function everyParting(nodes: readonly string[]): readonly Parting[] {
  const groups = [...subsets([...nodes].sort())]
    .filter(({ length }) => length > 0)
    .map((group) => [...group].sort());
  return groups.flatMap((from) =>
    groups
      .filter((to) => !to.some((node) => from.includes(node)))
      .flatMap((to) => [
        { from, to, ways: 'one' as const },
        ...(from[0] < to[0] ? [{ from, to, ways: 'both' as const }] : []),
      ]),
  );
}

function spans(end: number): readonly { readonly time: number; readonly until: number }[] {
  const all = [];
  for (let time = 1; time < end; time++)
    for (let until = time + 1; until <= end; until++) all.push({ time, until });
  return all;
}

/** At most so many, with a timestep between those of the same. */
function* apart<F extends Outage | Partition | Pause>(
  all: readonly F[],
  most: number,
  areOfSame: (a: F, b: F) => boolean,
): Iterable<readonly F[]> {
  const clash = (a: F, b: F) => areOfSame(a, b) && a.time <= b.until && b.time <= a.until;
  function* choose(from: number, chosen: readonly F[]): Iterable<readonly F[]> {
    yield chosen;
    if (chosen.length === most) return;
    for (let next = from; next < all.length; next++)
      if (!chosen.some((other) => clash(all[next], other))) yield* choose(next + 1, [...chosen, all[next]]);
  }
  yield* choose(0, []);
}

function* subsets<T>(items: readonly T[], most = Infinity, from = 0): Iterable<readonly T[]> {
  if (from === items.length) {
    yield [];
    return;
  }
  for (const rest of subsets(items, most, from + 1)) {
    yield rest;
    if (rest.length < most) yield [items[from], ...rest];
  }
}

/** By time, crashes first, then faults by name, outages, pauses, duplicates, delays, partitions, omissions, then by name. */
function inOrder(a: Fault, b: Fault): number {
  const left = orderKey(a);
  const right = orderKey(b);
  const column = left.findIndex((value, index) => value !== right[index]);
  return column === -1 ? 0 : left[column] < right[column] ? -1 : 1;
}

function orderKey(fault: Fault): readonly (string | number)[] {
  // Of the crashes of a node at a time, the one that lets the most leave comes first.
  if (fault.kind === 'crash') return [fault.time, 0, fault.node, -(fault.after ?? 0)];
  if (fault.kind === 'named') return [fault.time, 0.5, fault.name, fault.node];
  if (fault.kind === 'outage') return [fault.time, 1, fault.node, fault.until];
  if (fault.kind === 'pause') return [fault.time, 1.5, fault.node, fault.until];
  if (fault.kind === 'partition')
    return [fault.time, 4, fault.ways, listKey(fault.from), listKey(fault.to), fault.until];
  const kind = { duplicate: 2, delay: 3, omission: 5 }[fault.kind];
  return [fault.time, kind, fault.from, fault.to, fault.kind === 'omission' ? 0 : fault.by];
}

/** Of names without blanks: in the order of the first that differ, shorter lists first. */
function listKey(names: readonly string[]): string {
  return names.join(' ');
}

/**
 * Each fault of `f` is in `g`, but for crashes, of each of which there is one of the same node earlier, or at the same time
 * after as many messages or more, and outages and partitions, each of which lies within one of the same. They are no more, and they differ.
 */
export function isSmaller(f: FaultSet, g: FaultSet): boolean {
  return isWithin(f, g) && !isWithin(g, f);
}

function isWithin(f: FaultSet, g: FaultSet): boolean {
  return f.length <= g.length && f.every((fault) => g.some((other) => isImpliedBy(fault, other)));
}

function isImpliedBy(fault: Fault, other: Fault): boolean {
  if (fault.kind === 'crash') {
    if (other.kind !== 'crash' || other.node !== fault.node) return false;
    return other.time < fault.time || (other.time === fault.time && (other.after ?? 0) >= (fault.after ?? 0));
  }
  if (fault.kind === 'outage' || fault.kind === 'pause' || fault.kind === 'partition') {
    const { time: begins, until: ends, ...what } = fault;
    if (!('until' in other)) return false;
    const { time, until, ...others } = other;
    return JSON.stringify(what) === JSON.stringify(others) && time <= begins && ends <= until;
  }
  return inOrder(fault, other) === 0;
}

/** The members than which no other member is smaller, fewest faults first, then those that last for less. */
export function minimalOnes(sets: readonly FaultSet[]): readonly FaultSet[] {
  const minimal: FaultSet[] = [];
  // A smaller set comes earlier: it has fewer faults, or as many that last for less; crashes last for ever.
  const smallerFirst = [...sets].sort(
    (f, g) => f.length - g.length || lasting(f, 10_000) - lasting(g, 10_000),
  );
  for (const set of smallerFirst) {
    if (!minimal.some((other) => isSmaller(other, set))) minimal.push(set);
  }
  return minimal.sort((f, g) => f.length - g.length || lasting(f, 0) - lasting(g, 0));
}

/** For how long faults go on, each crash up to some time. */
function lasting(faults: FaultSet, end: number): number {
  return faults.reduce((total, fault) => {
    if (fault.kind === 'crash') return total + end - fault.time + (fault.after ?? 0) / 1_000;
    return 'until' in fault ? total + fault.until - fault.time : total;
  }, 0);
}

/** How many fault sets are admissible: every set of at most so many channel-times before EFF, with at most `crashes` nodes at any of EOT - 1 times. */
export function countFaultSets(nodes: number, bounds: Bounds): bigint {
  const { eff, crashes, omissions = Infinity, delays = 0, duplicates = 0 } = bounds;
  const { restarts = 0, partitions = 0, faults = Infinity } = bounds;
  const { named: ownFaults = {} } = bounds;
  const { nodes: sound = [], links = [] } = bounds.reliable ?? {};
  const channels = nodes * (nodes - 1) - links.length;
  const channelTimes = channels * Math.max(0, eff - 1);
  const frail = nodes - sound.length;
  const places = frail * Math.max(0, eff - 1);
  const named = [...new Set(links.flatMap((link) => link.split('->')))];
  const names = [...named, ...Array.from({ length: nodes - named.length }, (_, i) => `${i}`)];
  const kinds = [
    bySize(Math.min(omissions, channelTimes), (count) => choose(channelTimes, count)),
    bySize(
      Math.min(crashes, frail),
      (count) =>
        choose(frail, count) *
        BigInt((endOfCrashes(bounds) - 1) * ((bounds.withinStep ?? 0) + 1)) ** BigInt(count),
    ),
    ...Object.values(ownFaults).map((most) =>
      bySize(Math.min(most, places), (count) => choose(places, count)),
    ),
    countLateSets(channels, bounds, delays),
    countLateSets(channels, bounds, duplicates),
    partitions === 0
      ? [1n]
      : countSpells(partings(names, bounds).length, endOfPartitions(bounds), partitions),
    countSpells(frail, endOfCrashes(bounds), restarts),
    countSpells(frail, eff - 1, bounds.pauses ?? 0),
  ];
  const ways = kinds.reduce((all, kind) => {
    const both = bySize(all.length + kind.length - 2, () => 0n);
    for (const [i, some] of all.entries())
      for (const [j, others] of kind.entries()) both[i + j] += some * others;
    return both;
  });
  return ways.reduce((sum, some, size) => (size <= faults ? sum + some : sum), 0n);
}

/** For each number up to the most, how many fault sets have so many faults. */
function bySize(most: number, ways: (size: number) => bigint): bigint[] {
  return Array.from({ length: most + 1 }, (_, size) => ways(size));
}

/**
 * Rows of times before an end, each of what is out or not: those in which anything goes out at most so often, by how often
 * it does.
 */
function countSpells(rows: number, end: number, most: number): readonly bigint[] {
  if (most === 0) return [1n];
  // By how often it went out so far: the ways in which it is on at last, and in which it is out.
  let on = [1n];
  for (let row = 0; row < rows; row++) {
    let out: bigint[] = [];
    for (let time = 1; time < end; time++) {
      const went = [0n, ...on].map((ways, often) => ways + (out[often] ?? 0n));
      on = went.map((_, often) => (on[often] ?? 0n) + (out[often] ?? 0n));
      out = went;
    }
    on = [...on, 0n].map((ways, often) => ways + (out[often] ?? 0n));
  }
  return on.slice(0, most + 1);
}

/** The first coefficients of a product of 1 + Dx over all channel-times, D being how late that may be. */
function countLateSets(
  channels: number,
  { eot, eff, longestDelay = 1 }: Bounds,
  most: number,
): readonly bigint[] {
  let ways = [1n];
  for (let time = 1; time < eff; time++) {
    const delays = BigInt(Math.max(0, Math.min(longestDelay, eot - time - 1)));
    for (let channel = 0; channel < channels; channel++)
      ways = [...ways, 0n].map((none, count) => none + delays * (ways[count - 1] ?? 0n)).slice(0, most + 1);
  }
  return ways;
}

/**
 * The estimate that publications print (Alvaro et al., SIGMOD 2015): each crashed node has EOT + 1 crash times,
 * "never" among them, and loses messages only before it.
 */
export function publishedEstimate(nodes: number, { eot, eff, crashes }: Bounds): bigint {
  const sendsPerTime = 2n ** BigInt(nodes - 1);
  let perCrash = 0n;
  for (let k = 1; k <= eot + 1; k++) perCrash += sendsPerTime ** BigInt(Math.min(eff, k - 1));
  return (
    choose(nodes, crashes) * sendsPerTime ** BigInt(eff * (nodes - crashes)) * perCrash ** BigInt(crashes)
  );
}

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let index = 1; index <= k; index++) ways = (ways * BigInt(n - k + index)) / BigInt(index);
  return ways;
}
