/**
 * What may become of one node at one time, by which faults: it stops, or handles what there is to handle and whatever
 * arrives. That depends on the node's own state and on what was sent to it alone, however many states all nodes together
 * are in.
 */
import { compareStrings } from '../../order.js';
import { NOTHING_SENT, type Calls, type EventId, type OutboxId } from '../calls.js';
import type { LocalId } from '../locals.js';
import { RowTable } from './row-table.js';
import type { Stretch } from './joint-states.js';
import type { StepFault, StepFaults } from './step-faults.js';

/** A local state of a node, and whether it has stopped in that for good, and is out. */
export type Situation = number;

export function situationOf(local: LocalId, stopped: boolean, out: boolean): Situation {
  return 4 * local + 2 * Number(stopped) + Number(out);
}

export function localOf(situation: Situation): LocalId {
  return situation >> 2;
}

/** For good. */
export function hasStopped(situation: Situation): boolean {
  return (situation & 2) !== 0;
}

/** It goes on to be so for all that is known of outages, also where it has stopped for good meanwhile. */
export function isOut(situation: Situation): boolean {
  return (situation & 1) !== 0;
}

export function isDown(situation: Situation): boolean {
  return (situation & 3) !== 0;
}

/** The same in another local state. */
export function moved(situation: Situation, local: LocalId): Situation {
  return 4 * local + (situation & 3);
}

/** What may become of a node, by sets of the faults that may concern it. */
export interface NodeTurn extends Stretch {
  /** The number of the situation that it comes to, together with what it sends. */
  readonly end: number;
  /** Whether it stops for good now, and whether an outage begins. */
  readonly stops: boolean;
  readonly goesOut: boolean;
}

/** What a node came to by itself. */
interface Begun {
  readonly local: LocalId;
  readonly outbox: OutboxId;
}

/** A turn that has not come to its end. */
interface Course extends Begun {
  readonly ways: bigint;
  readonly faults: readonly StepFault[];
}

const never = (): boolean => false;

/** Of which node, and at which time, turns are. */
interface WhoAndWhen {
  readonly node: number;
  readonly time: number;
  /** Whether what is sent then never arrives. */
  readonly isLast: boolean;
}

export class NodeTurns {
  private readonly inputs: RowTable;
  /** By input. */
  private readonly numbers: number[] = [];
  private readonly prospects: (readonly NodeTurn[])[] = [];
  private readonly byText = new Map<string, number>();

  /**
   * @param visited is told of each local state that the node comes to
   * @param ends numbers situations together with what is sent
   */
  constructor(
    private readonly calls: Calls,
    private readonly faults: StepFaults,
    private readonly at: WhoAndWhen,
    private readonly visited: Set<LocalId>,
    private readonly ends: RowTable,
  ) {
    this.inputs = new RowTable(1 + calls.nodes.length);
  }

  get node(): number {
    return this.at.node;
  }

  /** All that may become of the node. */
  prospect(number: number): readonly NodeTurn[] {
    return this.prospects[number];
  }

  /**
   * The number of what may become of the node: the same where the same may, by the same faults.
   *
   * @param input the situation of the node, then what each node has sent to it
   * @throws HandlerError
   */
  prospectOf(input: Int32Array): number {
    const place = this.inputs.place(input);
    return (this.numbers[place] ??= this.numberOf(this.find(input)));
  }

  private numberOf(turns: readonly NodeTurn[]): number {
    const inOrder = [...turns].sort((a, b) => a.end - b.end);
    const text = inOrder.map(textOf).join('; ');
    let number = this.byText.get(text);
    if (number === undefined) this.byText.set(text, (number = this.prospects.push(inOrder) - 1));
    return number;
  }

  private endOf(situation: Situation, outbox: OutboxId): number {
    return this.ends.place(Int32Array.of(situation, this.at.isLast ? NOTHING_SENT : outbox));
  }

  private find(input: Int32Array): readonly NodeTurn[] {
    const { faults } = this;
    const { node, time } = this.at;
    const mayStop = !hasStopped(input[0]) && faults.mayStop(node, time);
    const outs = choices(faults.mayBeOut(node, time));
    return choices(mayStop).flatMap((stops) => outs.flatMap((out) => this.given(input, stops, out)));
  }

