/** Explanations told in fewer words say the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAlike, type Told } from '../../../src/report/explanations/fold.js';

const KINDS: readonly Told['kind'][] = ['so', 'absent', 'code', 'fault'];

/** Of few words, so that much of it is alike. */
function trees(depth = 4): fc.Arbitrary<Told> {
  const behind = depth === 0 ? fc.constant([]) : fc.array(trees(depth - 1), { maxLength: 3 });
  return fc
    .record({
      kind: fc.constantFrom(...KINDS),
      before: fc.constantFrom('p@', 'q@'),
      time: fc.integer({ min: 1, max: 4 }),
      because: behind,
    })
    .map(({ kind, before, time, because }) => ({
      kind,
      before: `${kind} ${before}`,
      times: kind === 'fault' ? [] : [time],
      after: '',
      place: undefined,
      because: kind === 'fault' ? [] : because,
      more: undefined,
    }));
}

function allOf(told: Told): readonly Told[] {
  return [told, ...told.because.flatMap(allOf)];
}

/** What is said, but for how it came about; each time by itself. */
function saidBy(told: Told): ReadonlySet<string> {
  const said = allOf(told).filter(({ kind }) => kind !== 'code');
  return new Set(said.flatMap(({ before, times }) => [before, ...times.map((time) => `${before}${time}`)]));
}

const fact = (before: string, time: number, ...because: Told[]): Told => {
  return { kind: 'so', before, times: [time], after: '', place: undefined, because, more: undefined };
};

const rule = (...because: Told[]): Told => ({ ...fact('rule', 0, ...because), kind: 'code', times: [] });

describe('folding', () => {
  it('leaves out nothing that is so, is not, or failed', () => {
    fc.assert(
      fc.property(trees(), (told) => {
        expect(saidBy(foldAlike(told))).toEqual(saidBy(told));
      }),
    );
  });

  it('tells no two reasons that differ in their times alone and have the same faults', () => {
    const key = ({ kind, before, because }: Told) =>
      JSON.stringify([
        kind,
        before,
        because.filter((each) => each.kind === 'fault').map((each) => each.before),
      ]);
    fc.assert(
      fc.property(trees(), (told) => {
        for (const { because } of allOf(foldAlike(told)))
          expect(new Set(because.map(key)).size).toBe(because.length);
      }),
    );
  });

  it('tells what lasts once, for what began it', () => {
    const began = fact('q@', 1);
    const lasting = fact('p@', 3, rule(fact('p@', 2, rule(fact('p@', 1, rule(began))))));
    expect(foldAlike(lasting)).toEqual({ ...fact('p@', 1, rule(began)), times: [1, 2, 3] });
  });

  it('keeps what something else is needed for to last', () => {
    const lasting = fact('p@', 2, rule(fact('p@', 1), fact('r@', 1)));
    expect(foldAlike(lasting)).toEqual(lasting);
    // In between is something of its own.
    const turning = fact('p@', 2, rule(fact('q@', 2, rule(fact('p@', 1)))));
    expect(foldAlike(turning)).toEqual(turning);
  });
});
