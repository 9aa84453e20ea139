/** What an evaluator promises of its runs, whatever the program. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultConditions } from '../../../../src/injector/fault-conditions.js';
import { FaultSpace } from '../../../../src/injector/fault-space.js';
import { longestDelay } from '../../../../src/injector/world.js';
import { randomFaultSet } from '../../../../src/injector/enumerate.js';
import type { FaultSet } from '../../../../src/injector/faults.js';
import { concreteWorld } from '../../../../src/injector/world.js';
import { premiseKey } from '../../../../src/model/rules/evaluate/firing.js';
import {
  Evaluator,
  type Evaluation,
  type SentMessage,
} from '../../../../src/model/rules/evaluate/evaluator.js';
import type { Firing, FiringPremise } from '../../../../src/model/rules/evaluate/firing.js';
import { SolverPool } from '../../../../src/solver/pool.js';
import { generatedProgram, type GeneratedProgram } from '../../../generators/dedalus.js';
import { checkedProgram, run, tuplesAt } from './runs.js';

/** A random program with two of its admissible fault sets. */
const underFaults = generatedProgram().chain((generated) => {
  const space = new FaultSpace(generated.nodes, generated.bounds);
  const faults = fc
    .infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
    .map((stream) => randomFaultSet(space, () => stream.next().value as number));
  return fc.record({ generated: fc.constant(generated), faults, others: faults });
});

function evaluatorOf({ text, nodes, bounds }: GeneratedProgram, goals?: readonly string[]): Evaluator {
  return new Evaluator(checkedProgram(text), {
    nodes,
    eot: bounds.eot,
    longestDelay: longestDelay(bounds),
    ...(goals && { goals }),
  });
}

function holds(evaluation: Evaluation, premise: FiringPremise): boolean {
  const { relation, time } = premise;
  const extent = evaluation.extent(relation, time);
  if (extent === undefined) return false;
  if (premise.kind === 'present') return extent.condition(premise.row) === 1;
  return extent.rows.some((row) => relation.tuples.matches(row, premise.columns, premise.key));
}

/** Every fact of a run, sorted. */
function allFacts(evaluator: Evaluator, evaluation: Evaluation): readonly string[] {
  const times = Array.from({ length: evaluator.eot }, (_, i) => i + 1);
  return evaluator.relations
    .flatMap(({ name }) =>
      times.flatMap((time) =>
        evaluation.factsOf(name, time).map(({ tuple }) => JSON.stringify([time, name, ...tuple])),
      ),
    )
    .sort();
}

