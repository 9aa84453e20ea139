/**
 * Names what the inputs of conditions mean, over all kinds of faults: input i is that of `events[i]`, the least fault
 * that it is true of. A fault set is the set of its true inputs, and one fault set is smaller than another exactly
 * where its true inputs are a strict subset, and are no more faults: dropping a fault or crashing later removes some. (What
 * goes on for some timesteps is not smaller where it is broken in two, though fewer inputs are true of it then.)
 */
import { FALSE, TRUE, type Algebra, type Condition, type Connectives } from '../model/algebra.js';
import { boundOf } from '../model/bounds.js';
import { groupBy } from '../model/group.js';
import type { Surroundings, World } from '../model/world.js';
import type { Bounds } from './bounds.js';
import {
  compareFaults,
  faultKinds,
  kindOf,
  mostFaults,
  ofKind,
  type Fault,
  type FaultSet,
} from './faults.js';
import { admissibleOf, countedExactly } from './faults/admissible.js';
import { limitOf, momentOf } from './faults/kind.js';
import {
  authorsNames,
  eventsByTime,
  surroundingsOf,
  wideEvents,
  worldOf,
  type WorldEvents,
} from './world.js';

/** An algebra with numbered inputs. */
export interface InputAlgebra extends Algebra, Inputs {}

/** Conditions that are inputs, numbered from 0. */
export interface Inputs {
  input(number: number): Condition;
}

