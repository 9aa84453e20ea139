/** What the faults of a fault set did, and which of them are why, for the lineage of a run. */
import type { Arrival, Happened, HappenedFaults } from '../lineage/lineage.js';
import { FALSE } from '../model/algebra.js';
import { inTime, type World } from '../model/world.js';
import { kindOf, type ChannelTime, type Fault, type FaultSet } from './faults.js';
import { formatSchedule } from './schedule.js';
import { concreteWorld, interruptionUnder, UNBOUNDED } from './world.js';

/** @param longestDelay the most timesteps by which a message may be late under any fault set */
export function happenedFaults(faults: FaultSet, longestDelay = 0): HappenedFaults {
  return new Happening(faults, longestDelay);
}

/** A fault, and the worlds that it makes alone, and that the others make without it. */
interface Counterfactual {
  readonly written: Happened;
  readonly isTrue: (event: Fault) => boolean;
  readonly downing: (node: string, time: number) => readonly Fault[];
  readonly pausing: (node: string, time: number) => readonly Fault[];
  readonly naming: (name: string, node: string, time: number) => readonly Fault[];
  readonly alone: World;
  readonly without: World;
}

class Happening implements HappenedFaults {
  private readonly world: World;
  private readonly each: readonly Counterfactual[];

  constructor(
    faults: FaultSet,
    private readonly longestDelay: number,
  ) {
    this.world = concreteWorld(faults);
    this.each = faults.map((fault) => ({
      written: { fault: formatSchedule([fault]), time: fault.time },
      isTrue: kindOf(fault).truth([fault]),
      downing: (node, time) => kindOf(fault).downing(node, time, UNBOUNDED),
      pausing: (node, time) => kindOf(fault).pausing?.(node, time) ?? [],
      naming: (name, node, time) => kindOf(fault).naming?.(name, node, time) ?? [],
      alone: concreteWorld([fault]),
      without: concreteWorld(faults.filter((other) => other !== fault)),
    }));
  }

  arrivals(channel: ChannelTime): readonly Arrival[] {
    const first = inTime(channel.time);
    return Array.from({ length: 1 + this.longestDelay }, (_, late) => this.arrival(channel, first + late));
  }

  downing(node: string, time: number): readonly Happened[] {
    return this.each
      .filter(({ downing, isTrue }) => downing(node, time).some(isTrue))
      .map(({ written }) => written);
  }

  interruption(node: string, time: number): number | undefined {
    return interruptionUnder(this.world, node, time);
  }

  pausing(node: string, time: number): readonly Happened[] {
    if (this.world.pauses(node, time) === FALSE) return [];
    return this.each
      .filter(({ pausing, isTrue }) => pausing(node, time).some(isTrue))
      .map(({ written }) => written);
  }

  named(name: string, node: string, time: number): Happened | undefined {
    return this.each.find(({ naming, isTrue }) => naming(name, node, time).some(isTrue))?.written;
  }

  /**
   * Where a message arrives in time, or does not arrive late, that needs no fault: then those count without which it
   * would be otherwise. Else those count each of which is enough.
   */
  private arrival(channel: ChannelTime, time: number): Arrival {
    const arrives = arrivesIn(this.world, channel, time);
    const asEver = arrives === (time === inTime(channel.time));
    const isWhy = ({ alone, without }: Counterfactual) =>
      asEver ? arrivesIn(without, channel, time) !== arrives : arrivesIn(alone, channel, time) === arrives;
    return { time, arrives, faults: this.each.filter(isWhy).map(({ written }) => written) };
  }
}

function arrivesIn(world: World, { from, to, time: sent }: ChannelTime, time: number): boolean {
  return world
    .deliveries(from, to, sent)
    .some((delivery) => delivery.time === time && delivery.condition !== FALSE);
}