describe('a run for goals alone', async () => {
  const goals = ['pre', 'post'];
  const factory = await new SolverPool().factory('cadical');

  it('gives them the conditions that the run for everything does', () => {
    fc.assert(
      fc.property(generatedProgram(), (generated) => {
        const space = new FaultSpace(generated.nodes, generated.bounds);
        const limits = { circuitLimit: 1_000_000, diagramLimit: 1_000_000 };
        const { conditions } = faultConditions(space, limits, () => factory.create());
        const [some, all] = [goals, undefined].map((wanted) => {
          const evaluation = evaluatorOf(generated, wanted).run(space.world(conditions));
          return goals.map((goal) =>
            evaluation
              .factsOf(goal, generated.bounds.eot)
              .map(({ tuple, condition }) => [JSON.stringify(tuple), conditions.admissibleEdge(condition)])
              .sort(([a], [b]) => (a! < b! ? -1 : 1)),
          );
        });
        expect(some).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out what serves the specification alone, until EOT', () => {
    const text = `p("a", "b")@1; p(X, Y)@next :- p(X, Y); log(X) :- p(X, _); helper(X) :- p(X, _), notin early(X)@1;
      early(X) :- p(X, _); pre(X) :- helper(X); post(X) :- helper(X);`;
    const some = run(text, 3, [], { goals });
    const at = (relation: string) => [1, 2, 3].map((time) => tuplesAt(some, relation, time).length);
    expect(Object.fromEntries(['p', 'log', 'early', 'helper'].map((name) => [name, at(name)]))).toEqual({
      p: [2, 1, 1].map(() => 1),
      log: [0, 0, 0],
      early: [1, 0, 0],
      helper: [0, 0, 0],
    });
    expect(some.evaluation.firings).toBeLessThan(run(text, 3).evaluation.firings);
  });
});

describe('the firings that a run tells of', () => {
  it('rest on what held and on what was absent, and are the reasons of all that was derived', () => {
    fc.assert(
      fc.property(underFaults, ({ generated, faults }) => {
        const evaluator = evaluatorOf(generated);
        const firings: Firing[] = [];
        const evaluation = evaluator.run(concreteWorld(faults), { onFiring: (each) => firings.push(each) });
        for (const { head, premises, channel, rule, time } of firings) {
          for (const premise of premises) expect(holds(evaluation, premise)).toBe(premise.kind === 'present');
          expect(holds(evaluation, head)).toBe(true);
          if (channel === undefined) continue;
          expect(rule.timing).toBe('async');
          const { from, to } = channel;
          expect(concreteWorld(faults).deliveries(from, to, time)).toContainEqual({
            time: head.time,
            condition: 1,
          });
        }
        const reasoned = new Set([...evaluator.given, ...firings.map(({ head }) => head)].map(premiseKey));
        const held = evaluator.relations
          .filter(({ name }) => !evaluator.builtIn.has(name))
          .flatMap((relation) =>
            Array.from({ length: evaluator.eot }, (_, i) => i + 1).flatMap((time) => {
              const extent = evaluation.extent(relation, time);
              const rows = extent?.rows ?? [];
              return rows.map((row) => premiseKey({ kind: 'present', relation, row, time }));
            }),
          );
        expect([...reasoned].sort()).toEqual(held.sort());
      }),
    );
  });

  it('are as many, of the same facts, where nobody listens', () => {
    fc.assert(
      fc.property(underFaults, ({ generated, faults }) => {
        // Recursion may tell of a firing twice, as the order has it in which an evaluator first met the tuples.
        const [told, untold] = [{ onFiring: () => undefined }, {}].map((options) => {
          const evaluator = evaluatorOf(generated);
          const evaluation = evaluator.run(concreteWorld(faults), options);
          return { facts: allFacts(evaluator, evaluation), firings: evaluation.firings };
        });
        expect(untold).toEqual(told);
      }),
    );
  });

  it.each([
    ['what was there before', 'p("a", 1)@1; p(X, N)@next :- p(X, N);', [1, 1, 1]],
    ['what the next timestep has already', 'p("a", 1)@1; p("b", 2)@2; p(X, N)@next :- p(X, N);', [1, 2, 2]],
    [
      'what is sent there first',
      'p("a", 1)@1; p("b", N)@async :- p("a", N); p(X, N)@next :- p(X, N);',
      [1, 2, 2],
    ],
    [
      'columns in their places',
      'p("a", "b")@1; p(X, Y)@next :- p(X, Y); p(X, X)@next :- p(X, _);',
      [1, 2, 2],
    ],
    ['equal columns alone', 'p("a", "b")@1; p("b", "b")@1; p(X, X)@next :- p(X, X);', [2, 1, 1]],
  ])('keep %s', (_, text, counts) => {
    const { evaluator, evaluation } = run(text, 3, []);
    const { evaluation: told } = run(text, 3, [], { onFiring: () => undefined });
    expect([1, 2, 3].map((time) => evaluation.factsOf('p', time).length)).toEqual(counts);
    expect(allFacts(evaluator, evaluation)).toEqual(allFacts(evaluator, told));
  });

  it('do not rest on absences from a time yet to come', () => {
    const firings: Firing[] = [];
    const text =
      'p("a")@1; r("a")@1; r(X)@next :- r(X); q(X) :- p(X), notin r(X)@2, notin s(X)@1, notin s(X);';
    run(text, 2, [], { onFiring: (each) => firings.push(each) });
    const [firing] = firings.filter(({ rule }) => rule.head.relation === 'q');
    expect(firing.premises.map(premiseKey)).toEqual(['p#0@1', '!s#0=0@1', '!s#0=0@1']);
  });

  it('are all of them, one for each binding', () => {
    const firings: Firing[] = [];
    const text = 'p("a", 1)@1; p("a", 2)@1; q("a", 1)@1; q("a", 2)@1; r(X) :- p(X, N), q(X, M), N <= M;';
    run(text, 1, [], { onFiring: (each) => firings.push(each) });
    const premises = firings.map((each) => each.premises.map(premiseKey).sort().join(' ')).sort();
    expect(premises).toEqual(['p#0@1 q#0@1', 'p#0@1 q#1@1', 'p#1@1 q#1@1']);
  });
});

describe('the messages that a run tells of', () => {
  it('are all that are sent to others, lost or not', () => {
    const text =
      'p("a", "a")@1; p("a", "b")@1; p("a", "c")@1; p(X, Y)@next :- p(X, Y); m(Y, X)@async :- p(X, Y);';
    const faults: FaultSet = [
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'crash', node: 'a', time: 2 },
    ];
    const sent: SentMessage[] = [];
    const { evaluator } = run(text, 3, faults, { onMessage: (message) => sent.push(message) });
    expect(
      sent.map(({ relation, row, from, time }) => [
        from,
        evaluator.tuple(evaluator.relation(relation.name), row).length,
        time,
      ]),
    ).toEqual([
      ['a', 2, 1],
      ['a', 2, 1],
      ['a', 2, 2],
      ['a', 2, 2],
    ]);
  });

  it('have ends that are nodes', () => {
    expect(() => run('p("a")@1; m("z")@async :- p(X);', 2)).toThrow('missing node at time 1');
  });
});

describe('a checkpoint', () => {
  const busy = `n("a", 0)@1; n(X, N + 1) :- n(X, N), N < 300; pair(X, N, M) :- n(X, N), n(X, M);`;

  it('is called at every timestep, and within a long one, with what was done so far', () => {
    const calls: [number, number][] = [];
    const { evaluation } = run(busy, 3, [], { checkpoint: (time, firings) => calls.push([time, firings]) });
    expect([...new Set(calls.map(([time]) => time))]).toEqual([1, 2, 3]);
    expect(calls.filter(([time]) => time === 1).length).toBeGreaterThan(1);
    expect(calls.map(([, firings]) => firings)).toEqual(
      calls.map(([, firings]) => firings).sort((a, b) => a - b),
    );
    expect(evaluation.firings).toBe(300 + 301 * 301);
    expect(evaluation.facts).toBe(1 + 300 + 301 * 301);
  });

  it('ends the run by throwing', () => {
    const enough = new Error('enough');
    const checkpoint = (_: number, firings: number) => {
      if (firings > 0) throw enough;
    };
    expect(() => run(busy, 3, [], { checkpoint })).toThrow(enough);
  });
});

describe('an evaluator', () => {
  it('runs the same again, whatever it ran between', () => {
    fc.assert(
      fc.property(underFaults, ({ generated, faults, others }) => {
        const evaluator = evaluatorOf(generated);
        const first = allFacts(evaluator, evaluator.run(concreteWorld(faults)));
        const other = allFacts(evaluator, evaluator.run(concreteWorld(others)));
        expect(allFacts(evaluator, evaluator.run(concreteWorld(faults)))).toEqual(first);
        const fresh = evaluatorOf(generated);
        expect(allFacts(fresh, fresh.run(concreteWorld(others)))).toEqual(other);
      }),
    );
  });

  it('knows nothing of relations, tuples and times that there are not', () => {
    const { evaluator, evaluation } = run('p("a", 1)@1;', 2);
    expect(evaluation.condition('p', ['a', 1], 1)).toBe(1);
    expect(evaluation.condition('p', ['a', 1], 2)).toBe(0);
    expect(evaluation.condition('p', ['a', 2], 1)).toBe(0);
    expect(evaluation.condition('q', ['a'], 1)).toBe(0);
    expect(evaluation.factsOf('q', 1)).toEqual([]);
    expect(evaluation.factsOf('p', 9)).toEqual([]);
    expect(evaluator.find('q')).toBeUndefined();
    expect(() => evaluator.relation('q')).toThrow('no relation q');
  });
});