  private given(input: Int32Array, stops: boolean, out: boolean): readonly NodeTurn[] {
    const { faults, calls } = this;
    const { node, time } = this.at;
    const senders = calls.nodes.keys();
    const lossy = new Set([...senders].filter((from) => faults.mayLose(from, node, time - 1)));
    const [situation] = input;
    const local = localOf(situation);
    const stopped = stops || hasStopped(situation);
    if (stopped || out) {
      const goesOut = out && !isOut(situation);
      const events: StepFault[] = [];
      if (stops) events.push({ kind: 'stops', node, time });
      if (out) events.push({ kind: 'is out', node, time });
      return [
        {
          end: this.endOf(situationOf(calls.locals.unrecorded(local), stopped, out), NOTHING_SENT),
          stops,
          goesOut,
          ways: 1n << BigInt(lossy.size),
          faults: events,
          cost: Number(stops) + Number(goesOut),
        },
      ];
    }
    const begun = isDown(situation) ? this.again(local) : this.own(local);
    return this.courses(begun, input.subarray(1), lossy).map((course): NodeTurn => {
      this.visited.add(course.local);
      return {
        end: this.endOf(situationOf(course.local, false, false), course.outbox),
        stops: false,
        goesOut: false,
        ways: course.ways,
        faults: course.faults,
        cost: course.faults.length,
      };
    });
  }

  private courses(begun: Begun, packets: Int32Array, lossy: ReadonlySet<number>): readonly Course[] {
    const idle = [...lossy].filter((from) => packets[from] === NOTHING_SENT).length;
    let courses: readonly Course[] = [{ ...begun, ways: 1n << BigInt(idle), faults: [] }];
    for (const [from, packet] of packets.entries())
      if (packet !== NOTHING_SENT) courses = this.receive(courses, from, packet, lossy.has(from));
    return courses;
  }

  /** What the node does by itself. */
  private own(before: LocalId): Begun {
    const { calls } = this;
    const { node, time } = this.at;
    const ticks = time > 1 || calls.handlersOf(node).tickAtStart === true;
    let begun: Begun = { local: calls.locals.later(before), outbox: NOTHING_SENT };
    if (time === 1) begun = this.handle(begun, calls.eventId({ kind: 'start' }));
    if (ticks) begun = this.handle(begun, calls.eventId({ kind: 'tick' }));
    for (const name of [...calls.locals.due(begun.local)].sort(compareStrings)) {
      if (!calls.locals.due(begun.local).includes(name)) continue;
      const ready = { ...begun, local: calls.locals.without(begun.local, name) };
      begun = this.handle(ready, calls.eventId({ kind: 'timer', name }));
    }
    return begun;
  }

  /** What it does by itself where it was out: no timer is set. */
  private again(before: LocalId): Begun {
    const { calls } = this;
    const { node, time } = this.at;
    const restored = { local: calls.afterOutage(node, before, time), outbox: NOTHING_SENT };
    const begun = this.handle(restored, calls.eventId({ kind: 'restart' }));
    const ticks = calls.handlersOf(node).tickAtStart === true;
    return ticks ? this.handle(begun, calls.eventId({ kind: 'tick' })) : begun;
  }

  private handle({ local, outbox }: Begun, event: EventId): Begun {
    const effect = this.calls.applied(this.at.node, local, event, this.at.time, never);
    return { local: effect.local, outbox: this.calls.joined(outbox, effect.outbox) };
  }

  /** Each course with a packet, and where that may be lost, without it. */
  private receive(
    courses: readonly Course[],
    from: number,
    packet: OutboxId,
    lossy: boolean,
  ): readonly Course[] {
    const { calls } = this;
    const { node, time } = this.at;
    const loses: StepFault = { kind: 'loses', from, to: node, time: time - 1 };
    const found = new Map<string, Course>();
    const add = (course: Course): void => {
      const key = `${course.local} ${course.outbox}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, course);
      else {
        const { faults } = known.faults.length <= course.faults.length ? known : course;
        found.set(key, { ...known, ways: known.ways + course.ways, faults });
      }
    };
    for (const course of courses) {
      const effect = calls.opened(node, course.local, packet, time, never);
      const outbox = calls.joined(course.outbox, effect.outbox);
      add({ ...course, local: effect.local, outbox });
      if (lossy) add({ ...course, faults: [...course.faults, loses] });
    }
    return [...found.values()];
  }
}

/** What there is to choose of something that may be so. */
function choices(may: boolean): readonly boolean[] {
  return may ? [false, true] : [false];
}

/** All that can be told apart of a turn of one node at one time. */
function textOf({ end, stops, goesOut, ways, faults }: NodeTurn): string {
  const happens = faults.map((fault) => (fault.kind === 'loses' ? fault.from : fault.kind));
  return [end, stops, goesOut, ways, ...happens].join();
}
