/** Faults that leave nothing behind but in what state nodes are, and who is down, for a search through those. */
import { boundOf } from '../model/bounds.js';
import type { Downtime, FaultTrail, StepFault, StepFaults } from '../model/handlers/joint/step-faults.js';
import type { FaultSpace } from './fault-space.js';
import { compareFaults, faultKinds, mostFaults, ofKind, type Fault, type FaultSet } from './faults.js';
import { fallibleNodes } from './faults/fallible.js';
import { product, type Ways } from './polynomials.js';
import { hasInterruptions } from './world.js';

/** The kinds of which no more is left behind than in what state the nodes are, and who is down. */
const OF_STEPS: ReadonlySet<string> = new Set(['omission', 'crash', 'outage']);

/** Undefined where there may be others, or where how many happened matters as well. */
export function stepFaultsOf(space: FaultSpace): StepFaults | undefined {
  const { bounds, nodes, events } = space;
  const isOfStep = events.every(({ kind }) => OF_STEPS.has(kind));
  const areLimited = boundOf(bounds, 'faults') < mostFaults(space) || boundOf(bounds, 'omissions') < Infinity;
  // Of a node that stops in the midst of a timestep, what it did in that matters as well.
  if (!isOfStep || areLimited || hasInterruptions(bounds)) return undefined;
  const has = (event: Fault) => space.inputOf(event) !== undefined;
  const open = new OpenFaults(space);
  return {
    faultKinds: faultKinds.map(({ kind }) => kind),
    mayLose: (from, to, time) => has({ kind: 'omission', from: nodes[from], to: nodes[to], time }),
    mayStop: (node, time) => has({ kind: 'crash', node: nodes[node], time }),
    mayBeOut: (node, time) => has({ kind: 'outage', node: nodes[node], time, until: time + 1 }),
    mostStopped: bounds.crashes,
    mostOutages: boundOf(bounds, 'restarts'),
    waysAfter: (time, downtime) => open.waysAfter(time, downtime),
  };
}

/** The fault set of a trail. */
export function faultsOfTrail(trail: FaultTrail | undefined, nodes: readonly string[]): FaultSet {
  const events: Fault[] = [];
  for (let at = trail; at !== undefined; at = at.before) events.push(eventOf(at.fault, nodes));
  events.sort(compareFaults);
  return faultKinds.flatMap((kind) => kind.faultsOf(ofKind(kind, events))).sort(compareFaults);
}

function eventOf(fault: StepFault, nodes: readonly string[]): Fault {
  const { time } = fault;
  switch (fault.kind) {
    case 'loses':
      return { kind: 'omission', from: nodes[fault.from], to: nodes[fault.to], time };
    case 'stops':
      return { kind: 'crash', node: nodes[fault.node], time };
    case 'is out':
      return { kind: 'outage', node: nodes[fault.node], time, until: time + 1 };
  }
}

/** How many ways are left. */
class OpenFaults {
  private readonly known = new Map<string, bigint>();
  private readonly fallible: number;

  constructor(private readonly space: FaultSpace) {
    this.fallible = fallibleNodes(space).length;
  }

  waysAfter(time: number, { stopped, out, outages }: Downtime): bigint {
    const name = `${time} ${stopped} ${out} ${outages}`;
    let ways = this.known.get(name);
    if (ways === undefined) {
      const losses = this.space.events.filter((event) => event.kind === 'omission' && event.time >= time);
      const left = boundOf(this.space.bounds, 'restarts') - outages;
      ways = (this.stops(time, stopped) * this.outages(time, out, left)) << BigInt(losses.length);
      this.known.set(name, ways);
    }
    return ways;
  }

  /** In how many ways nodes may stop for good, where some have. */
  private stops(time: number, stopped: number): bigint {
    const times = BigInt(this.timesAfter(time, 'crash'));
    let ways = 0n;
    let stops = 1n;
    for (let more = 0; more <= Math.min(this.space.bounds.crashes, this.fallible) - stopped; more++) {
      ways += stops;
      stops = (stops * BigInt(this.fallible - stopped - more) * times) / BigInt(more + 1);
    }
    return ways;
  }

  /** In how many ways outages may go on where some nodes are out, and begin, of which there may be so many. */
  private outages(time: number, out: number, left: number): bigint {
    // By how many begin, in the times that there are: of a node that is not out before them, and of one that is.
    let without: Ways = [1n];
    let within: Ways = [1n];
    for (let times = this.timesAfter(time, 'outage'); times > 0; times--)
      [without, within] = [sumOf(without, product([0n, 1n], within, left)), sumOf(without, within)];
    let ways: Ways = [1n];
    for (let node = 0; node < this.fallible; node++)
      ways = product(ways, node < out ? within : without, left);
    return ways.reduce((sum, some) => sum + some, 0n);
  }

  private timesAfter(time: number, kind: Fault['kind']): number {
    const later = this.space.events.filter((event) => event.kind === kind && event.time > time);
    return new Set(later.map((event) => event.time)).size;
  }
}

function sumOf(a: Ways, b: Ways): Ways {
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, index) => (a[index] ?? 0n) + (b[index] ?? 0n),
  );
}
