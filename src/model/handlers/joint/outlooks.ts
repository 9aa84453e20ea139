/**
 * What may become of one node at the next time, as far as it is known what is sent to it at this one. That depends on its
 * own state and on what was sent to it alone, however many states all nodes together are in. Of what it was, and of what was
 * sent to it, no more is kept than makes a difference to that, and to what it shows; so that states which differ in
 * anything else are one as soon as the node has had its turn, and with every packet again.
 */
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import { NO_ALTERNATIVES } from './alternatives.js';
import { Courses, type WhoAndWhen } from './courses.js';
import { NO_VIEW } from './joint-judge.js';
import type { JointSetting } from './joint-setting.js';
import { NOTHING_LOST } from './losses.js';
import { RowTable } from './row-table.js';
import { hasStopped, isOut, localOf, moved, situationOf, type Situation } from './situations.js';
import { choices, happening, NOTHING_HAPPENS, type NodeTurn } from './node-turns.js';

/** Names an outlook; equal ones have equal numbers. */
export type OutlookId = number;

/** Where an outlook has no such part. */
const NONE = -1;

export class Outlooks {
  /** What the node shows, what becomes of it if it is down, and if it is up; or else what these are to be found by. */
  private readonly table = new RowTable(4);
  private readonly courses: Courses;
  /** By situation. */
  private readonly begun: OutlookId[] = [];
  /** Situations with packets, each after those before it: from whom, and what. */
  private readonly unopened = new RowTable(3);
  /** How many nodes there are of which what is sent to this one may be lost; and whether it may be down next. */
  private readonly lossy: number;
  private readonly mayStop: boolean;
  private readonly mayBeOut: boolean;

  /** @param at the time of what is sent */
  constructor(
    private readonly setting: JointSetting,
    private readonly at: WhoAndWhen,
  ) {
    const { calls, faults } = setting;
    const next = { node: at.node, time: at.time + 1 };
    this.courses = new Courses(setting, next);
    this.mayStop = faults.mayStop(next.node, next.time);
    this.mayBeOut = faults.mayBeOut(next.node, next.time);
    const senders = [...calls.nodes.keys()];
    this.lossy = senders.filter((from) => faults.mayLose(from, at.node, at.time)).length;
  }

  /** Before anything is sent to the node. @throws HandlerError */
  of(situation: Situation): OutlookId {
    return (this.begun[situation] ??= this.begin(situation));
  }

  /** The same, not looked into before it is known that it comes to that. */
  unlooked(situation: Situation): OutlookId {
    return this.unlookedAfter(this.unopened.placeOf(situation, NONE, NONE));
  }

  /** What a node sends is sent to this one. @throws HandlerError */
  receive(outlook: OutlookId, from: number, packet: OutboxId): OutlookId {
    const unopened = this.table.at(outlook, 3);
    if (unopened !== NONE) return this.unlookedAfter(this.unopened.placeOf(unopened, from, packet));
    const courses = this.table.at(outlook, 2);
    if (courses === NO_ALTERNATIVES) return outlook;
    return this.place(
      this.table.at(outlook, 0),
      this.table.at(outlook, 1),
      this.courses.receive(courses, from, packet),
    );
  }

  /** It has come to that. @throws HandlerError */
  looked(outlook: OutlookId): OutlookId {
    const unopened = this.table.at(outlook, 3);
    return unopened === NONE ? outlook : this.open(unopened);
  }

  /** What the node shows now, as the judge numbers it. */
  view(outlook: OutlookId): number {
    return this.table.at(outlook, 0);
  }

  /** All that may become of the node. */
  turns(outlook: OutlookId): readonly NodeTurn[] {
    const down = this.table.at(outlook, 1);
    return [
      ...(down === NONE ? [] : this.turnsDown(down)),
      ...this.turnsUp(this.courses.get(this.table.at(outlook, 2))),
    ];
  }

  private begin(situation: Situation): OutlookId {
    const { judge, eot } = this.setting;
    const { node, time } = this.at;
    // Of what has stopped for good it matters what it shows, and no more.
    const settled = hasStopped(situation) ? judge.alike(node, situation, time) : situation;
    const view = judge.looksAt(time) ? judge.viewOf(node, settled, time) : NO_VIEW;
    if (time === eot) return this.place(view, NONE, NO_ALTERNATIVES);
    const courses = hasStopped(settled) ? NO_ALTERNATIVES : this.courses.begin(settled);
    return this.place(view, this.downOf(settled), courses);
  }

  private open(unopened: number): OutlookId {
    const from = this.unopened.at(unopened, 1);
    const before = this.unopened.at(unopened, 0);
    if (from === NONE) return this.of(before);
    return this.receive(this.open(before), from, this.unopened.at(unopened, 2));
  }

  private unlookedAfter(unopened: number): OutlookId {
    return this.table.placeOf(NONE, NONE, NONE, unopened);
  }

  private place(view: number, down: number, courses: number): OutlookId {
    return this.table.placeOf(view, down, courses, NONE);
  }

  /** What becomes of the node if it is down, by a situation in which the same may; or {@link NONE}. */
  private downOf(before: Situation): Situation {
    const { calls, judge } = this.setting;
    const { node, time } = this.at;
    const local = calls.locals.unrecorded(localOf(before));
    if (this.mayBeOut) return moved(before, local);
    if (!hasStopped(before) && !this.mayStop) return NONE;
    const stopped = judge.alike(node, situationOf(local, true, false), time);
    return situationOf(localOf(stopped), hasStopped(before), false);
  }

  private turnsDown(before: Situation): readonly NodeTurn[] {
    const stop = choices(!hasStopped(before) && this.mayStop);
    const outs = choices(this.mayBeOut);
    const all = stop.flatMap((stops) => outs.map((out) => ({ stops, out })));
    return all
      .filter(({ stops, out }) => stops || out || hasStopped(before))
      .map(({ stops, out }) => ({
        situation: situationOf(localOf(before), stops || hasStopped(before), out),
        outbox: NOTHING_SENT,
        happens: happening({ stops, goesOut: out && !isOut(before), out }),
        ways: 1n << BigInt(this.lossy),
        losses: NOTHING_LOST,
      }));
  }

  private turnsUp(courses: ReturnType<Courses['get']>): readonly NodeTurn[] {
    const ways = courses.reduce((sum, course) => sum + course.ways, 0n);
    const visited = this.setting.visited[this.at.node];
    return courses.map((course) => {
      visited.add(course.local);
      return {
        situation: situationOf(course.local, false, false),
        outbox: course.outbox,
        happens: NOTHING_HAPPENS,
        // What was not sent may be lost as well.
        ways: (course.ways << BigInt(this.lossy)) / ways,
        losses: course.losses,
      };
    });
  }
}
