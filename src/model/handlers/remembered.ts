/**
 * What handlers were seen to do: by node, event and local state, and by what they asked for, which is the time or a fault. So
 * one call is remembered for all times and fault sets of which it asked nothing.
 */
import type { AskedFor, Happening, Unanswered } from './invoke.js';
import type { LocalId } from './locals.js';
import type { EventId, OutboxId } from './event-table.js';

export interface Effect {
  readonly local: LocalId;
  readonly outbox: OutboxId;
}

/** What a call is remembered by. */
export interface CallPlace {
  readonly node: number;
  readonly local: LocalId;
  readonly eventId: EventId;
  readonly time: number;
  readonly happens: Happening;
}

/** By the names of faults, whether they happened. */
export type AskedFaults = ReadonlyMap<string, boolean>;

/** What comes of an event in a local state, or what is asked for first. */
type Remembered = Effect | Asking;

interface Asking {
  readonly question: string;
  /** By the answer. */
  readonly ways: Map<number | boolean, Remembered>;
}

/** The name of the question what time it is; no fault has it. */
const TIME = '';

export class RememberedEffects {
  /** By node, event and local state. */
  private readonly effects: Map<LocalId, Remembered>[][];

  /** @param nodes how many there are */
  constructor(nodes: number) {
    this.effects = Array.from({ length: nodes }, () => []);
  }

  /** Undefined where no such call was made; what is asked for, where that has no answer. */
  of({ node, local, eventId, time, happens }: CallPlace): Effect | Unanswered | undefined {
    let known: Remembered | undefined = this.effects[node][eventId]?.get(local);
    while (known !== undefined && 'question' in known) {
      const { question, ways }: Asking = known;
      const answer = question === TIME ? time : happens(question);
      if (answer === undefined) return { asks: question };
      known = ways.get(answer);
    }
    return known;
  }

  /** @param asked what the call asked for, in that order */
  add({ node, local, eventId }: CallPlace, effect: Effect, asked: readonly AskedFor[]): Effect {
    const byLocal = (this.effects[node][eventId] ??= new Map<LocalId, Remembered>());
    byLocal.set(local, remembering(byLocal.get(local), asked, effect));
    return effect;
  }

  /** Whether a node was seen to handle an event, in any state. */
  knows(node: number, eventId: EventId): boolean {
    return this.effects[node][eventId] !== undefined;
  }

  /** The faults that a call which was made asked for, and whether they happened. */
  askedBy({ happens, ...place }: CallPlace): AskedFaults {
    const asked = new Map<string, boolean>();
    const noting = (name: string) => {
      const answer = happens(name);
      if (answer !== undefined) asked.set(name, answer);
      return answer;
    };
    this.of({ ...place, happens: noting });
    return asked;
  }
}

/** What is remembered, with one more way that begins with what was asked on it. */
function remembering(
  known: Remembered | undefined,
  [first, ...later]: readonly AskedFor[],
  effect: Effect,
): Remembered {
  if (first === undefined) return effect;
  const question = first.kind === 'time' ? TIME : first.name;
  const isSame = known !== undefined && 'question' in known && known.question === question;
  const asking = isSame ? known : { question, ways: new Map<number | boolean, Remembered>() };
  asking.ways.set(first.answer, remembering(asking.ways.get(first.answer), later, effect));
  return asking;
}
