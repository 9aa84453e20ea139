/** What documents say of faults that are named by what they cut. */
import * as v from 'valibot';
import { described, ordinal, text } from './words.js';

const sending = described(
  v.strictObject({
    name: described(text, 'Of rules its relation, of handlers its type.'),
    from: text,
    to: text,
    cause: described(
      v.nullable(v.strictObject({ kind: v.picklist(['message', 'call']), name: text })),
      'What made its sender send it: a message that it had received, or a call of a handler; null for neither.',
    ),
    nth: described(ordinal, 'Which it is of those that agree in all of this.'),
  }),
  'All of one name that a node sends to another at one time.',
);

const after = described(v.pipe(v.number(), v.integer('a whole number')), 'Timesteps.');

export const anchor = v.variant('kind', [
  v.strictObject({
    kind: described(
      v.literal('cuts'),
      'It begins so many timesteps after the first that it takes away is sent.',
    ),
    sendings: described(v.pipe(v.array(sending), v.minLength(1)), 'All of it that is sent at that time.'),
    after,
  }),
  v.strictObject({
    kind: described(v.literal('follows'), 'It begins so many timesteps after this first arrives.'),
    sending,
    after,
  }),
  v.strictObject({ kind: described(v.literal('time'), 'It is found by its time alone.') }),
]);
