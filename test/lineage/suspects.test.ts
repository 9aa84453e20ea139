/** Which places are told first, by what is said of them. */
import { describe, expect, it } from 'vitest';
import { suspectsAmong, type Statement, type Suspicion } from '../../src/lineage/suspects.js';

const [a, b, c] = ['onMessage.a', 'onMessage.b', 'onStart'].map((by) => ({ by, place: undefined }));

function said(place: typeof a, ...evidence: readonly Suspicion[]): readonly Statement[] {
  return evidence.map((each) => ({ ...place, evidence: each }));
}

function ranked(...statements: readonly (readonly Statement[])[]): readonly string[] {
  return suspectsAmong([a, b, c], statements.flat(), new Set(['onStart'])).map(({ by }) => by);
}

describe('places that are told', () => {
  it('are those that most speaks against, two at most', () => {
    const weak = { kind: 'last' } as const;
    const strong = { kind: 'idle', calls: 3 } as const;
    expect(ranked(said(a, weak), said(b, strong))).toEqual(['onMessage.b', 'onMessage.a']);
    expect(ranked(said(a, weak, { kind: 'decided' }), said(b, weak))).toEqual(['onMessage.a', 'onMessage.b']);
    expect(ranked(said(c, strong), said(b, weak), said(a, weak))).toEqual(['onStart', 'onMessage.a']);
  });

  it('are in the order of the code where as much speaks against each', () => {
    const last = { kind: 'last' } as const;
    expect(ranked(said(b, last), said(a, last))).toEqual(['onMessage.a', 'onMessage.b']);
  });

  it('are no places of which nothing is said, and come last where they only start a run', () => {
    expect(ranked()).toEqual([]);
    const later = { kind: 'changed', after: 1 } as const;
    expect(ranked(said(c, later), said(b, { kind: 'last' }))).toEqual(['onMessage.b', 'onStart']);
  });

  it('have what weighs most first, and what is said twice once, as it weighs most', () => {
    const statements = said(
      a,
      { kind: 'last' },
      { kind: 'changed', after: 0 },
      { kind: 'changed', after: 2 },
    );
    const [{ evidence }] = suspectsAmong([a], [...statements, ...statements], new Set());
    expect(evidence).toEqual([{ kind: 'changed', after: 2 }, { kind: 'last' }]);
  });
});
