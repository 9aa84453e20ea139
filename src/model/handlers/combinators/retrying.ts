/** A question is asked again until an answer to it comes. Whoever is asked may be asked more than once. */
import type { HandlerProtocol, MessageLike } from '../protocol.js';
import { layered, withHandlers, type Layer } from './layer.js';

interface Asking {
  /** The last question to each node that has not answered it. */
  unanswered: Map<string, Question>;
}

interface Question {
  readonly message: MessageLike;
  /** When it was asked first; 0 where that makes no difference, so that there are fewer states. */
  readonly at: number;
}

/** @param every in timesteps, from 1 */
export function withRetries(
  protocol: HandlerProtocol,
  {
    ask,
    answers,
    every,
  }: { readonly ask: readonly string[]; readonly answers: readonly string[]; readonly every: number },
): HandlerProtocol {
  const layer: Layer<Asking> = {
    memory: () => ({ unanswered: new Map() }),
    ticked({ unanswered }, context) {
      for (const [to, { message, at }] of unanswered)
        if (every === 1 || (context.time - at) % every === 0) context.send(to, message);
    },
    sent({ unanswered }, to, message, context) {
      if (ask.includes(message.type)) unanswered.set(to, { message, at: every === 1 ? 0 : context.time });
      context.send(to, message);
    },
    arrived({ unanswered }, message, { from }, give) {
      if (answers.includes(message.type)) unanswered.delete(from);
      give(message);
    },
    own: {},
  };
  return withHandlers(protocol, (handlers) => layered(handlers, layer));
}
