/** What rules derive in worlds in which messages are late, come twice, and nodes start again. */
import { expect, it } from 'vitest';
import { Evaluator } from '../../../../src/model/rules/evaluate/evaluator.js';
import { disturbed, type Disturbances } from '../../worlds.js';
import { checkedProgram, tuplesAt } from './runs.js';

const PROGRAM = `
  know("a", "b")@1;
  clock("a", 1)@1;
  know(N, M)@next :- know(N, M);
  clock(N, T + 1)@next :- clock(N, T);
  told(M, T)@async :- clock(N, T), know(N, M);
  heard(N, T)@next :- told(N, T);
  heard(N, T)@next :- heard(N, T);
  pre(T) :- heard(_, T);
  post(T) :- pre(T);
  pre(T) :- crash(_, _, T);
`;

/** What is told to b at each time up to 5. */
function history(relation: string, disturbances: Disturbances, goals?: readonly string[]): readonly string[] {
  const evaluator = new Evaluator(checkedProgram(PROGRAM), {
    nodes: ['a', 'b'],
    eot: 5,
    longestDelay: 4,
    ...(goals !== undefined && { goals }),
  });
  const evaluation = evaluator.run(disturbed(disturbances));
  return [1, 2, 3, 4, 5].map((time) => tuplesAt({ evaluator, evaluation }, relation, time).join(','));
}

/** What is sent at 1 arrives at 4 as well; what is sent at 2, at 4 alone. */
const arrivals = (_: string, __: string, sent: number) =>
  sent === 1 ? [2, 4] : sent === 2 ? [4] : [sent + 1];

it('has a message at each time at which it arrives', () => {
  expect(history('told', { arrivals })).toEqual(['', 'b 1', '', 'b 1,b 2,b 3', 'b 4']);
});

it('derives what a late message needs, where only what it leads to is wanted', () => {
  expect(history('heard', { arrivals }, ['pre', 'post'])[4]).toBe('b 1,b 2,b 3');
  const late = (_: string, __: string, sent: number) => (sent === 1 ? [5] : []);
  expect(history('told', { arrivals: late }, ['told'])[4]).toBe('b 1');
});

it('knows of a crash where a node stops and never starts again', () => {
  const isDown = (node: string, time: number) => node === 'a' && (time === 2 || time >= 4);
  expect(history('crash', { isDown })).toEqual(new Array(5).fill('a a 4,b a 4'));
});
