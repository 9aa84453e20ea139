/**
 * Names what the inputs of conditions mean: `lost(a,b,t)` for each admissible omission, and `down(n,t)`, "n
 * has crashed at or before t". A fault set is the set of its true inputs, and one fault set is smaller than
 * another exactly where its true inputs are a strict subset: dropping a fault or crashing later removes some.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../model/algebra.js';
import type { World } from '../model/evaluate/evaluator.js';
import type { Bounds } from './bounds.js';
import { compareFaults, type Crash, type Fault, type FaultSet, type Omission } from './faults.js';

/** An algebra with numbered inputs. */
export interface InputAlgebra extends Algebra {
  input(number: number): Condition;
}

export class FaultSpace {
  /** Input i is that of `events[i]`: `lost` of an omission, `down` from the time of a crash on. In fixed order. */
  readonly events: readonly Fault[];
  private readonly places: ReadonlyMap<string, number>;
  /** By what happens to whom (see `rowOf`), then time. */
  private readonly inputs: (number | undefined)[][] = [];

  constructor(
    readonly nodes: readonly string[],
    readonly bounds: Bounds,
  ) {
    this.places = new Map(nodes.map((node, place) => [node, place]));
    this.events = [...omissions(nodes, bounds), ...crashes(nodes, bounds)].sort(compareFaults);
    this.events.forEach((event, number) => {
      (this.inputs[this.rowOf(event)!] ??= [])[event.time] = number;
    });
  }

  /** Undefined where the event is outside the bounds. */
  inputOf(event: Fault): number | undefined {
    const row = this.rowOf(event);
    return row === undefined ? undefined : this.inputs[row]?.[event.time];
  }

  /** The inputs that are true of a fault set, ascending. */
  inputsOf(faults: FaultSet): readonly number[] {
    return faults
      .flatMap((fault) => (fault.kind === 'crash' ? this.downInputs(fault) : [this.inputOf(fault)!]))
      .sort((a, b) => a - b);
  }

  /** The fault set of which exactly these inputs, ascending, are true. */
  faultsOf(inputs: readonly number[]): FaultSet {
    const down = new Set<string>();
    return inputs
      .map((input) => this.events[input])
      .filter((event) => {
        if (event.kind === 'omission') return true;
        if (down.has(event.node)) return false;
        down.add(event.node);
        return true;
      });
  }

  /** Inputs of which the true ones count the faults: every `lost`, and `down` at the last admissible time. */
  isCounted(input: number): boolean {
    const event = this.events[input];
    return event.kind === 'omission' || event.time === this.bounds.eot - 1;
  }

  /**
   * What an input adds to the cost of a fault set, so that costs compare as fault sets do: the fewest
   * faults, then the latest crashes.
   */
  costOf(input: number): number {
    const timesDown = this.events.length + 1;
    return (this.isCounted(input) ? timesDown : 0) + (this.events[input].kind === 'crash' ? 1 : 0);
  }

