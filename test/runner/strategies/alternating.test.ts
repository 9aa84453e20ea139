/** Runs in which something is absent for a reason that is easily missed. */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { check } from '../../../src/runner/check.js';
import type { CheckOptions } from '../../../src/runner/options/check.js';
import { checkScenario } from '../../../src/runner/check-scenario.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { PERSISTENT } from '../../cli/harness.js';
import { patient } from '../scenarios.js';

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
    const { verdict, evidence } = await checkScenario(patient, {
      strategy: 'alternating',
      negativeSupport: false,
    });
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: 'the search was exhausted, but without negative support',
    });
    expect(evidence.strategy).toBe('alternating');
    expect((await checkScenario(patient, { strategy: 'alternating' })).verdict).toMatchObject({
      kind: 'certified',
    });
  });

  it('takes nothing of rules on trust', async () => {
    const text = `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; q(X) :- t(X), notin s(X); ${SPECIFICATION}`;
    expect(schedulesOf(await alternate(text, { negativeSupport: false }))).toEqual(['drop b->a@1']);
  });

  it('runs nothing to no purpose where rules leave no doubt', async () => {
    const text = `p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), notin q(X)@1; q("b")@1; post(X) :- p(X);`;
    const { verdict, evidence } = await alternate(text);
    expect(verdict).toMatchObject({ kind: 'certified' });
    expect(evidence.executions).toBe(1);
  });

  it('looks for a run in which `pre` holds before it calls a specification vacuous', async () => {
    const text = (post: string) => `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; kept("a")@5;
      q(X) :- t(X), notin s(X); q(X)@next :- q(X); pre(X) :- q(X); post(X) :- ${post}(X), t(X)@2;`;
    expect((await alternate(text('kept'))).verdict).toMatchObject({ kind: 'vacuous', scope: 'failure-free' });
    const never = text('kept').replace('t("a")@2', 't("a")@2; s("a")@2');
    expect((await alternate(never)).verdict).toMatchObject({ kind: 'vacuous', scope: 'always' });
  });

  it('learns of a firing what holds at any time', async () => {
    // Sent again and again until it is acknowledged, which each run shows once more.
    const text = `go("b", "a")@1; go(X, Y)@next :- go(X, Y), notin ack(X); s(Y, X)@async :- go(X, Y), notin ack(X);
      s(X, Y)@next :- s(X, Y); ack(Y)@async :- s(X, Y); ack(X)@next :- ack(X);
      end("a")@12; pre(X) :- end(X); post(X) :- s(X, _);`;
    const long = { bounds: { eot: 12, eff: 10, crashes: 0 } };
    const { verdict, evidence } = await alternate(text, long);
    expect(verdict).toMatchObject({ kind: 'certified' });
    expect(evidence.executions).toBeLessThan(4);
  });

  it('lets no facts support each other alone', async () => {
    // `x` and `y` never meet, which only runs tell; `r` and `l` would do without them.
    const text = `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a")@2; x(X) :- t(X), s(X); y(X) :- t(X), notin s(X);
      r(X) :- x(X), y(X); r(X) :- l(X); l(X) :- r(X); q(X) :- r(X); ${SPECIFICATION}`;
    const { verdict, evidence } = await alternate(text);
    expect(verdict).toMatchObject({ kind: 'certified' });
    expect(evidence.executions).toBeLessThan(3);
  });

  it('runs all fault sets where what may happen cannot be told', async () => {
    // Had `h` and `k` ever met, there would be a division by zero.
    const text = `go("b", "a")@1; s(Y)@async :- go(X, Y); t("a", 0)@2; h(X, N) :- t(X, N), s(X);
      k(X, N) :- t(X, N), notin s(X); q(X) :- h(X, N), k(X, N), 1 / N == 1; q(X) :- k(X, _); ${SPECIFICATION}`;
    const { verdict, evidence } = await alternate(text, { limit: 100 });
    expect(verdict).toMatchObject({ kind: 'violated', remaining: 'none' });
    const good = await alternate(text.replace('q(X) :- k(X, _);', ''));
    expect(good.verdict).toMatchObject({ kind: 'certified' });
    expect(BigInt(good.evidence.executions)).toBe(good.evidence.faultSets);
    expect(evidence.executions).toBeLessThan(good.evidence.executions);
  });

  it.each([
    ['a count', `n(X, count<Y>) :- s(X, Y); q(X) :- n(X, 1);`],
    ['a greatest value', `n(X, max<Y>) :- s(X, Y); q(X) :- n(X, "b");`],
    ['an average', `v(X, 2) :- s(X, "b"); v(X, 5) :- s(X, "c"); n(X, avg<Y>) :- v(X, Y); q(X) :- n(X, 5);`],
    ['a value beside that of another rule', `n(X, count<Y>) :- s(X, Y); n(X, 2) :- t(X); q(X) :- n(X, 1);`],
    [
      'a value that is certain',
      `n(X, count<Y>) :- s(X, Y); n(X, 1) :- t(X); q(X) :- n(X, 1), notin n(X, 2);`,
    ],
    ['contributors that are absent', `n(X, count<Y>) :- peer(X, Y), notin s(X, Y); q(X) :- n(X, 2);`],
    ['senders', `n(Y, count<Z>)@async :- go(X, Y), peer(X, Z); q(X) :- n(X, 2), notin n(X, 1);`],
    ['a destination', `n(min<Y>, X)@async :- s(X, Y); q(Y)@async :- n(X, Y), X == "c";`],
  ])('is as right as one pass about aggregates: %s', async (_, text) => {
    const facts = `go("b", "a")@1; go("c", "a")@1; s(Y, X)@async :- go(X, Y); t("a")@2;
      peer("a", "b")@2; peer("a", "c")@2; peer("b", "a")@1; peer("b", "c")@1; peer("c", "a")@1;`;
    const given = { nodes: ['a', 'b', 'c'], bounds: { eot: 5, eff: 3, crashes: 1 }, limit: 1_000 };
    const [found, judged] = await Promise.all(
      (['alternating', 'compiled'] as const).map((strategy) =>
        alternate(`${facts} ${text} ${SPECIFICATION}`, { ...given, strategy }),
      ),
    );
    expect(judged.verdict).toMatchObject({ kind: 'violated', remaining: 'none' });
    expect(found.evidence.executions).toBeLessThan(10);
    expect(schedulesOf(found)).toEqual(schedulesOf(judged));
  });

  it('follows lineage as deep as runs are long', async () => {
    const within = (crashes: number) => ({ bounds: { eot: 1_200, eff: 1_000, crashes } });
    expect(schedulesOf(await alternate(PERSISTENT, within(0)))).toEqual(['certified']);
    expect(schedulesOf(await alternate(PERSISTENT, within(1)))).toEqual(['crash a@1']);
  });
});
