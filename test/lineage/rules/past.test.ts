import { describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { happenedFaults } from '../../../src/injector/happened.js';
import { goalsOf, outcomeOf, replay } from '../../../src/injector/replay.js';
import { isViolated, type Message } from '../../../src/injector/run.js';
import { concreteWorld } from '../../../src/injector/world.js';
import { pastOf as lineagePast } from '../../../src/lineage/lineage.js';
import { lineageOfRules } from '../../../src/lineage/rules/lineage.js';
import { recordRun } from '../../../src/lineage/rules/record.js';
import type { Tuple } from '../../../src/model/rules/program.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { Evaluator } from '../../../src/model/rules/evaluate/evaluator.js';

/** The messages of a run to EOT 5 that its violation may rest on, as `relation(columns)@sent`. */
function pastOf(text: string, faults: FaultSet = []): readonly string[] {
  const { checked, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const evaluator = new Evaluator(checked!, { nodes: ['a', 'b'], eot: 5 });
  const run = replay(evaluator, faults);
  expect(isViolated(run)).toBe(true);
  const past = run.messages.filter(({ causal }) => causal).map(named);
  expect(new Set(past)).toEqual(new Set(pastByLineage(evaluator, faults)));
  return past;
}

/** The same by the names that lineage gives. */
function pastByLineage(evaluator: Evaluator, faults: FaultSet): readonly string[] {
  const recorded = recordRun(evaluator, concreteWorld(faults));
  const goals = goalsOf(outcomeOf(recorded.evaluation, evaluator.eot), evaluator);
  const lineage = lineageOfRules(recorded, happenedFaults(faults), goals);
  return [...lineagePast(lineage)].flatMap((name) => {
    const vertex = lineage.vertices.get(name)!;
    if (vertex.kind !== 'message') return [];
    const [, ...payload] = vertex.payload as Tuple;
    return [named({ ...vertex, payload })];
  });
}

function named({ name, payload, sent }: Pick<Message, 'name' | 'payload' | 'sent'>): string {
  return `${name}(${(payload as Tuple).join()})@${sent}`;
}

const sends = 'm("b", X)@async :- sends("a", X);';
const keeps = 'm(B, X)@next :- m(B, X);';
const noise = 'noise("b", X)@async :- noisy("a", X); noisy("a", 1)@1; noisy("a", 2)@2; noisy("a", 3)@4;';

describe('the causal past of a violation', () => {
  it.each([
    [
      'has every message that `pre` was derived from, each time that it was',
      `${sends} ${keeps} sends("a", 1)@1; sends("a", 1)@3; pre(B) :- m(B, 1); post(B) :- m(B, 2);`,
      ['m(1)@1', 'm(1)@3'],
    ],
    [
      'has what stood against `post`, however many steps before',
      `put("b", V)@async :- puts("a", V); puts("a", "new")@1; puts("a", "old")@2;
       holds(B, V)@next :- put(B, V); holds(B, V)@next :- holds(B, V), notin put(B, _);
       fine(B) :- holds(B, "new"); pre("b") :- puts("a", _)@1; post(B) :- fine(B);`,
      ['put(old)@2'],
    ],
    [
      'has nothing that stood against another tuple',
      `put("b", K, V)@async :- puts("a", K, V); puts("a", "x", 1)@1; puts("a", "x", 2)@2; puts("a", "y", 3)@3;
       holds(B, K, V)@next :- put(B, K, V); holds(B, K, V)@next :- holds(B, K, V), notin put(B, K, _);
       pre("b", "x", 1) :- puts("a", _, _)@1; post(B, K, V) :- holds(B, K, V);`,
      ['put(x,2)@2'],
    ],
    [
      'has what stood for the lack of something that `pre` did without',
      `${sends} ${keeps} sends("a", 1)@1; calm(B) :- peer(B), notin alarm(B); alarm(B) :- peer(B), notin quiet(B);
       quiet(B) :- m(B, X), X == 1; peer("b")@5; pre(B) :- calm(B); post(B) :- alarm(B);`,
      ['m(1)@1'],
    ],
    [
      'has those that make a count too great',
      `${sends} ${keeps} sends("a", 1)@1; sends("a", 2)@2; sends("a", 3)@3; total(B, count<X>) :- m(B, X);
       peer("b")@5; pre(B) :- peer(B); post(B) :- total(B, 2);`,
      ['m(1)@1', 'm(2)@2', 'm(3)@3'],
    ],
    [
      'has what keeps a count small that `pre` rests on',
      `${sends} ${keeps} sends("a", 1)@1; sends("a", 2)@2; vote("b", 1)@5; vote("b", 2)@5; vote("b", 3)@5;
       total(B, count<X>) :- vote(B, X), notin m(B, X); pre(B) :- total(B, 1); post(B) :- m(B, 9);`,
      ['m(1)@1', 'm(2)@2'],
    ],
    [
      'has what an absolute time reads',
      `${sends} sends("a", 1)@1; sends("a", 2)@2; peer("b")@5;
       pre(B) :- peer(B); post(B) :- peer(B), notin m(B, 2)@3;`,
      ['m(2)@2'],
    ],
  ])('%s', (_, text, past) => {
    expect(pastOf(`${text} ${noise}`.replaceAll('\n', ' '))).toEqual(past);
  });

  it('is empty where nothing is violated', () => {
    const text = `${sends} sends("a", 1)@4; pre(B) :- m(B, _); post(B) :- m(B, _);`;
    const evaluator = new Evaluator(readDedalusText(text).checked!, { nodes: ['a', 'b'], eot: 5 });
    expect(replay(evaluator, []).messages.map(({ causal }) => causal)).toEqual([false]);
  });
});
