/** Messages of some types are held back until others, that their sender has sent before, are acknowledged. */
import type { HandlerProtocol, MessageLike } from '../protocol.js';
import { layered, withHandlers, type AnyContext, type Layer } from './layer.js';
import {
  acknowledgementOf,
  isOpen,
  isPosted,
  newPost,
  post,
  postAgain,
  receive,
  renumber,
  settle,
  type Post,
} from './post.js';

/** By how many receivers messages that are sent in one call have to be acknowledged. */
export type Quorum = 'all' | 'majority' | number;

interface Memory extends Post {
  /** What each call sent that is not yet acknowledged by enough of its receivers, the first call first. */
  rounds: Round[];
  /** In the order in which they are to be sent. */
  held: Held[];
  /** Calls that have sent anything to be acknowledged. */
  calls: number;
  /** In the call that is being made. */
  sending: { keys: string[]; held: Omit<Held, 'until'>[] };
}

interface Round {
  readonly call: number;
  readonly keys: readonly string[];
}

interface Held {
  readonly to: string;
  readonly message: MessageLike;
  /** It waits for the rounds up to this call. */
  readonly until: number;
}

export function withAcknowledged(
  protocol: HandlerProtocol,
  {
    messages,
    after,
    by,
    every,
  }: {
    readonly messages: readonly string[];
    readonly after: readonly string[];
    readonly by: Quorum;
    readonly every: number;
  },
): HandlerProtocol {
  const layer: Layer<Memory> = {
    memory: () => ({ ...newPost(), rounds: [], held: [], calls: 0, sending: nothing() }),
    started: renumber,
    ticked(memory, context) {
      postAgain(memory, every, context);
    },
    sent(memory, to, message, context) {
      if (after.includes(message.type)) memory.sending.keys.push(post(memory, to, message, every, context));
      else if (messages.includes(message.type)) memory.sending.held.push({ to, message });
      else context.send(to, message);
    },
    arrived(memory, message, context, give) {
      if (isPosted(message, after)) receive(memory, message, context, give);
      else give(message);
    },
    returned(memory, context) {
      const { keys, held } = memory.sending;
      if (keys.length === 0 && held.length === 0) return;
      if (keys.length > 0) memory.rounds.push({ call: ++memory.calls, keys: [...keys] });
      memory.held.push(...held.map((each) => ({ ...each, until: memory.calls })));
      memory.sending = nothing();
      release(memory, by, context);
    },
    own: Object.fromEntries(
      after.map((type) => [
        acknowledgementOf(type),
        (memory, message, context) => {
          settle(memory, message, context);
          release(memory, by, context);
        },
      ]),
    ),
  };
  return withHandlers(protocol, (handlers) => layered(handlers, layer));
}

function nothing(): Memory['sending'] {
  return { keys: [], held: [] };
}

/** Sends what waits for nothing any more. */
function release(memory: Memory, by: Quorum, context: AnyContext): void {
  const rounds = memory.rounds.filter(
    ({ keys }) => keys.filter((key) => !isOpen(memory, key)).length < needed(by, keys.length),
  );
  if (rounds.length < memory.rounds.length) memory.rounds = rounds;
  const first = rounds.at(0)?.call ?? Infinity;
  const ready = memory.held.filter(({ until }) => until < first);
  if (ready.length === 0) return;
  memory.held = memory.held.filter(({ until }) => until >= first);
  for (const { to, message } of ready) context.send(to, message);
}

/** Of so many that a message was sent to, and no more than there are. */
function needed(by: Quorum, receivers: number): number {
  if (by === 'all') return receivers;
  return by === 'majority' ? Math.floor(receivers / 2) + 1 : Math.min(by, receivers);
}