export class FaultSpace {
  /** In fixed order. */
  readonly events: readonly Fault[];
  private single: readonly Fault[] | undefined;
  private known: Pick<WorldEvents, 'wide' | 'named'> | undefined;
  private byTime: WorldEvents['at'] | undefined;
  private readonly places: ReadonlyMap<string, number>;
  /** By kind, whom it happens to, and moment. */
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
      (rows[this.rowOf(event)!] ??= [])[momentOf(kindOf(event), event, bounds)] = number;
    });
  }

  /** The single faults within the bounds, in fixed order. */
  get faults(): readonly Fault[] {
    return (this.single ??= faultKinds
      .flatMap((kind) => (kind.faults === undefined ? ofKind(kind, this.events) : kind.faults(this)))
      .sort(compareFaults));
  }

  /** Undefined where the event is outside the bounds. */
  inputOf(event: Fault): number | undefined {
    const row = this.rowOf(event);
    const moment = momentOf(kindOf(event), event, this.bounds);
    return row === undefined ? undefined : this.inputs.get(event.kind)![row]?.[moment];
  }

  /** Whether a fault is within the bounds. */
  has(fault: Fault): boolean {
    if (!(fault.time >= 1 && fault.time < this.bounds.eot)) return false;
    const events = kindOf(fault).eventsOf(fault, this.bounds);
    return events.length > 0 && events.every((event) => this.inputOf(event) !== undefined);
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

  /**
   * Where an input that is true counts as a fault, so that of each fault exactly one does: every `lost`, and `down` at
   * the last admissible time; or where another input is not true.
   */
  counting(input: number): 'always' | 'never' | { readonly unless: number } {
    const event = this.events[input];
    const counts = kindOf(event).counts(event, this.bounds);
    if (typeof counts === 'string') return counts;
    const unless = this.inputOf(counts.unless);
    return unless === undefined ? 'always' : { unless };
  }

  /**
   * Of inputs that count where another is not true, the conditions that they do.
   *
   * @param algebra of the conditions
   */
  countedElsewhere(algebra: Inputs & Connectives): readonly Condition[] {
    return [...this.events.keys()].flatMap((input) =>
      typeof this.counting(input) === 'string' ? [] : this.counted(input, algebra),
    );
  }

  /** The condition that an input is true and counts. */
  private counted(input: number, algebra: Inputs & Connectives): Condition {
    const counts = this.counting(input);
    if (counts === 'never') return FALSE;
    const isTrue = algebra.input(input);
    return counts === 'always' ? isTrue : algebra.and(isTrue, algebra.not(algebra.input(counts.unless)));
  }

  /** Inputs of which fewer true ones are preferred among as many faults: those of faults that go on. */
  isLasting(input: number): boolean {
    return kindOf(this.events[input]).lasting;
  }

  /**
   * What an input adds to the cost of a fault set, so that costs compare as fault sets do in which as many inputs are
   * {@link countedElsewhere}: the fewest faults, then the latest crashes.
   */
  costOf(input: number): number {
    const mostLasting = this.events.length + 1;
    return (this.counting(input) === 'always' ? mostLasting : 0) + (this.isLasting(input) ? 1 : 0);
  }

  /** The most faults of an admissible fault set. */
  get largest(): number {
    return Math.min(boundOf(this.bounds, 'faults'), mostFaults(this));
  }

  /** Whether a fault within the bounds may happen beside others. */
  joins(fault: Fault, others: readonly Fault[]): boolean {
    const kind = kindOf(fault);
    return (
      others.length < boundOf(this.bounds, 'faults') && kind.joins(fault, ofKind(kind, others), this.bounds)
    );
  }

  /** Whether `a` is `b` or smaller. */
  isWithin(a: FaultSet, b: FaultSet): boolean {
    const inputs = new Set(this.inputsOf(b));
    return a.length <= b.length && this.inputsOf(a).every((input) => inputs.has(input));
  }

  /** The fewest faults first, then the latest crashes, then the first in the fixed order of events. */
  compare(a: FaultSet, b: FaultSet): number {
    const inputsA = this.inputsOf(a);
    const inputsB = this.inputsOf(b);
    const lasting = (inputs: readonly number[]) => inputs.filter((input) => this.isLasting(input)).length;
    const firstDifference = inputsA.findIndex((input, i) => input !== inputsB[i]);
    const order =
      firstDifference === -1 ? 0 : inputsA[firstDifference] - (inputsB[firstDifference] ?? Infinity);
    return a.length - b.length || lasting(inputsA) - lasting(inputsB) || order;
  }

  /** True of exactly the admissible fault sets. */
  admissible(algebra: InputAlgebra): Condition {
    const holds = (event: Fault) => this.condition(algebra, event);
    const fewEnough = this.fewEnough(algebra);
    return faultKinds.reduce((all, kind) => {
      // Of most events there is nothing to be said, and there may be half a million of them.
      if (kind.entails === undefined && kind.rivals === undefined && limitOf(kind, this.bounds) === Infinity)
        return all;
      const admissible = admissibleOf(kind, kind.events(this), this.bounds, holds, algebra);
      return algebra.and(all, admissible);
    }, fewEnough);
  }

  /**
   * That there are no more faults of all kinds together than the bounds admit; from the last timestep backward. Of what
   * goes on and ends, one row after the other: a diagram would else have to tell apart which of all rows were on.
   */
  private fewEnough(algebra: InputAlgebra): Condition {
    const most = boundOf(this.bounds, 'faults');
    if (most >= mostFaults(this)) return TRUE;
    const inputs = [...this.events.keys()].reverse();
    const rows = groupBy(inputs, (input) => {
      const event = this.events[input];
      const ends = typeof kindOf(event).counts(event, this.bounds) !== 'string';
      return ends ? `${event.kind} ${this.rowOf(event)!}` : undefined;
    });
    const counted = [...rows.values()].flat().map((input) => this.counted(input, algebra));
    return countedExactly(most, counted, algebra).reduce((any, each) => algebra.or(any, each), FALSE);
  }

  /** What its world answers, for whoever asks nothing of conditions but to be told them. */
  surroundings(algebra: Inputs & Connectives): Surroundings {
    return surroundingsOf(algebra, this.worldEvents(algebra), this.bounds);
  }

  /** The world in which conditions are functions of the inputs. */
  world(algebra: InputAlgebra): World {
    return worldOf(algebra, this.worldEvents(algebra), this.bounds);
  }

  private worldEvents(algebra: Inputs): WorldEvents {
    return {
      holds: (event) => this.condition(algebra, event),
      ...(this.known ??= { wide: wideEvents(this.events), named: authorsNames(this.events) }),
      at: (time) => (this.byTime ??= eventsByTime(this.events))(time),
    };
  }

  private condition(algebra: Inputs, event: Fault): Condition {
    const input = this.inputOf(event);
    return input === undefined ? FALSE : algebra.input(input);
  }

  /** Whom an event happens to, among all events of its kind. */
  rowOf(event: Fault): number | undefined {
    return kindOf(event).row(event, this.places, this.bounds);
  }
}
