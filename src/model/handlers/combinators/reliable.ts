/** Messages of some types are sent until they are acknowledged, and each arrives once. */
import type { HandlerProtocol } from '../protocol.js';
import { layered, withHandlers, type Layer } from './layer.js';
import {
  acknowledgementOf,
  isPosted,
  newPost,
  post,
  postAgain,
  receive,
  renumber,
  settle,
  type Post,
} from './post.js';

/** @param every in timesteps, from 1 */
export function withReliable(
  protocol: HandlerProtocol,
  { messages, every }: { readonly messages: readonly string[]; readonly every: number },
): HandlerProtocol {
  const layer: Layer<Post> = {
    memory: newPost,
    started: renumber,
    ticked(memory, context) {
      postAgain(memory, every, context);
    },
    sent(memory, to, message, context) {
      if (messages.includes(message.type)) post(memory, to, message, every, context);
      else context.send(to, message);
    },
    arrived(memory, message, context, give) {
      if (isPosted(message, messages)) receive(memory, message, context, give);
      else give(message);
    },
    own: Object.fromEntries(messages.map((type) => [acknowledgementOf(type), settle])),
  };
  return withHandlers(protocol, (handlers) => layered(handlers, layer));
}
