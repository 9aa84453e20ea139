/**
 * Random admissible fault sets. fast-check could put them together from its own arbitraries, but would then shrink
 * by its own order: a crash towards time 1, which makes a fault set greater. Here shrinking goes down in the order
 * of fault sets, so that what fast-check ends with is a small counterexample in the sense of a check.
 */
import fc from 'fast-check';
import { assertBounds } from '../../injector/bounds.js';
import { FaultSpace } from '../../injector/fault-space.js';
import {
  compareFaults,
  faultKinds,
  kindOf,
  ofKind,
  type Fault,
  type FaultScope,
  type FaultSet,
} from '../../injector/faults.js';
import type { FaultKind } from '../../injector/faults/kind.js';
import { formatSchedule } from '../../injector/schedule.js';
import { countOption } from '../../runner/options/common.js';
import { assertOptions, type OptionTable } from '../../runner/options/table.js';

export type { FaultScope };

/** Limits of {@link faultSets} beyond the bounds. */
export interface FaultSetConstraints {
  /** The most faults, omissions and crashes together; default as many as the bounds admit. */
  readonly maxFaults?: number;
}

const faultSetConstraints: OptionTable<keyof FaultSetConstraints> = {
  maxFaults: { ...countOption, expected: 'an integer of at least 0' },
};

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
 *   fc.property(faultSets(scenario), (faults) => !isViolated(replayScenario(scenario, faults).run)),
 * );
 */
export function faultSets(scope: FaultScope, constraints: FaultSetConstraints = {}): fc.Arbitrary<FaultSet> {
  assertOptions('faultSets', constraints, faultSetConstraints);
  assertBounds(scope.nodes, scope.bounds);
  const { maxFaults = Infinity } = constraints;
  const space = new FaultSpace(scope.nodes, scope.bounds);
  return new FaultSetArbitrary(space, Math.min(maxFaults, space.largest));
}

/**
 * Single admissible faults. They shrink towards the earliest omission, and crashes towards the latest.
 *
 * @throws RangeError when the bounds make no sense, or admit no fault
 */
export function faults({ nodes, bounds }: FaultScope): fc.Arbitrary<Fault> {
  assertBounds(nodes, bounds);
  const space = new FaultSpace(nodes, bounds);
  const single = faultKinds.flatMap((kind) => {
    const ofOne = ofKind(kind, space.faults);
    return kind.lasting ? [...ofOne].reverse() : ofOne;
  });
  if (single.length === 0) throw new RangeError('these bounds admit no fault');
  return fc.constantFrom<Fault>(...single);
}

class FaultSetArbitrary extends fc.Arbitrary<FaultSet> {
  constructor(
    private readonly space: FaultSpace,
    private readonly maxFaults: number,
  ) {
    super();
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<FaultSet> {
    const chosen: Fault[] = [];
    // What goes on for long is rare among all faults, and has the first choice.
    for (const kind of [...faultKinds].reverse())
      chosen.push(...this.some(kind, this.maxFaults - chosen.length, random, bias));
    return valueOf(chosen.sort(compareFaults));
  }

  override canShrinkWithoutContext(value: unknown): value is FaultSet {
    return Array.isArray(value) && this.isAdmissible(value as FaultSet);
  }

  override shrink(faults: FaultSet): fc.Stream<fc.Value<FaultSet>> {
    return fc.stream(this.smaller(faults)).map(valueOf);
  }

  /** At most so many faults of one kind, any number of them as likely. */
  private some(
    kind: FaultKind<Fault>,
    most: number,
    random: fc.Random,
    bias: number | undefined,
  ): readonly Fault[] {
    const max = Math.min(kind.most(this.space), most);
    const wanted = max === 0 ? 0 : fc.nat({ max }).generate(random, bias).value;
    const chosen: Fault[] = [];
    if (wanted === 0) return chosen;
    const single = [...ofKind(kind, this.space.faults)];
    const inAnyOrder = fc.shuffledSubarray(single, { minLength: single.length });
    for (const fault of inAnyOrder.generate(random, undefined).value) {
      if (kind.joins(fault, chosen, this.space.bounds)) chosen.push(fault);
      if (chosen.length === wanted) break;
    }
    return chosen;
  }

  private isAdmissible(faults: FaultSet): boolean {
    return (
      faults.length <= this.maxFaults &&
      faults.every((fault) => this.space.has(fault)) &&
      faults.every((fault, index) => this.space.joins(fault, faults.slice(0, index))) &&
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
      const others = faults.filter((other) => other !== fault);
      const within = kindOf(fault).within(fault, this.space.bounds);
      for (let steps = within.length - 1; steps >= 1; steps = Math.floor(steps / 2))
        yield [...others, within[steps]].sort(compareFaults);
    }
  }
}

/** Prints as a schedule, without being another value for it. */
function valueOf(faults: FaultSet): fc.Value<FaultSet> {
  const printed = Object.defineProperty([...faults], fc.toStringMethod, {
    value: () => formatSchedule(faults) || 'no fault',
  });
  return new fc.Value<FaultSet>(printed, undefined);
}
