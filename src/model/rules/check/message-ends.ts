/** Where messages go to and come from: what makes a column a location. */
import type { Atom, Head, Program } from '../program.js';
import { isPositive, rulesOf } from '../walk.js';

/** A head or a premise whose first column names a node. */
export interface MessageEnd {
  readonly end: 'destination' | 'sender';
  readonly atom: Head | Atom;
}

/** Of every `@async` rule its head, to whose first column the message goes, and its first positive atom, from whose it comes. */
export function messageEnds(program: Program): readonly MessageEnd[] {
  return rulesOf(program)
    .filter(({ timing }) => timing === 'async')
    .flatMap(({ head, body }) => {
      const sender = body.find(isPositive);
      const destination: MessageEnd = { end: 'destination', atom: head };
      return sender === undefined ? [destination] : [destination, { end: 'sender', atom: sender }];
    });
}
