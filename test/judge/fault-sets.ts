/** All admissible fault sets within bounds, by enumeration, and how many there are, by formula. */
import type { Bounds } from '../../src/injector/bounds.js';
import type { Crash, Fault, FaultSet, Omission } from '../../src/injector/faults.js';

/** Every choice of at most `crashes` crashes, with every set of omissions; each in the fixed order of faults. */
export function* admissibleFaultSets(nodes: readonly string[], bounds: Bounds): Iterable<FaultSet> {
  for (const crashed of crashSets(nodes, bounds.eot, bounds.crashes)) {
    for (const omitted of subsets(omissions(nodes, bounds.eff))) yield [...crashed, ...omitted].sort(inOrder);
  }
}

function omissions(nodes: readonly string[], eff: number): readonly Omission[] {
  const times = Array.from({ length: Math.max(0, eff - 1) }, (_, index) => index + 1);
  return times.flatMap((time) =>
    nodes.flatMap((from) =>
      nodes.filter((to) => to !== from).map((to): Omission => ({ kind: 'omission', from, to, time })),
    ),
  );
}

function* crashSets(nodes: readonly string[], eot: number, most: number): Iterable<readonly Crash[]> {
  if (nodes.length === 0 || most === 0) {
    yield [];
    return;
  }
  const [node, ...others] = nodes;
  yield* crashSets(others, eot, most);
  for (let time = 1; time < eot; time++) {
    for (const rest of crashSets(others, eot, most - 1)) yield [{ kind: 'crash', node, time }, ...rest];
  }
}

function* subsets<T>(items: readonly T[], from = 0): Iterable<readonly T[]> {
  if (from === items.length) {
    yield [];
    return;
  }
  for (const rest of subsets(items, from + 1)) {
    yield rest;
    yield [items[from], ...rest];
  }
}

/** By time, crashes first, then by name. */
function inOrder(a: Fault, b: Fault): number {
  const left = orderKey(a);
  const right = orderKey(b);
  const column = left.findIndex((value, index) => value !== right[index]);
  return column === -1 ? 0 : left[column] < right[column] ? -1 : 1;
}

function orderKey(fault: Fault): readonly (string | number)[] {
  return fault.kind === 'crash' ? [fault.time, 0, fault.node] : [fault.time, 1, fault.from, fault.to];
}

/** Each omission of `f` is in `g`, for each crash of `f` one of the same node at the same time or earlier, and they differ. */
export function isSmaller(f: FaultSet, g: FaultSet): boolean {
  return isWithin(f, g) && !isWithin(g, f);
}

function isWithin(f: FaultSet, g: FaultSet): boolean {
  return f.every((fault) => g.some((other) => isImpliedBy(fault, other)));
}

function isImpliedBy(fault: Fault, other: Fault): boolean {
  if (fault.kind === 'crash') {
    return other.kind === 'crash' && other.node === fault.node && other.time <= fault.time;
  }
  return (
    other.kind === 'omission' &&
    other.from === fault.from &&
    other.to === fault.to &&
    other.time === fault.time
  );
}

/** The members than which no other member is smaller, fewest faults first, then the latest crashes. */
export function minimalOnes(sets: readonly FaultSet[]): readonly FaultSet[] {
  const minimal: FaultSet[] = [];
  // A smaller set comes earlier: it has fewer faults, or as many and a later crash.
  const earliestFirst = [...sets].sort((f, g) => f.length - g.length || crashTimes(g) - crashTimes(f));
  for (const set of earliestFirst) {
    if (!minimal.some((other) => isSmaller(other, set))) minimal.push(set);
  }
  return minimal;
}

function crashTimes(faults: FaultSet): number {
  return faults.reduce((total, fault) => total + (fault.kind === 'crash' ? fault.time : 0), 0);
}

/** How many fault sets are admissible: every set of channel-times before EFF, with at most `crashes` nodes at any of EOT - 1 times. */
export function countFaultSets(nodes: number, { eot, eff, crashes }: Bounds): bigint {
  const omitted = 2n ** BigInt(nodes * (nodes - 1) * Math.max(0, eff - 1));
  let crashed = 0n;
  for (let count = 0; count <= Math.min(crashes, nodes); count++) {
    crashed += choose(nodes, count) * BigInt(eot - 1) ** BigInt(count);
  }
  return omitted * crashed;
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
