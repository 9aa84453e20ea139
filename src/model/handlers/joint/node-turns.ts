/**
 * What may become of one node at one time, by which faults: it stops, or handles what there is to handle and whatever
 * arrives. That depends on the node's own state and on what was sent to it alone, however many states all nodes together
 * are in.
 */
import { compareStrings } from '../../order.js';
import { NOTHING_SENT, type Calls, type EventId, type OutboxId } from '../calls.js';
import type { LocalId } from '../locals.js';
import { RowTable } from './row-table.js';
import type { StepFault, StepFaults } from './step-faults.js';

/** A local state of a node, and whether it has stopped in that. */
export type Situation = number;

export function situationOf(local: LocalId, stopped: boolean): Situation {
  return 2 * local + Number(stopped);
}

export function localOf(situation: Situation): LocalId {
  return situation >> 1;
}

export function hasStopped(situation: Situation): boolean {
  return (situation & 1) === 1;
}

/** What may become of a node. */
export interface NodeTurn {
  readonly situation: Situation;
  readonly outbox: OutboxId;
  /** Whether it stops now. */
  readonly stops: boolean;
  /** By how many sets of the faults that may concern it. */
  readonly ways: bigint;
  /** The fewest of them. */
  readonly faults: readonly StepFault[];
}

/** A turn that has not come to its end. */
interface Course {
  readonly local: LocalId;
  readonly outbox: OutboxId;
  readonly ways: bigint;
  readonly faults: readonly StepFault[];
}

const never = (): boolean => false;

export class NodeTurns {
  private readonly inputs: RowTable;
  private readonly turns: (readonly NodeTurn[])[] = [];

  /** @param visited is told of each local state that the node comes to */
  constructor(
    private readonly calls: Calls,
    private readonly faults: StepFaults,
    private readonly node: number,
    private readonly time: number,
    private readonly visited: Set<LocalId>,
  ) {
    this.inputs = new RowTable(1 + calls.nodes.length);
  }

  /**
   * @param input the situation of the node, then what each node has sent to it
   * @throws HandlerError
   */
  of(input: Int32Array): readonly NodeTurn[] {
    const number = this.inputs.place(input);
    return (this.turns[number] ??= this.find(input));
  }

  private find(input: Int32Array): readonly NodeTurn[] {
    const { node, time, faults } = this;
    const senders = this.calls.nodes.keys();
    const lossy = new Set([...senders].filter((from) => faults.mayLose(from, node, time - 1)));
    const anyhow = 1n << BigInt(lossy.size);
    const [situation] = input;
    const still = { outbox: NOTHING_SENT, ways: anyhow };
    if (hasStopped(situation)) return [{ ...still, situation, stops: false, faults: [] }];
    const local = localOf(situation);
    const turns = this.courses(local, input.subarray(1), lossy).map((course): NodeTurn => {
      this.visited.add(course.local);
      return { ...course, situation: situationOf(course.local, false), stops: false };
    });
    if (!faults.mayStop(node, time)) return turns;
    const stops: StepFault = { kind: 'stops', node, time };
    const stopped = situationOf(this.calls.locals.unrecorded(local), true);
    return [...turns, { ...still, situation: stopped, stops: true, faults: [stops] }];
  }

  private courses(local: LocalId, packets: Int32Array, lossy: ReadonlySet<number>): readonly Course[] {
    const idle = [...lossy].filter((from) => packets[from] === NOTHING_SENT).length;
    let courses: readonly Course[] = [{ ...this.own(local), ways: 1n << BigInt(idle), faults: [] }];
    for (const [from, packet] of packets.entries())
      if (packet !== NOTHING_SENT) courses = this.receive(courses, from, packet, lossy.has(from));
    return courses;
  }

  /** What the node does by itself. */
  private own(before: LocalId): Pick<Course, 'local' | 'outbox'> {
    const { calls, node, time } = this;
    let course = { local: calls.locals.later(before), outbox: NOTHING_SENT };
    const handle = (event: EventId, local = course.local) => {
      const effect = calls.applied(node, local, event, time, never);
      course = { local: effect.local, outbox: calls.joined(course.outbox, effect.outbox) };
    };
    const ticks = time > 1 || calls.handlersOf(node).tickAtStart === true;
    if (time === 1) handle(calls.eventId({ kind: 'start' }));
    if (ticks) handle(calls.eventId({ kind: 'tick' }));
    for (const name of [...calls.locals.due(course.local)].sort(compareStrings))
      if (calls.locals.due(course.local).includes(name))
        handle(calls.eventId({ kind: 'timer', name }), calls.locals.without(course.local, name));
    return course;
  }

  /** Each course with a packet, and where that may be lost, without it. */
  private receive(
    courses: readonly Course[],
    from: number,
    packet: OutboxId,
    lossy: boolean,
  ): readonly Course[] {
    const { calls, node, time } = this;
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
