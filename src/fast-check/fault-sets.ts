/**
 * Random admissible fault sets. fast-check could put them together from its own arbitraries, but would then shrink
 * by its own order: a crash towards time 1, which makes a fault set greater. Here shrinking goes down in the order
 * of fault sets, so that what fast-check ends with is a small counterexample in the sense of a check.
 */
import fc from 'fast-check';
import { assertBounds, type Bounds } from '../injector/bounds.js';
import { FaultSpace } from '../injector/fault-space.js';
import { compareFaults, type Crash, type Fault, type FaultSet, type Omission } from '../injector/faults.js';
import { formatSchedule } from '../injector/schedule.js';
import { assertOptions, faultSetConstraints } from '../runner/check-options.js';

/** What fault sets are drawn from. A scenario is one. */
export interface FaultScope {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Limits of {@link faultSets} beyond the bounds. */
export interface FaultSetConstraints {
  /** The most faults, omissions and crashes together; default as many as the bounds admit. */
  readonly maxFaults?: number;
}

/**
 * Admissible fault sets, every one of which may come up. Few faults and many come up about as often, whereas of
 * all the admissible sets most have about half of all omissions. A set prints as `ldfi replay --inject` reads it.
 *
 * A failing set shrinks to one that no longer fails when any one fault is dropped, or any one crash delayed by a
 * timestep. That is not always a counterexample with the fewest faults, as a check finds it.
 *
 * @throws TypeError for an option that there is not, RangeError when the bounds, or the limit, make no sense
 *
 * @example
 * fc.assert(
 *   fc.property(faultSets(scenario), (faults) => replayScenario(scenario, faults).execution.violations.length === 0),
 * );
 */
export function faultSets(scope: FaultScope, constraints: FaultSetConstraints = {}): fc.Arbitrary<FaultSet> {
  assertOptions('faultSets', constraints, faultSetConstraints);
  assertBounds(scope.nodes.length, scope.bounds);
  const { maxFaults = Infinity } = constraints;
  return new FaultSetArbitrary(new FaultSpace(scope.nodes, scope.bounds), maxFaults);
}

/**
 * Single admissible faults. They shrink towards the earliest omission, and crashes towards the latest.
 *
 * @throws RangeError when the bounds make no sense, or admit no fault
 */
export function faults({ nodes, bounds }: FaultScope): fc.Arbitrary<Fault> {
  assertBounds(nodes.length, bounds);
  const { omissions, crashes } = eventsOf(new FaultSpace(nodes, bounds));
  const events = [...omissions, ...[...crashes].reverse()];
  if (events.length === 0) throw new RangeError('these bounds admit no fault');
  return fc.constantFrom<Fault>(...events);
}

class FaultSetArbitrary extends fc.Arbitrary<FaultSet> {
  private readonly omissions: readonly Omission[];
  private readonly crashTimes: fc.Arbitrary<number>;

  constructor(
    private readonly space: FaultSpace,
    private readonly maxFaults: number,
  ) {
    super();
    this.omissions = eventsOf(space).omissions;
    this.crashTimes = fc.integer({ min: 1, max: Math.max(1, space.bounds.eot - 1) });
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<FaultSet> {
    const crashing = this.some(this.space.nodes, this.mostCrashes, random, bias);
    const crashes = crashing.map((node): Crash => {
      const time = this.crashTimes.generate(random, bias).value;
      return { kind: 'crash', node, time };
    });
    const omissions = this.some(this.omissions, this.maxFaults - crashes.length, random, bias);
    return valueOf([...crashes, ...omissions].sort(compareFaults));
  }

  override canShrinkWithoutContext(value: unknown): value is FaultSet {
    return Array.isArray(value) && this.isAdmissible(value as FaultSet);
  }

  override shrink(faults: FaultSet): fc.Stream<fc.Value<FaultSet>> {
    return fc.stream(this.smaller(faults)).map(valueOf);
  }

  private get mostCrashes(): number {
    const { eot, crashes } = this.space.bounds;
    return eot === 1 ? 0 : Math.min(crashes, this.maxFaults);
  }

  private some<Item>(
    items: readonly Item[],
    most: number,
    random: fc.Random,
    bias: number | undefined,
  ): readonly Item[] {
    const maxLength = Math.min(items.length, Math.max(0, most));
    return fc.shuffledSubarray([...items], { maxLength }).generate(random, bias).value;
  }

  private isAdmissible(faults: FaultSet): boolean {
    const crashing = faults.flatMap((fault) => (fault.kind === 'crash' ? [fault.node] : []));
    return (
      faults.length <= this.maxFaults &&
      faults.every((fault) => this.space.inputOf(fault) !== undefined) &&
      crashing.length <= this.mostCrashes &&
      new Set(crashing).size === crashing.length &&
      faults.every((fault, index) => index === 0 || compareFaults(faults[index - 1], fault) < 0)
    );
  }

  /** Fault sets below the given one, the largest steps first, down to single ones. */
  private *smaller(faults: FaultSet): IterableIterator<FaultSet> {
    for (let dropped = faults.length; dropped >= 1; dropped = Math.floor(dropped / 2)) {
      for (let from = 0; from < faults.length; from += dropped)
        yield faults.filter((_, index) => index < from || index >= from + dropped);
    }
    for (const fault of faults) {
      if (fault.kind === 'omission') continue;
      const others = faults.filter((other) => other !== fault);
      const last = this.space.bounds.eot - 1;
      for (let delay = last - fault.time; delay >= 1; delay = Math.floor(delay / 2))
        yield [...others, { ...fault, time: fault.time + delay }].sort(compareFaults);
    }
  }
}

function eventsOf({ events }: FaultSpace) {
  return {
    omissions: events.filter((event): event is Omission => event.kind === 'omission'),
    crashes: events.filter((event): event is Crash => event.kind === 'crash'),
  };
}

/** Prints as a schedule, without being another value for it. */
function valueOf(faults: FaultSet): fc.Value<FaultSet> {
  const printed = Object.defineProperty([...faults], fc.toStringMethod, {
    value: () => formatSchedule(faults) || 'no fault',
  });
  return new fc.Value<FaultSet>(printed, undefined);
}
