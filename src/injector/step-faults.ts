/** Faults that leave nothing behind but in what state nodes are, and who is down, for a search through those. */
import { boundOf } from '../model/bounds.js';
import type { Downtime, FaultTrail, StepFault, StepFaults } from '../model/handlers/joint/step-faults.js';
import type { FaultSpace } from './fault-space.js';
import { compareFaults, faultKinds, mostFaults, ofKind, type Fault, type FaultSet } from './faults.js';
import { limitOf, type FaultKind, type Stepwise } from './faults/kind.js';
import { hasInterruptions } from './world.js';

interface StepwiseKind extends FaultKind<Fault> {
  readonly stepwise: Stepwise<Fault>;
}

const stepwiseKinds = faultKinds.filter((kind): kind is StepwiseKind => kind.stepwise !== undefined);

const kindsThat = {
  loses: stepwiseKinds.filter(({ stepwise }) => stepwise.happens === 'loses'),
  stops: stepwiseKinds.filter(({ stepwise }) => stepwise.happens === 'stops'),
  'is out': stepwiseKinds.filter(({ stepwise }) => stepwise.happens === 'is out'),
};

/** Undefined where there may be others, or where how many happened matters as well. */
export function stepFaultsOf(space: FaultSpace): StepFaults | undefined {
  const { nodes, bounds, events } = space;
  const areStepwise =
    stepwiseKinds.reduce((sum, kind) => sum + ofKind(kind, events).length, 0) === events.length;
  const areLimited =
    boundOf(bounds, 'faults') < mostFaults(space) ||
    kindsThat.loses.some((kind) => limitOf(kind, bounds) < ofKind(kind, events).length);
  // Of a node that stops in the midst of a timestep, what it did in that matters as well.
  if (!areStepwise || areLimited || hasInterruptions(bounds)) return undefined;
  const may = (fault: StepFault) => eventOf(fault, space) !== undefined;
  // It is asked again and again.
  const mayLose = new Map<number, boolean>();
  const open = new OpenFaults(space);
  return {
    faultKinds: faultKinds.map(({ kind }) => kind),
    mayLose(from, to, time) {
      const channel = (time * nodes.length + from) * nodes.length + to;
      const known = mayLose.get(channel) ?? may({ kind: 'loses', from, to, time });
      mayLose.set(channel, known);
      return known;
    },
    mayStop: (node, time) => may({ kind: 'stops', node, time }),
    mayBeOut: (node, time) => may({ kind: 'is out', node, time }),
    mostStopped: most('stops', bounds),
    mostOutages: most('is out', bounds),
    waysAfter: (time, downtime) => open.waysAfter(time, downtime),
  };
}

/** The fault set of a trail. */
export function faultsOfTrail(trail: FaultTrail | undefined, space: FaultSpace): FaultSet {
  const events: Fault[] = [];
  for (let at = trail; at !== undefined; at = at.before) events.push(eventOf(at.fault, space)!);
  events.sort(compareFaults);
  return faultKinds.flatMap((kind) => kind.faultsOf(ofKind(kind, events))).sort(compareFaults);
}

function most(happens: StepFault['kind'], bounds: FaultSpace['bounds']): number {
  return kindsThat[happens].reduce((sum, kind) => sum + limitOf(kind, bounds), 0);
}

/** The event that is true where that happens; undefined where there is none within the bounds. */
function eventOf(fault: StepFault, space: FaultSpace): Fault | undefined {
  const { nodes, bounds } = space;
  const { time } = fault;
  const eventsOf = (kind: StepwiseKind) =>
    fault.kind === 'loses'
      ? kind.removing({ from: nodes[fault.from], to: nodes[fault.to], time }, bounds)
      : kind.downing(nodes[fault.node], time, bounds);
  return kindsThat[fault.kind]
    .flatMap(eventsOf)
    .find((event) => event.time === time && space.inputOf(event) !== undefined);
}

/** How many ways are left. */
class OpenFaults {
  private readonly known = new Map<string, bigint>();

  constructor(private readonly space: FaultSpace) {}

  waysAfter(time: number, downtime: Downtime): bigint {
    const name = `${time} ${downtime.stopped} ${downtime.out} ${downtime.outages}`;
    let ways = this.known.get(name);
    if (ways === undefined) {
      ways = this.product(time, downtime);
      this.known.set(name, ways);
    }
    return ways;
  }

  private product(time: number, downtime: Downtime): bigint {
    return stepwiseKinds.reduce(
      (ways, kind) =>
        ways * kind.stepwise.waysAfter(ofKind(kind, this.space.events), time, downtime, this.space),
      1n,
    );
  }
}
