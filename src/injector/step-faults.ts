/** Faults that matter at one timestep and leave nothing behind but the state of the nodes, for a search through those. */
import { boundOf } from '../model/bounds.js';
import type { FaultTrail, StepFault, StepFaults } from '../model/handlers/joint/step-faults.js';
import type { FaultSpace } from './fault-space.js';
import { compareFaults, faultKinds, mostFaults, type Fault, type FaultSet } from './faults.js';
import { fallibleNodes } from './faults/fallible.js';
import { hasInterruptions } from './world.js';

/** Undefined where there may be others, or where how many happened matters as well. */
export function stepFaultsOf(space: FaultSpace): StepFaults | undefined {
  const { bounds, nodes, events } = space;
  const isOfStep = events.every(({ kind }) => kind === 'omission' || kind === 'crash');
  const areLimited = boundOf(bounds, 'faults') < mostFaults(space) || boundOf(bounds, 'omissions') < Infinity;
  // Of a node that stops in the midst of a timestep, what it did in that matters as well.
  if (!isOfStep || areLimited || hasInterruptions(bounds)) return undefined;
  const has = (event: Fault) => space.inputOf(event) !== undefined;
  const open = new OpenFaults(space);
  return {
    faultKinds: faultKinds.map(({ kind }) => kind),
    mayLose: (from, to, time) => has({ kind: 'omission', from: nodes[from], to: nodes[to], time }),
    mayStop: (node, time) => has({ kind: 'crash', node: nodes[node], time }),
    mostStopped: bounds.crashes,
    waysAfter: (time, stopped) => open.waysAfter(time, stopped),
  };
}

/** The fault set of a trail. */
export function faultsOfTrail(trail: FaultTrail | undefined, nodes: readonly string[]): FaultSet {
  const faults: Fault[] = [];
  for (let at = trail; at !== undefined; at = at.before) faults.push(faultOf(at.fault, nodes));
  return faults.sort(compareFaults);
}

function faultOf(fault: StepFault, nodes: readonly string[]): Fault {
  const { time } = fault;
  return fault.kind === 'stops'
    ? { kind: 'crash', node: nodes[fault.node], time }
    : { kind: 'omission', from: nodes[fault.from], to: nodes[fault.to], time };
}

/** How many ways are left. */
class OpenFaults {
  private readonly known = new Map<string, bigint>();
  private readonly fallible: number;

  constructor(private readonly space: FaultSpace) {
    this.fallible = fallibleNodes(space).length;
  }

  waysAfter(time: number, stopped: number): bigint {
    const name = `${time} ${stopped}`;
    let ways = this.known.get(name);
    if (ways === undefined) this.known.set(name, (ways = this.count(time, stopped)));
    return ways;
  }

  private count(time: number, stopped: number): bigint {
    const { events, bounds } = this.space;
    const losses = events.filter((event) => event.kind === 'omission' && event.time >= time).length;
    const times = BigInt(
      new Set(events.flatMap(({ kind, time: at }) => (kind === 'crash' && at > time ? [at] : []))).size,
    );
    let ways = 0n;
    let stops = 1n;
    for (let more = 0; more <= Math.min(bounds.crashes, this.fallible) - stopped; more++) {
      ways += stops;
      stops = (stops * BigInt(this.fallible - stopped - more) * times) / BigInt(more + 1);
    }
    return ways << BigInt(losses);
  }
}
