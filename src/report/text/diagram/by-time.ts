/** What happens in a run, by time: found once, since the picture of a long run asks for each of its times. */
import type { Course, Message } from '../../../injector/run.js';
import { groupBy } from '../../../model/group.js';
import { inTime } from '../../../model/world.js';

/** A timer that fires, on which a violation may rest. */
export interface CausalTimer {
  readonly node: string;
  readonly name: string;
  readonly time: number;
}

export class ByTime {
  private readonly sentAt: ReadonlyMap<number, readonly Message[]>;
  private readonly lateBy: ReadonlyMap<number, readonly (readonly [arrival: number, message: Message])[]>;
  private readonly timersAt: ReadonlyMap<number, readonly CausalTimer[]>;

  constructor(readonly run: Course) {
    const { messages, events } = run;
    const late = messages.flatMap((message) =>
      [...new Set(message.arrivals)]
        .filter((arrival) => inTime(message.sent) < arrival)
        .map((arrival) => [arrival, message] as const),
    );
    const timers = events.flatMap((event) =>
      event.kind === 'timer' && event.causal === true ? [event] : [],
    );
    this.sentAt = groupBy(messages, ({ sent }) => sent);
    this.lateBy = groupBy(late, ([arrival]) => arrival);
    this.timersAt = groupBy(timers, ({ time }) => time);
  }

  sent(time: number): readonly Message[] {
    return this.sentAt.get(time) ?? [];
  }

  /** What was sent before, and arrives when what is sent at the time does. */
  late(time: number): readonly Message[] {
    return (this.lateBy.get(inTime(time)) ?? []).map(([, message]) => message);
  }

  timers(time: number): readonly CausalTimer[] {
    return this.timersAt.get(time) ?? [];
  }
}
