import { expect, it } from 'vitest';
import { concreteWorld } from '../../../src/injector/world.js';
import { HandlerError } from '../../../src/model/handlers/errors.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import type { AnyHandlers, HandlerProtocol } from '../../../src/model/handlers/protocol.js';

const nodes = ['a', 'b'];

/** Node a does something at its start; b remembers every note that it gets. */
function protocol(onStart: AnyHandlers['onStart']): HandlerProtocol {
  return {
    kind: 'handlers',
    handlers: {
      messages: {},
      init: () => [],
      onStart: (state, context) => (context.self === 'a' ? onStart!(state, context) : undefined),
      onMessage: {
        note: (state, message) => [...(state as readonly unknown[]), (message as { text?: unknown }).text],
      },
      observe: (state) => state,
    },
    specification: {},
  };
}

/** What b has at time 2. */
function received(onStart: AnyHandlers['onStart']): unknown {
  const evaluation = new HandlerEvaluator(protocol(onStart), { nodes, eot: 2 }).run(concreteWorld([]));
  return evaluation.viewsOf(1, 2)[0].observation.value;
}

it('sends a message as it was, whatever becomes of its object', () => {
  const sent = received((_, { send }) => {
    const note = { type: 'note', text: ['first'] };
    send('b', note);
    note.text.push('second');
    send('b', note);
  });
  expect(sent).toEqual([['first'], ['first', 'second']]);
});

it.each([
  ['an unknown node', 'unknown node', 'c', { type: 'note' }],
  ['an unknown message', 'unknown message', 'b', { type: 'nota' }],
  ['a function', 'not plain', 'b', { type: 'note', text: () => 1 }],
])('refuses %s even where the handler catches it', (_, kind, to, message) => {
  const swallowing = () =>
    received((state, { send }) => {
      try {
        send(to, message);
      } catch {
        // The handler goes on as if nothing had happened.
      }
      return state;
    });
  expect(swallowing).toThrow(HandlerError);
  expect(swallowing).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ kind }) as object }),
  );
});
