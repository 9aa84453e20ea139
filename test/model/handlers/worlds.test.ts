/** What handlers do in worlds in which messages are late, come twice, and nodes start again. */
import { expect, it } from 'vitest';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import type { HandlerProtocol } from '../../../src/model/handlers/protocol.js';
import { disturbed, type Disturbances } from '../worlds.js';

const nodes = ['a', 'b', 'c'];

/** Everyone tells the others the time at each timestep, and keeps what it was told, and when it started. */
const telling: HandlerProtocol = {
  kind: 'handlers',
  handlers: {
    messages: {},
    init: () => [],
    onStart: (state, { time, broadcast }) => {
      broadcast({ type: 'told', time } as never);
      return [...(state as readonly string[]), `start@${time}`];
    },
    onTick: (_, { time, broadcast }) => {
      broadcast({ type: 'told', time } as never);
    },
    onMessage: {
      told: (state, message, { from, time }) => [
        ...(state as readonly string[]),
        `${from}@${(message as unknown as { time: number }).time} at ${time}`,
      ],
    },
    observe: (state) => state,
  },
  specification: {},
};

/** What c has at a time. */
function toldTo(node: string, eot: number, disturbances: Disturbances): unknown {
  const evaluation = new HandlerEvaluator(telling, { nodes, eot }).run(disturbed(disturbances));
  return evaluation.viewsOf(nodes.indexOf(node), eot)[0].observation.value;
}

it('handles what arrives in time before what is late, by sender, then by when it was sent', () => {
  // What a sends at 1 and 2, and b at 1, arrives at 4 as well.
  const arrivals = (from: string, to: string, sent: number) => {
    const isLate = to === 'c' && ((from === 'a' && sent <= 2) || (from === 'b' && sent === 1));
    return isLate ? [sent + 1, 4] : [sent + 1];
  };
  const told = toldTo('c', 4, { arrivals }) as readonly string[];
  expect(told.filter((each) => each.endsWith('at 4'))).toEqual([
    'a@3 at 4',
    'b@3 at 4',
    'a@1 at 4',
    'a@2 at 4',
    'b@1 at 4',
  ]);
});

it('lets later messages overtake one that is late, and hears of none that arrives after EOT', () => {
  const arrivals = (from: string, _: string, sent: number) => [
    from === 'a' && sent !== 2 ? sent + 2 : sent + 1,
  ];
  const told = toldTo('b', 4, { arrivals }) as readonly string[];
  expect(told.filter((each) => each.startsWith('a'))).toEqual(['a@2 at 3', 'a@1 at 3']);
});

it('does nothing while a node is down, loses what would arrive, and starts again with nothing', () => {
  const isDown = (node: string, time: number) => node === 'c' && (time === 2 || time === 3);
  expect(toldTo('c', 2, { isDown })).toEqual(['start@1']);
  expect(toldTo('c', 4, { isDown })).toEqual(['start@4', 'a@3 at 4', 'b@3 at 4']);
  expect((toldTo('a', 5, { isDown }) as readonly string[]).filter((each) => each.startsWith('c'))).toEqual([
    'c@1 at 2',
    'c@4 at 5',
  ]);
});
