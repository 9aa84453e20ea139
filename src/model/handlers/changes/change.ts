/** Changes of protocols by handlers: what combinators make of them. What a change is for is said as data, as of rules. */
import { withAcknowledged } from '../combinators/acknowledged.js';
import { withKept } from '../combinators/kept.js';
import { withReliable } from '../combinators/reliable.js';
import { withRetries } from '../combinators/retrying.js';
import type { HandlerProtocol } from '../protocol.js';

/** One combinator or several, each around what those before it made. */
export interface HandlerChange {
  readonly mendings: readonly Mending[];
}

/** What one combinator does, by the types of messages, and by the fields of states, that it is about. */
export type Mending =
  /** These messages are sent again until they are acknowledged. */
  | { readonly kind: 'send reliably'; readonly messages: readonly string[] }
  /** They are sent again until an answer comes, after so many timesteps. */
  | {
      readonly kind: 'ask again';
      readonly ask: readonly string[];
      readonly answers: readonly string[];
      readonly every: number;
    }
  /** They wait until others are acknowledged by all that they were sent to, or by a majority. */
  | {
      readonly kind: 'hold back';
      readonly messages: readonly string[];
      readonly after: readonly string[];
      readonly by: 'all' | 'majority';
    }
  /** These fields are on disk; none for the whole state. */
  | { readonly kind: 'keep fields'; readonly fields: readonly string[] };

/** The protocol as it is with a change. */
export function mended(protocol: HandlerProtocol, { mendings }: HandlerChange): HandlerProtocol {
  return mendings.reduce(mendedBy, protocol);
}

/** Whether a change does all that another does. */
export function doesAllOf({ mendings }: HandlerChange, other: HandlerChange): boolean {
  return other.mendings.every((each) => mendings.some((mending) => includes(mending, each)));
}

function includes(mending: Mending, other: Mending): boolean {
  if (mending.kind === 'send reliably' && other.kind === 'send reliably')
    return other.messages.every((type) => mending.messages.includes(type));
  if (mending.kind === 'keep fields' && other.kind === 'keep fields')
    return (
      mending.fields.length === 0 ||
      (other.fields.length > 0 && other.fields.every((field) => mending.fields.includes(field)))
    );
  // How often is another matter.
  if (mending.kind === 'ask again' && other.kind === 'ask again')
    return other.ask.every((type) => mending.ask.includes(type));
  return JSON.stringify(mending) === JSON.stringify(other);
}

function mendedBy(protocol: HandlerProtocol, mending: Mending): HandlerProtocol {
  switch (mending.kind) {
    case 'send reliably':
      return withReliable(protocol, { messages: mending.messages, every: 1 });
    case 'ask again':
      return withRetries(protocol, mending);
    case 'hold back':
      return withAcknowledged(protocol, { ...mending, every: 1 });
    case 'keep fields':
      return withKept(protocol, mending.fields.length === 0 ? undefined : mending.fields);
  }
}
