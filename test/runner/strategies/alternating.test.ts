/** Runs in which something is absent for a reason that is easily missed. */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/dedalus/read.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { check, type CheckOptions } from '../../../src/runner/check.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { PERSISTENT } from '../cli/harness.js';

const bounds = { eot: 5, eff: 3, crashes: 0 };

async function alternate(text: string, options: Partial<CheckOptions> = {}): Promise<CheckResult> {
  const checked = readDedalusText(text).checked!;
  const given = { name: 'alternating', nodes: ['a', 'b'], bounds, strategy: 'alternating' } as const;
  return check(checked, { ...given, ...options });
}

function schedulesOf({ verdict }: CheckResult): readonly string[] {
  return verdict.kind === 'violated'
    ? verdict.counterexamples.map(({ faults }) => formatSchedule(faults))
    : [verdict.kind];
}

/** Whatever happens, `pre` holds; `post` is lost with the first `q`. */
const SPECIFICATION = 'end("a")@5; q(X)@next :- q(X); pre(X) :- end(X); post(X) :- end(X), notin q(X);';

describe('alternating', () => {
  it.each([
    [
      'that a message kept away',
      `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; q(X) :- t(X), notin s(X);`,
    ],
    [
      'beside an absence from a time yet to come',
      `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; r("a")@4; q(X) :- t(X), notin r(X)@4, notin s(X);`,
    ],
    [
      'beside one of two messages that kept it away',
      `go("b", "a")@1; s(Y)@async :- go(X, Y); o("b")@1; t("a")@2; q(X) :- t(X), notin s(X), notin o(X);`,
    ],
    [
      'that a division by zero keeps from another instance',
      `go("b", "a")@1; s(Y, 0)@async :- go(X, Y); n("a", 0)@2; n("a", 1)@2;
       q(X) :- n(X, N), notin s(X, 0), N != 0, 1 / N == 1;`,
    ],
  ])('finds what appears %s', async (_, text) => {
    expect(schedulesOf(await alternate(`${text} ${SPECIFICATION}`))).toEqual(['drop b->a@1']);
  });

  it('concludes nothing from exhausting its search where it took absences on trust', async () => {
    const text = `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; q(X) :- t(X), notin s(X); ${SPECIFICATION}`;
    const { verdict, evidence } = await alternate(text, { negativeSupport: false });
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: 'the search was exhausted, but without negative support',
    });
    expect(evidence.strategy).toBe('alternating');
  });

  it('does conclude where no absence may end', async () => {
    const text = `p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), notin q(X)@1; q("b")@1; post(X) :- p(X);`;
    for (const negativeSupport of [true, false])
      expect((await alternate(text, { negativeSupport })).verdict).toEqual({ kind: 'certified' });
  });

  it('finds what losing a fact brings about without looking at absences', async () => {
    const text = `go("b", "a")@1; s(Y)@async :- go(X, Y); s(X)@next :- s(X); end("a")@5;
      pre(X) :- end(X); post(X) :- s(X);`;
    expect(schedulesOf(await alternate(text, { negativeSupport: false }))).toEqual(['drop b->a@1']);
  });

  it('follows lineage as deep as runs are long', async () => {
    const within = (crashes: number) => ({ bounds: { eot: 1_200, eff: 1_000, crashes } });
    expect(schedulesOf(await alternate(PERSISTENT, within(0)))).toEqual(['certified']);
    expect(schedulesOf(await alternate(PERSISTENT, within(1)))).toEqual(['crash a@1']);
  });
});
