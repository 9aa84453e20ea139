/**
 * Messages that are sent until they are acknowledged. Each has a number of its own for its receiver, which acknowledges it as
 * often as it comes, and hands it to the protocol once.
 *
 * Neither end keeps any of that through an outage. A sender that starts again numbers its messages anew, by when it
 * did so; a receiver that does takes what comes again for new.
 */
import type { MessageLike } from '../protocol.js';
import type { AnyContext, AnyMessageContext } from './layer.js';

/** What a node remembers of the messages it sends, and of those that it got. */
export interface Post {
  /** The number of the last message to each node. */
  numbers: Map<string, number>;
  /** When the node started again last; 0 where it never did. */
  since: number;
  /** By receiver and mark. */
  unacknowledged: Map<string, Outstanding>;
  /** Senders, each with a mark. */
  received: Set<string>;
}

interface Outstanding {
  readonly to: string;
  readonly message: MessageLike;
  /** When it was sent; 0 where that makes no difference, so that there are fewer states. */
  readonly at: number;
}

/** The field of a message by which its receiver knows it again. */
const MARK = 'reliably';
type Marked = MessageLike & { readonly [MARK]?: unknown };

export function newPost(): Post {
  return { numbers: new Map(), since: 0, unacknowledged: new Map(), received: new Set() };
}

/** Types of messages by which others are acknowledged. */
export function acknowledgementOf(type: string): string {
  return `${type}.ack`;
}

/** Whoever starts again has forgotten its numbers. */
export function renumber(post: Post, context: AnyContext): void {
  if (context.restarted) post.since = context.time;
}

/** @returns what names the message to {@link isOpen} */
export function post(
  own: Post,
  to: string,
  message: MessageLike,
  every: number,
  context: AnyContext,
): string {
  const number = (own.numbers.get(to) ?? 0) + 1;
  own.numbers.set(to, number);
  const mark = own.since === 0 ? number : `${number} since ${own.since}`;
  const marked: Marked = { ...message, [MARK]: mark };
  const key = keyOf(to, mark);
  own.unacknowledged.set(key, { to, message: marked, at: every === 1 ? 0 : context.time });
  context.send(to, marked);
  return key;
}

/** Whether a message that was sent is not acknowledged. */
export function isOpen(own: Post, key: string): boolean {
  return own.unacknowledged.has(key);
}

/** Sends again what is not acknowledged. @param every in timesteps */
export function postAgain(own: Post, every: number, context: AnyContext): void {
  for (const { to, message, at } of own.unacknowledged.values())
    if (every === 1 || (context.time - at) % every === 0) context.send(to, message);
}

/** @param give is given each message once, as it was before it was sent */
export function receive(
  own: Post,
  marked: MessageLike,
  { from, send }: AnyMessageContext,
  give: (message: MessageLike) => void,
): void {
  const { [MARK]: mark, ...message } = marked as Marked;
  const key = keyOf(from, mark);
  if (!own.received.has(key)) {
    own.received.add(key);
    give(Object.freeze(message));
  }
  // After the protocol has dealt with it.
  send(from, { type: acknowledgementOf(message.type), [MARK]: mark } as Marked);
}

/** Whether a message is one of a layer that posts these types; those of a layer within are marked too. */
export function isPosted(message: MessageLike, types: readonly string[]): boolean {
  return MARK in message && types.includes(message.type);
}

/** An acknowledgement has arrived. */
export function settle(own: Post, acknowledgement: MessageLike, { from }: AnyMessageContext): void {
  own.unacknowledged.delete(keyOf(from, (acknowledgement as Marked)[MARK]));
}

function keyOf(node: string, mark: unknown): string {
  return `${node} ${String(mark)}`;
}
