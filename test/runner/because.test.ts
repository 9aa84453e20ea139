import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { causesOf } from '../../src/runner/because.js';
import { Undecided } from '../../src/runner/guard/undecided.js';
import { RuleSubject } from '../../src/runner/subjects/rules.js';

const { checked } = readDedalusText(`
  sends("a", "b")@1; sends("a", "b")@2;
  got(B)@async :- sends(A, B); kept(B) :- got(B); kept(B)@next :- kept(B);
  pre(B) :- sends(A, B)@1; post(B) :- kept(B);`);

const faults = [1, 2].map((time) => ({ kind: 'omission', from: 'a', to: 'b', time }) as const);

function causes(mostVertices?: number) {
  const options = { nodes: ['a', 'b'], eot: 4, checkpoint: () => undefined, lineage: 'causal' } as const;
  return causesOf(new RuleSubject(checked!, options), faults, mostVertices);
}

describe('the causes of a violation', () => {
  it('are told of each fault, or of none where that would take more than is allowed', () => {
    const all = causes();
    expect(all.map(({ fault }) => fault)).toEqual(faults);
    let enough = 0;
    const told = () => {
      try {
        return causes(enough);
      } catch (error) {
        if (error instanceof Undecided) return undefined;
        throw error;
      }
    };
    while (told() === undefined) enough++;
    expect(enough).toBeGreaterThan(faults.length);
    for (enough of [enough, enough + 1, 10 * enough]) expect(told()).toEqual(all);
  });
});
