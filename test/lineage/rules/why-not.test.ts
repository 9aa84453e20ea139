/** Why rules did not derive something: what each of them failed on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { happenedFaults } from '../../../src/injector/happened.js';
import { concreteWorld } from '../../../src/injector/world.js';
import type { FactGoal } from '../../../src/lineage/rules/reasons.js';
import { recordRun } from '../../../src/lineage/rules/record.js';
import { whyNotDerived } from '../../../src/lineage/rules/why-not.js';
import type { Attempt, WhyNot } from '../../../src/lineage/why-not.js';
import { Evaluator } from '../../../src/model/rules/evaluate/evaluator.js';
import { generatedProgram } from '../../generators/dedalus.js';
import { checkedProgram, NODES } from '../../model/rules/evaluate/runs.js';
import { told } from '../told.js';

const NOTHING: FaultSet = [];

function whyNot(text: string, goal: FactGoal, faults: FaultSet = NOTHING, depth?: number): WhyNot {
  const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot: 4 });
  return whyNotDerived(recordRun(evaluator, concreteWorld(faults)), happenedFaults(faults), goal, depth);
}

/** A line for each absence and each failure, those behind it further in. */
function lines({ what, attempts, ends }: WhyNot): readonly string[] {
  const behind = attempts.flatMap((attempt) => failureLines(attempt).map((line) => `  ${line}`));
  return [`${told(what)}${ends === undefined ? '' : ` (${ends})`}`, ...behind];
}

function failureLines({ by, time, failure }: Attempt): readonly string[] {
  const head = by.slice(0, by.indexOf(' :-'));
  switch (failure.kind) {
    case 'missing':
      return [
        `${head}@${time} lacks ${failure.premise.text}`,
        ...failure.missing.flatMap(lines).map((line) => `  ${line}`),
      ];
    case 'present':
      return [`${head}@${time} fails ${failure.premise.text}: ${failure.against.map(told).join(' ')}`];
    case 'comparison':
      return [`${head}@${time} fails ${failure.premise.text}: ${JSON.stringify(failure.values)}`];
    case 'lost':
      return [`${head}@${time} lost by ${failure.faults.join()}`];
    case 'aggregate':
    case 'differs':
    case 'lacks':
      return [`${head}@${time} ${failure.kind}`];
  }
}

const GREETING = `p("a", "b", 1)@1; p("a", "c", 2)@1; p(X, Y, N)@next :- p(X, Y, N);
  m(Y, X, N)@async :- p(X, Y, N), notin quiet(X, _);
  quiet("b", 1)@1;
  heard(X, N) :- N > 1, m(X, _, N), notin quiet(X, _);
  told(X) :- heard(X, N), m(X, Y, N + 1);
  most(X, max<N>) :- m(X, _, N);`;

const goal = (relation: string, pattern: FactGoal['pattern'], time: number) => ({ relation, pattern, time });

