/** A run of handlers as others see it: what it may be told to do, and what it leaves behind. */
import { FALSE, type Algebra, type Condition } from '../algebra.js';
import type { Calls, EventId, OutboxId } from './calls.js';
import { HandlerError } from './errors.js';
import type { History } from './history.js';
import type { LocalId } from './locals.js';
import { recordedText } from './operations/record.js';
import type { ConditionalRecorded } from './operations/watch.js';
import type { Canonical } from './plain.js';

export interface HandlerRunOptions {
  /** Told of everything sent that may be, in the order sent, whether it arrives or not. */
  readonly onSent?: (packet: Packet) => void;
  /** Told of every step that a node in some state took. */
  readonly onStep?: (step: HandlerStep) => void;
  /** Told of each timestep before anything happens at it. */
  readonly onTime?: (time: number) => void;
  /** Called now and then; may throw to stop the run. */
  readonly checkpoint?: () => void;
  /** The most distinct local states of all nodes; default no limit. */
  readonly localStateLimit?: number;
}

/** What one event made a node send to one destination, by places among the nodes. */
export interface Packet {
  readonly from: number;
  readonly to: number;
  /** When it was sent. */
  readonly time: number;
  readonly messages: readonly EventId[];
  /** Whether they do not leave the sender, which stopped in the midst of the timestep. Default: they do. */
  readonly kept?: true;
}

/** One node in one state handles one event, or the messages of one packet. */
export interface HandlerStep {
  readonly node: number;
  readonly time: number;
  readonly cause:
    | { readonly kind: 'event'; readonly event: EventId }
    /** `sent`: when; `came`: when that came, where it waited since then. */
    | {
        readonly kind: 'packet';
        readonly from: number;
        readonly sent: number;
        readonly came?: number;
        readonly packet: OutboxId;
      };
  readonly before: LocalId;
  readonly after: LocalId;
  readonly outbox: OutboxId;
}

/** A local state of a node at a time, under a condition. */
export interface ConditionalState {
  readonly local: LocalId;
  /** The node is down, and stays as it was when it stopped. */
  readonly crashed: boolean;
  readonly condition: Condition;
}

/** What the outside may see of a node at a time. */
export interface ConditionalView {
  readonly observation: Canonical;
  readonly crashed: boolean;
  readonly condition: Condition;
}

/** The local states of a finished run. */
export class HandlerEvaluation {
  /** @param states by time, then node */
  constructor(
    private readonly calls: Calls,
    private readonly algebra: Algebra,
    readonly history: History,
    private readonly states: readonly (readonly (readonly ConditionalState[])[])[],
  ) {}

  /** @param node its place among the nodes */
  statesOf(node: number, time: number): readonly ConditionalState[] {
    return this.states[time][node];
  }

  /** Distinct views, those of states that look alike merged. @throws HandlerError */
  viewsOf(node: number, time: number): readonly ConditionalView[] {
    const views = new Map<string, ConditionalView>();
    for (const { local, crashed, condition } of this.states[time][node]) {
      const observation = this.observe(node, local, time, condition);
      const key = `${crashed ? 'crashed' : 'correct'} ${observation.text}`;
      const before = views.get(key)?.condition ?? FALSE;
      views.set(key, { observation, crashed, condition: this.algebra.or(before, condition) });
    }
    return [...views.values()];
  }

  /** What a node may have recorded of operations in a timestep. */
  recordedOf(node: number, time: number): readonly ConditionalRecorded[] {
    const all = new Map<string, ConditionalRecorded>();
    for (const { local, condition } of this.states[time][node]) {
      const { recorded } = this.calls.locals.get(local);
      const text = recordedText(recorded);
      const before = all.get(text)?.condition ?? FALSE;
      all.set(text, { recorded, condition: this.algebra.or(before, condition) });
    }
    return [...all.values()];
  }

  private observe(node: number, local: LocalId, time: number, condition: Condition): Canonical {
    this.calls.condition = condition;
    try {
      return this.calls.observe(node, local, time);
    } catch (error) {
      throw error instanceof HandlerError ? error.under(condition) : error;
    }
  }
}
