/** Where to look first, of protocols that are each wrong in one way. */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type { Suspicion } from '../../../src/lineage/suspects.js';
import { suspectTexts } from '../../../src/report/explanations/suspects.js';
import { check } from '../../../src/runner/check.js';
import { checkScenario } from '../../../src/runner/check-scenario.js';
import type { CheckResult, Counterexample } from '../../../src/runner/result.js';
import { inMemory } from '../../../scenarios/handlers/votes-on-disk.js';
import { mutantsOfHandlers } from '../../fuzz/mutants/handlers.js';
import { cooperative, withoutCrashes } from '../../../scenarios/handlers/two-phase-commit.js';

function counterexampleOf({ verdict }: CheckResult): Counterexample {
  if (verdict.kind !== 'violated') throw new Error(`it is violated, and not ${verdict.kind}`);
  return verdict.counterexamples[0];
}

const within = { name: 'it', nodes: ['a', 'b'], because: true, limit: 1 } as const;

async function ofRules(text: string, faults: 'with faults' | 'without faults'): Promise<Counterexample> {
  const { checked } = readDedalusText(text);
  const bounds = { eot: 4, eff: faults === 'with faults' ? 3 : 0, crashes: 0 };
  const found = counterexampleOf(await check(checked!, { ...within, bounds }));
  expect(found.faults.length > 0).toBe(faults === 'with faults');
  return found;
}

function kindsOf({ suspects }: Counterexample): readonly (readonly Suspicion['kind'][])[] {
  return suspects.map(({ evidence }) => evidence.map(({ kind }) => kind));
}

describe('where to look first, of rules', () => {
  const kept = 'kept(B) :- got(B); kept(B)@next :- kept(B);';
  const specified = 'pre(B) :- sends(_, B)@1; post(B) :- kept(B);';

  it('is what a message that is lost would have led to, and what sends it', async () => {
    const found = await ofRules(
      `sends("a", "b")@1; got(B)@async :- sends(A, B); ${kept} ${specified}`,
      'with faults',
    );
    expect(suspectTexts(found.suspects)).toEqual([
      expect.stringMatching(/^kept\(B\) \(.*\): it is the second on the way from the faults$/),
      expect.stringMatching(/^got\(B\)@async \(.*\): it is the first on the way from the faults$/),
    ]);
  });

  it('is what sends the answer that was given too soon', async () => {
    const found = await ofRules(
      `asks("b", "a")@1; given(A)@async :- asks(B, A); given(A)@next :- given(A);
       got(A)@async :- asks(B, A); later(A)@next :- got(A); holds(A)@next :- later(A); holds(A)@next :- holds(A);
       other("a", "b")@1; part(B)@async :- other(A, B); part(B)@next :- part(B);
       pre(A) :- given(A); post(A) :- holds(A), part(_);`,
      'with faults',
    );
    expect(found.suspects.flatMap(({ evidence }) => evidence)).toContainEqual({
      kind: 'asking',
      relation: 'pre',
    });
  });

  it('is what reads something that there never is', async () => {
    const found = await ofRules(
      `sends("a", "b")@1; got(B)@async :- sends(_, B); kept(B) :- got(B), agreed(B); kept(B)@next :- kept(B);
       ${specified}`,
      'without faults',
    );
    expect(found.suspects[0]).toMatchObject({
      by: expect.stringContaining('kept(B) :- got(B)') as string,
      evidence: expect.arrayContaining([
        { kind: 'unfounded', relation: 'agreed' },
        { kind: 'silent' },
      ]) as unknown,
    });
  });

  it('is what derives that which must be absent', async () => {
    const found = await ofRules(
      `sends("a", "b")@1; got(B)@async :- sends(_, B); ${kept}
       bad(B) :- kept(B); pre(B) :- sends(_, B)@1; post(B) :- kept(B), notin bad(B);`,
      'without faults',
    );
    expect(found.suspects[0].by).toContain('bad(B)');
    expect(kindsOf(found)[0]).toEqual(['barring']);
  });

  it('is what reads something that was not kept', async () => {
    const found = await ofRules(
      `sends("a", "b")@1; got(B)@async :- sends(_, B); kept(B) :- got(B);
       pre(B) :- sends(_, B)@1; post(B) :- kept(B);`,
      'without faults',
    );
    expect(kindsOf(found).flat()).toContain('forgotten');
    expect(suspectTexts(found.suspects).join()).toContain('which was so before and no longer is');
  });

  it('has a part in what stands in the way, where faults are needed', async () => {
    const found = await ofRules(
      `sends("a", "b")@1; sends(A, B)@next :- sends(A, B); got(B)@async :- sends(_, B); got(B)@next :- got(B);
       bad(A) :- sends(A, B), notin got(B); was(A)@next :- bad(A), asked(A); was(A)@next :- was(A);
       asked("a")@2; asked("a")@3; pre(A) :- sends(A, _)@1; post(A) :- sends(A, _), notin was(A);`,
      'with faults',
    );
    expect(kindsOf(found).flat()).toContain('against');
  });
});

describe('where to look first, of handlers', () => {
  const { protocol, nodes } = withoutCrashes;
  if (protocol.kind !== 'handlers') throw new Error('it has handlers');
  const bounds = { eot: 8, eff: 0, crashes: 0 };

  it('is the handler that does nothing when it is called', async () => {
    const mutants = mutantsOfHandlers(protocol).filter(
      ({ kind, lacks }) => kind === 'handlers: heeding a type of message' && /vote|outcome/.test(lacks),
    );
    expect(mutants).toHaveLength(2);
    for (const { lacks, protocol: wrong } of mutants) {
      const found = counterexampleOf(await check(wrong, { ...within, nodes, bounds }));
      const [{ by, evidence }] = found.suspects;
      expect(by).toBe(`onMessage.${lacks.replace('heeding ', '')}`);
      expect(evidence[0].kind).toBe('idle');
      expect(found.because).toEqual([]);
    }
  });

  it('is what was asked in vain, then what is on the way from the faults', async () => {
    const found = counterexampleOf(await checkScenario(cooperative, { because: true }));
    expect(found.suspects).toHaveLength(2);
    expect(kindsOf(found).map(([most]) => most)).toEqual(['idle', 'changed']);
  });

  it('is where a node made its state anew', async () => {
    const found = counterexampleOf(await checkScenario(inMemory, { because: true }));
    expect(found.suspects.map(({ by }) => by)).toContain('restore');
    expect(kindsOf(found).flat()).toContain('restored');
  });
});
