/**
 * What properties may ask beside what nodes show: the time, who is down since when or started again, and which faults have
 * happened. It is all of the world, and nothing of the protocol; and it is worked out where somebody asks.
 */
import { FALSE, TRUE, type Condition } from '../algebra.js';
import type { World } from '../world.js';
import { answerText, certain, type Possibilities, type Possibility } from './cells/cell.js';
import type { HistoryQuestion } from './cells/question.js';

/** When something last happened to a node, by the text of that time. */
type Times = ReadonlyMap<string, Possibility>;

/** Of a node at a time. */
interface NodeHistory {
  /** Since when it is down; undefined where it is up. */
  readonly downSince: Times;
  /** When it last started again. */
  readonly restarted: Times;
}

const NEVER: Times = new Map([[answerText(undefined), { value: undefined, condition: TRUE }]]);

export class History {
  /** By node, then time from 0. */
  private readonly nodes: NodeHistory[][];

  constructor(
    private readonly world: World,
    private readonly names: readonly string[],
  ) {
    this.nodes = names.map(() => [{ downSince: NEVER, restarted: NEVER }]);
  }

  get faultKinds(): readonly string[] {
    return this.world.faultKinds;
  }

  /** @param time now */
  answers(question: HistoryQuestion, time: number): Possibilities {
    switch (question.kind) {
      case 'time':
        return certain(time);
      case 'downSince':
      case 'restarted':
        return this.of(question.node, question.before === true ? time - 1 : time)[question.kind];
      case 'quiet':
        return this.whether(this.world.algebra.not(this.happened(time - question.timesteps, time)));
      case 'happened':
        return this.whether(this.happened(0, time, question.fault));
    }
  }

  private whether(condition: Condition): Possibilities {
    const { algebra } = this.world;
    return new Map([
      ['false', { value: false, condition: algebra.not(condition) }],
      ['true', { value: true, condition }],
    ]);
  }

  /** After one time, and up to another. */
  private happened(after: number, until: number, kind?: string): Condition {
    let any: Condition = FALSE;
    for (let time = Math.max(1, after + 1); time <= until; time++)
      any = this.world.algebra.or(any, this.world.happening(time, kind));
    return any;
  }

  private of(node: number, time: number): NodeHistory {
    const known = this.nodes[node];
    for (let next = known.length; next <= time; next++) known.push(this.after(node, next, known[next - 1]));
    return known[time];
  }

  private after(node: number, time: number, { downSince, restarted }: NodeHistory): NodeHistory {
    const { world } = this;
    const { algebra } = world;
    const up = downSince.get(answerText(undefined))?.condition ?? FALSE;
    const stops = algebra.and(up, algebra.not(world.running(this.names[node], time)));
    const starts = algebra.and(algebra.not(up), world.restarts(this.names[node], time));
    const stays = changed(downSince, undefined, starts, world);
    return {
      downSince: changed(stays, time, stops, world),
      restarted: changed(restarted, time, starts, world),
    };
  }
}

/** The same, but for a condition under which it is something else. */
function changed(times: Times, value: number | undefined, condition: Condition, { algebra }: World): Times {
  if (condition === FALSE) return times;
  const next = new Map<string, Possibility>();
  for (const [text, each] of times) {
    const stays = algebra.and(each.condition, algebra.not(condition));
    if (stays !== FALSE) next.set(text, { ...each, condition: stays });
  }
  const text = answerText(value);
  const before = next.get(text)?.condition ?? FALSE;
  return next.set(text, { value, condition: algebra.or(before, condition) });
}
