/**
 * Names what the inputs of conditions mean, over all kinds of faults: input i is that of `events[i]`, the least fault
 * that it is true of. A fault set is the set of its true inputs, and one fault set is smaller than another exactly
 * where its true inputs are a strict subset: dropping a fault or crashing later removes some.
 */
import { FALSE, TRUE, type Algebra, type Condition, type Connectives } from '../model/algebra.js';
import type { Surroundings, World } from '../model/world.js';
import type { Bounds } from './bounds.js';
import { compareFaults, faultKinds, kindOf, ofKind, type Fault, type FaultSet } from './faults.js';
import { admissibleOf } from './faults/admissible.js';
import { surroundingsOf, worldOf } from './world.js';

/** An algebra with numbered inputs. */
export interface InputAlgebra extends Algebra, Inputs {}

/** Conditions that are inputs, numbered from 0. */
export interface Inputs {
  input(number: number): Condition;
}

export class FaultSpace {
  /** In fixed order. */
  readonly events: readonly Fault[];
  private readonly places: ReadonlyMap<string, number>;
  /** By kind, whom it happens to, and time. */
  private readonly inputs: ReadonlyMap<string, (number | undefined)[][]>;

  constructor(
    readonly nodes: readonly string[],
    readonly bounds: Bounds,
  ) {
    this.places = new Map(nodes.map((node, place) => [node, place]));
    this.events = faultKinds.flatMap((kind) => kind.events(this)).sort(compareFaults);
    this.inputs = new Map(faultKinds.map(({ kind }) => [kind, []]));
    this.events.forEach((event, number) => {
      const rows = this.inputs.get(event.kind)!;
      (rows[this.rowOf(event)!] ??= [])[event.time] = number;
    });
  }

  /** Undefined where the event is outside the bounds. */
  inputOf(event: Fault): number | undefined {
    const row = this.rowOf(event);
    return row === undefined ? undefined : this.inputs.get(event.kind)![row]?.[event.time];
  }

  /** The inputs that are true of a fault set, ascending. */
  inputsOf(faults: FaultSet): readonly number[] {
    return faults
      .flatMap((fault) => kindOf(fault).eventsOf(fault, this.bounds))
      .map((event) => this.inputOf(event)!)
      .sort((a, b) => a - b);
  }

  /** The fault set of which exactly these inputs, ascending, are true. */
  faultsOf(inputs: readonly number[]): FaultSet {
    const events = inputs.map((input) => this.events[input]);
    return faultKinds.flatMap((kind) => kind.faultsOf(ofKind(kind, events))).sort(compareFaults);
  }

  /** Inputs of which the true ones count the faults: every `lost`, and `down` at the last admissible time. */
  isCounted(input: number): boolean {
    const event = this.events[input];
    return kindOf(event).counts(event, this.bounds);
  }

  /** Inputs of which fewer true ones are preferred among as many faults: those of faults that go on. */
  isLasting(input: number): boolean {
    return kindOf(this.events[input]).lasting;
  }

  /**
   * What an input adds to the cost of a fault set, so that costs compare as fault sets do: the fewest
   * faults, then the latest crashes.
   */
  costOf(input: number): number {
    const mostLasting = this.events.length + 1;
    return (this.isCounted(input) ? mostLasting : 0) + (this.isLasting(input) ? 1 : 0);
  }

  /** The most faults of an admissible fault set. */
  get largest(): number {
    return faultKinds.reduce((sum, kind) => sum + kind.most(this), 0);
  }

  /** Whether a fault within the bounds may happen beside others. */
  joins(fault: Fault, others: readonly Fault[]): boolean {
    const kind = kindOf(fault);
    return kind.joins(fault, ofKind(kind, others), this.bounds);
  }

  /** Whether `a` is `b` or smaller. */
  isWithin(a: FaultSet, b: FaultSet): boolean {
    const inputs = new Set(this.inputsOf(b));
    return this.inputsOf(a).every((input) => inputs.has(input));
  }

  /** The fewest faults first, then the latest crashes, then the first in the fixed order of events. */
  compare(a: FaultSet, b: FaultSet): number {
    const inputsA = this.inputsOf(a);
    const inputsB = this.inputsOf(b);
    const cost = (inputs: readonly number[]) => inputs.reduce((sum, input) => sum + this.costOf(input), 0);
    const firstDifference = inputsA.findIndex((input, i) => input !== inputsB[i]);
    const order =
      firstDifference === -1 ? 0 : inputsA[firstDifference] - (inputsB[firstDifference] ?? Infinity);
    return cost(inputsA) - cost(inputsB) || order;
  }

  /** How many fault sets are within the given one, itself included. */
  countWithin(faults: FaultSet): number {
    return faults.reduce((product, fault) => product * (1 + this.withinFault(fault).length), 1);
  }

  /** The fault sets within the given one, itself included. */
  *within(faults: FaultSet): Iterable<FaultSet> {
    const [first, ...rest] = faults;
    if (first === undefined) {
      yield [];
      return;
    }
    for (const others of this.within(rest)) {
      yield others;
      for (const event of this.withinFault(first)) yield [event, ...others].sort(compareFaults);
    }
  }

  /** The fault sets that have one fault less, or one fault that is the next smaller. */
  stepsDown(faults: FaultSet): readonly FaultSet[] {
    return faults.flatMap((fault) => {
      const others = faults.filter((other) => other !== fault);
      const smaller = this.withinFault(fault)
        .slice(1, 2)
        .map((event) => [event, ...others].sort(compareFaults));
      return [others, ...smaller];
    });
  }

  /** True of exactly the admissible fault sets. */
  admissible(algebra: InputAlgebra): Condition {
    const holds = (event: Fault) => this.condition(algebra, event);
    return faultKinds.reduce((all, kind) => {
      // Of most events there is nothing to be said, and there may be half a million of them.
      if (kind.entails === undefined && kind.limit === undefined) return all;
      const admissible = admissibleOf(kind, kind.events(this), this.bounds, holds, algebra);
      return algebra.and(all, admissible);
    }, TRUE);
  }

  /** What its world answers, for whoever asks nothing of conditions but to be told them. */
  surroundings(algebra: Inputs & Connectives): Surroundings {
    return surroundingsOf(algebra, (event) => this.condition(algebra, event), this.bounds);
  }

  /** The world in which conditions are functions of the inputs. */
  world(algebra: InputAlgebra): World {
    return worldOf(algebra, (event) => this.condition(algebra, event), this.bounds);
  }

  private withinFault(fault: Fault): readonly Fault[] {
    return kindOf(fault).within(fault, this.bounds);
  }

  private condition(algebra: Inputs, event: Fault): Condition {
    const input = this.inputOf(event);
    return input === undefined ? FALSE : algebra.input(input);
  }

  private rowOf(event: Fault): number | undefined {
    return kindOf(event).row(event, this.places);
  }
}