describe('why rules did not derive something', () => {
  it.each<[string, FactGoal, readonly string[]]>([
    [
      'is the first premise that nothing satisfies, and why there is nothing',
      goal('told', ['a'], 2),
      [
        'no told("a")@2',
        '  told(X)@2 lacks heard(X, N)',
        '    no heard("a", _)@2',
        '      heard(X, N)@2 lacks m(X, _, N)',
        '        no m("a", _, _)@2',
        '          m(Y, X, N)@async@1 lacks p(X, Y, N)',
        '            no p(_, "a", _)@1',
      ],
    ],
    [
      'is a comparison, with the values that it is of, once they are bound',
      goal('heard', ['b', null], 2),
      ['no heard("b", _)@2', '  heard(X, N)@2 fails N > 1: [[1,1]]'],
    ],
    [
      'is what may depend on what went before in the rule',
      goal('told', ['c'], 2),
      [
        'no told("c")@2',
        '  told(X)@2 lacks m(X, Y, N + 1)',
        '    no m("c", _, 3)@2',
        '      m(Y, X, N)@async@1 lacks p(X, Y, N)',
        '        no p(_, "c", 3)@1',
      ],
    ],
    [
      'is an aggregate of other values',
      goal('most', ['c', 7], 2),
      ['no most("c", 7)@2', '  most(X, max<N>)@2 aggregate'],
    ],
    ['is nothing of what no rule derives', goal('quiet', ['c', null], 1), ['no quiet("c", _)@1']],
  ])('%s', (_, asked, expected) => {
    expect(lines(whyNot(GREETING, asked))).toEqual(expected);
  });

  it('is a fact that should not be there', () => {
    const text = `${GREETING} quiet("c", 1)@2;`;
    expect(lines(whyNot(text, goal('heard', ['c', 2], 2)))).toEqual([
      'no heard("c", 2)@2',
      '  heard(X, N)@2 fails notin quiet(X, _): quiet("c", 1)@2',
    ]);
  });

  it('is a message that was lost, whoever of those that a rule leaves open sent it', () => {
    const text = `p("a", "b")@1; p("b", "b")@1; m(Y)@async :- p(_, Y);`;
    const both: FaultSet = ['a', 'c'].map((from) => ({ kind: 'omission', from, to: 'b', time: 1 }));
    expect(lines(whyNot(text, goal('m', ['c'], 2), both))).toEqual([
      'no m("c")@2',
      '  m(Y)@async@1 lacks p(_, Y)',
      '    no p(_, "c")@1',
    ]);
    const other = text.replace('p("b", "b")', 'p("c", "b")');
    expect(lines(whyNot(other, goal('m', ['b'], 2), both))).toEqual([
      'no m("b")@2',
      '  m(Y)@async@1 lost by drop a->b@1',
    ]);
  });

  it('is a message that was lost, with the faults that took it', () => {
    const faults: FaultSet = [{ kind: 'omission', from: 'a', to: 'c', time: 1 }];
    expect(lines(whyNot(GREETING, goal('m', ['c', 'a', null], 2), faults))).toEqual([
      'no m("c", "a", _)@2',
      '  m(Y, X, N)@async@1 lost by drop a->c@1',
    ]);
  });

  it('ends at a depth, and points to the text', () => {
    const found = whyNot(GREETING, goal('told', ['a'], 2), NOTHING, 1);
    expect(lines(found)).toEqual([
      'no told("a")@2',
      '  told(X)@2 lacks heard(X, N)',
      '    no heard("a", _)@2 (deeper)',
    ]);
    const [{ place, failure }] = found.attempts;
    if (failure.kind !== 'missing' || place === undefined) throw new Error('that is what it fails on');
    const { source, start, end } = failure.premise.place;
    expect(source.text.slice(start, end)).toBe('heard(X, N)');
    expect(place.source.text.slice(place.start, place.end)).toContain('told(X) :-');
  });

  it('is refused of what is so, and of what there is not', () => {
    expect(() => whyNot(GREETING, goal('p', ['a', null, null], 1))).toThrow(RangeError);
    expect(() => whyNot(GREETING, goal('nothing', [], 1))).toThrow(RangeError);
  });

  it('tells of every rule that might have derived it, and of nothing that is so', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ text, nodes, bounds }) => {
        const evaluator = new Evaluator(checkedProgram(text), { nodes, eot: bounds.eot });
        const run = recordRun(evaluator, concreteWorld([]));
        const { arity } = evaluator.relation('post').tuples;
        const pattern = new Array<null>(arity).fill(null);
        const asked = { relation: 'post', pattern, time: bounds.eot };
        fc.pre(run.evaluation.factsOf('post', bounds.eot).length === 0);
        const walk = ({ what, attempts, ends }: WhyNot): void => {
          if (what.kind !== 'absence' || what.of.kind !== 'fact') throw new Error('only facts are asked for');
          const { relation, pattern: absent } = what.of;
          const matching = run.evaluation
            .factsOf(relation, what.time)
            .filter(({ tuple }) =>
              absent.every((value, column) => value === null || value === tuple[column]),
            );
          expect(matching).toEqual([]);
          if (ends === undefined && absent.every((value) => value === null)) {
            const deductive = evaluator.rulesFor(relation).filter(({ timing }) => timing === 'deductive');
            for (const { span } of deductive) expect(attempts.map(({ place }) => place)).toContain(span);
          }
          for (const { failure } of attempts) {
            if (failure.kind === 'missing') failure.missing.forEach(walk);
            if (failure.kind === 'present') expect(failure.against).not.toEqual([]);
          }
        };
        walk(whyNotDerived(run, happenedFaults([]), asked));
      }),
      { numRuns: 50 },
    );
  });
});