  /** The most faults of an admissible fault set. */
  get largest(): number {
    const omissions = this.events.filter((event) => event.kind === 'omission').length;
    return omissions + Math.min(this.bounds.crashes, this.nodes.length);
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
    const choices = faults.map((fault) => (fault.kind === 'omission' ? 2 : this.bounds.eot - fault.time + 1));
    return choices.reduce((product, some) => product * some, 1);
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

  /** The fault sets that have one fault less, or one crash a timestep later. */
  stepsDown(faults: FaultSet): readonly FaultSet[] {
    return faults.flatMap((fault) => {
      const others = faults.filter((other) => other !== fault);
      const delayed = this.withinFault(fault)
        .slice(1, 2)
        .map((event) => [event, ...others].sort(compareFaults));
      return [others, ...delayed];
    });
  }

  /**
   * True of exactly the admissible fault sets: few enough nodes are down, and who is down stays down. It is built
   * from the last timestep backward, so that a diagram of it never has to tell more sets of nodes apart than may be down.
   */
  admissible(algebra: InputAlgebra): Condition {
    let condition = this.fewEnoughCrashes(algebra);
    for (const event of [...this.events].reverse()) {
      if (event.kind === 'crash' && event.time + 1 < this.bounds.eot) {
        const stays = this.down(algebra, later(event));
        const recovers = algebra.and(this.down(algebra, event), algebra.not(stays));
        condition = algebra.and(condition, algebra.not(recovers));
      }
    }
    return condition;
  }

  /** The world in which conditions are functions of the inputs. */
  world(algebra: InputAlgebra): World {
    return {
      algebra,
      channel: (from, to, time) => {
        const lost = this.condition(algebra, { kind: 'omission', from, to, time });
        const down = this.down(algebra, { kind: 'crash', node: from, time });
        return algebra.not(algebra.or(lost, down));
      },
      down: (node, time) =>
        this.down(algebra, { kind: 'crash', node, time: Math.min(time, this.bounds.eot - 1) }),
    };
  }

  /** The fault itself and, of a crash, the same at each later time. */
  private withinFault(fault: Fault): readonly Fault[] {
    if (fault.kind === 'omission') return [fault];
    const length = this.bounds.eot - fault.time;
    return Array.from({ length }, (_, i) => ({ ...fault, time: fault.time + i }));
  }

  private down(algebra: InputAlgebra, event: Crash): Condition {
    return this.condition(algebra, event);
  }

  private condition(algebra: InputAlgebra, event: Fault): Condition {
    const input = this.inputOf(event);
    return input === undefined ? FALSE : algebra.input(input);
  }

  private downInputs(crash: Crash): readonly number[] {
    return this.withinFault(crash).map((event) => this.inputOf(event)!);
  }

  /** One for each channel and, in place of a channel to itself, for each node; undefined where there is none. */
  private rowOf(event: Fault): number | undefined {
    if (event.kind === 'crash') return this.rowBetween(event.node, event.node);
    return event.from === event.to ? undefined : this.rowBetween(event.from, event.to);
  }

  private rowBetween(from: string, to: string): number | undefined {
    const place = this.places.get(from);
    const other = this.places.get(to);
    return place === undefined || other === undefined ? undefined : place * this.nodes.length + other;
  }

  /** After each node, whether exactly so many have crashed, up to the bound: a sequential counter. */
  private fewEnoughCrashes(algebra: InputAlgebra): Condition {
    const last = this.bounds.eot - 1;
    let exactly: Condition[] = [TRUE];
    for (const node of this.nodes) {
      const crashed = this.down(algebra, { kind: 'crash', node, time: last });
      const next = exactly.map((condition) => algebra.and(condition, algebra.not(crashed)));
      exactly.forEach((condition, count) => {
        if (count < this.bounds.crashes) {
          next[count + 1] = algebra.or(next[count + 1] ?? FALSE, algebra.and(condition, crashed));
        }
      });
      exactly = next;
    }
    return exactly.reduce((any, condition) => algebra.or(any, condition), FALSE);
  }
}

function later(event: Crash): Crash {
  return { ...event, time: event.time + 1 };
}

function omissions(nodes: readonly string[], { eff }: Bounds): readonly Omission[] {
  // By time first: without one, there is nothing to be said of pairs of thousands of nodes.
  return times(eff).flatMap((time) =>
    nodes.flatMap((from) =>
      nodes.flatMap((to) => (from === to ? [] : ({ kind: 'omission', from, to, time } as const))),
    ),
  );
}

function crashes(nodes: readonly string[], bounds: Bounds): readonly Crash[] {
  if (bounds.crashes === 0) return [];
  return nodes.flatMap((node) => times(bounds.eot).map((time): Crash => ({ kind: 'crash', node, time })));
}

/** 1..end-1 */
function times(end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - 1) }, (_, i) => i + 1);
}
