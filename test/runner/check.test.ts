/** What a check says, at the edges of what it can be asked too. */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { EvaluationError, TooManyTuples } from '../../src/model/rules/evaluate/errors.js';
import type { CheckResult } from '../../src/runner/result.js';
import type { Progress } from '../../src/runner/options/check.js';
import { countFaultSets, publishedEstimate } from '../judge/fault-sets.js';
import { judgeVerdict } from '../judge/verdict.js';
import { checked, CRASHING, EXACT, SAFE, schedules, SOLVERS, STRATEGIES } from './checks.js';
import { HELLO, IDLE, PERSISTENT } from '../cli/harness.js';

function withoutTime({
  elapsed,
  processor,
  ...result
}: CheckResult): Omit<CheckResult, 'elapsed' | 'processor'> {
  expect(elapsed).toBeGreaterThanOrEqual(0);
  expect(processor).toBeGreaterThanOrEqual(0);
  return result;
}

describe('the same check', () => {
  it.each(STRATEGIES)('by %s has the same result again, time apart', async (strategy) => {
    for (const solver of SOLVERS) {
      const options = { strategy, solver, limit: 5, seed: 7, budgets: { executions: 200 } };
      const first = withoutTime(await checked(PERSISTENT, options));
      expect(withoutTime(await checked(PERSISTENT, options))).toEqual(first);
    }
  });

  it.each(EXACT)('by %s has the same verdict with every solver', async (strategy) => {
    const [one, other] = await Promise.all(
      SOLVERS.map((solver) => checked(PERSISTENT, { strategy, solver, limit: 5 })),
    );
    expect(one.verdict).toEqual(other.verdict);
  });

  it('says again what it was given', async () => {
    const warnings = readDedalusText('p(X) :- q(X), r(X);').diagnostics;
    expect(warnings).not.toEqual([]);
    const given = { name: 'mine', nodesInferred: true, expected: 'certified', warnings } as const;
    const bounds = { eot: 3, eff: 2, crashes: 0 };
    const result = await checked(HELLO, { ...given, nodes: ['a', 'b'], bounds });
    expect(result).toMatchObject({ ...given, nodes: ['a', 'b'], bounds, interrupted: false });
  });
});

describe('bounds at their edges', () => {
  it.each(EXACT)('are decided by %s', async (strategy) => {
    const verdictWithin = async (
      text: string,
      eot: number,
      eff: number,
      crashes: number,
      nodes = ['a', 'b'],
    ) => (await checked(text, { strategy, nodes, bounds: { eot, eff, crashes }, limit: 100 })).verdict.kind;
    const alone = 'p("a")@1; p(X)@next :- p(X); pre(X) :- p(X); post(X) :- p(X);';
    expect(await verdictWithin(alone, 1, 0, 0, ['a'])).toBe('certified');
    expect(await verdictWithin(alone, 1, 0, 1, ['a'])).toBe('certified');
    expect(await verdictWithin(alone, 4, 3, 1, ['a'])).toBe('certified');
    expect(await verdictWithin(`${alone} pre(X) :- p(X), crash(X, X, _);`, 4, 3, 1, ['a'])).toBe('certified');
    expect(await verdictWithin('p("a")@1; pre(X) :- p(X); post(X) :- q(X); q("a")@2;', 1, 0, 0, ['a'])).toBe(
      'violated',
    );
    expect(await verdictWithin(HELLO, 3, 0, 0)).toBe('certified');
    expect(await verdictWithin(HELLO, 3, 1, 0)).toBe('certified');
    expect(await verdictWithin(HELLO, 3, 2, 0)).toBe('violated');
    expect(await verdictWithin(HELLO, 3, 0, 1)).toBe('violated');
    expect(await verdictWithin(PERSISTENT, 5, 3, 0)).toBe('certified');
    expect(await verdictWithin(PERSISTENT, 5, 3, 2)).toBe('violated');
    expect(await verdictWithin(HELLO, 2, 0, 0)).toBe('violated');
  });

  it.each(EXACT)('a violation without any fault is the empty fault set, by %s', async (strategy) => {
    const text = 'p("a")@1; p(X)@next :- p(X); pre(X) :- p(X); post(X) :- p(X), X != "a";';
    const { verdict, evidence } = await checked(text, { strategy, limit: 10 });
    expect(verdict).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [], minimality: 'minimum', divergence: undefined }],
    });
    if (verdict.kind !== 'violated') return;
    expect(verdict.counterexamples).toHaveLength(1);
    expect(verdict.remaining).toBe('none');
    if (verdict.violating !== undefined) expect(verdict.violating).toBe(countFaultSets(2, CRASHING));
    expect(evidence.executions).toBe(1);
  });
});

describe('a vacuous specification', () => {
  const nodes = ['a', 'b'];
  const bounds = { eot: 4, eff: 2, crashes: 1 };
  const onceCrashed = `p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), crash(X, "b", _); post(X) :- p(X);`;

  it.each(EXACT)('is told by %s, how far it is so, and where it is not', async (strategy) => {
    const never = { kind: 'vacuous', scope: 'always', properties: [{ name: 'pre', under: undefined }] };
    expect((await checked(IDLE, { strategy, nodes, bounds })).verdict).toEqual(never);
    const without = { ...bounds, crashes: 0 };
    expect((await checked(onceCrashed, { strategy, nodes, bounds: without })).verdict).toEqual(never);
    expect((await checked(onceCrashed, { strategy, nodes, bounds })).verdict).toEqual({
      kind: 'vacuous',
      scope: 'failure-free',
      properties: [{ name: 'pre', under: [{ kind: 'crash', node: 'b', time: 3 }] }],
    });
  });

  it('is confirmed by the solver as any other verdict is, and shown by a run', async () => {
    for (const text of [IDLE, onceCrashed])
      expect((await checked(text, { nodes, bounds })).evidence).toMatchObject({
        representation: 'diagram',
        confirmed: true,
      });
    const { evidence } = await checked(onceCrashed, { nodes, bounds, budgets: { diagramNodes: 0 } });
    // Without faults, and with the crash.
    expect(evidence).toMatchObject({ representation: 'circuit', confirmed: false, executions: 2 });
  });

  it('is not, where a run violates it', async () => {
    const text = 'p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), crash(X, "b", _); post(X) :- p(X), X != "a";';
    expect(schedules(await checked(text))).toEqual(['crash b@4']);
  });
});

describe('counterexamples', () => {
  it.each(EXACT)('are as many as wanted, with whether more remain, by %s', async (strategy) => {
    const all = await checked(PERSISTENT, { strategy, limit: 1_000 });
    expect(all.verdict).toMatchObject({ remaining: 'none' });
    const found = schedules(all);
    expect(found).toEqual(['crash a@1', 'drop a->b@1; crash a@2', 'drop a->b@1; drop a->b@2; crash a@3']);
    for (const limit of [1, 2, found.length - 1]) {
      const some = await checked(PERSISTENT, { strategy, limit });
      expect(schedules(some)).toEqual(found.slice(0, limit));
      expect(some.verdict).toMatchObject({ remaining: expect.stringMatching(/some|unknown/) as string });
    }
    const exactly = await checked(PERSISTENT, { strategy, limit: found.length });
    expect(schedules(exactly)).toEqual(found);
    expect(exactly.verdict).toMatchObject({ remaining: expect.stringMatching(/none|unknown/) as string });
  });
});

describe('evidence', () => {
  it('claims nothing where the search ended before it had decided', async () => {
    const poor = await checked(PERSISTENT, { strategy: 'exhaustive', budgets: { executions: 1 } });
    expect(poor.verdict.kind).toBe('inconclusive');
    expect(poor.evidence).toMatchObject({ representation: 'none', confirmed: false });
    const known = await checked(PERSISTENT, {
      strategy: 'exhaustive',
      limit: 1_000,
      budgets: { executions: 40 },
    });
    expect(known.verdict).toMatchObject({
      kind: 'violated',
      counterexamples: [{ minimality: 'unproven' }],
    });
    expect(known.evidence.representation).toBe('none');
    expect(known.evidence.statistics.executionsToViolation).toBeGreaterThan(0);
  });

  it('counts the fault sets, the runs and the work of each strategy', async () => {
    const results = await Promise.all(EXACT.map((strategy) => checked(PERSISTENT, { strategy })));
    for (const { evidence } of results) {
      expect(evidence.faultSets).toBe(countFaultSets(2, CRASHING));
      expect(evidence.estimate).toBe(publishedEstimate(2, CRASHING));
      expect(evidence.fallbacks).toEqual([]);
    }
    const [compiled, alternating, exhaustive] = results.map(({ evidence }) => evidence);
    expect(compiled).toMatchObject({ representation: 'diagram', confirmed: true, executions: 2 });
    for (const count of ['firings', 'facts', 'gates', 'diagramNodes', 'clauses', 'solverCalls'] as const)
      expect(compiled.statistics[count], count).toBeGreaterThan(0);
    expect(alternating).toMatchObject({ representation: 'replays', confirmed: false });
    expect(alternating.statistics.solverCalls).toBeGreaterThanOrEqual(alternating.executions - 1);
    expect(exhaustive.statistics.solverCalls).toBe(0);
    expect(compiled.statistics.executionsToViolation).toBe(1);
    expect(alternating.statistics.executionsToViolation).toBe(alternating.executions);
    const certified = await checked(PERSISTENT, { nodes: ['a', 'b'], bounds: SAFE });
    expect(certified.evidence.statistics.executionsToViolation).toBe(0);
    expect(certified.evidence).toMatchObject({ executions: 1, representation: 'diagram', confirmed: true });
    const all = await checked(PERSISTENT, {
      nodes: ['a', 'b'],
      bounds: SAFE,
      strategy: 'exhaustive',
    });
    expect(BigInt(all.evidence.executions)).toBe(all.evidence.faultSets);
  });

  it('counts the violating fault sets as they are', async () => {
    const { program } = readDedalusText(PERSISTENT).checked!;
    const { violating } = judgeVerdict(program, ['a', 'b'], CRASHING);
    expect((await checked(PERSISTENT)).verdict).toMatchObject({ violating: BigInt(violating.length) });
  });
});

describe('progress', () => {
  it.each(STRATEGIES)('is told by %s, and never goes back', async (strategy) => {
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => told.push(progress);
    await checked(PERSISTENT, { strategy, onProgress, budgets: { executions: 300 } });
    expect(told.length).toBeGreaterThan(2);
    told.slice(1).forEach((progress, i) => {
      expect(progress.executions).toBeGreaterThanOrEqual(told[i].executions);
      expect(progress.solverCalls).toBeGreaterThanOrEqual(told[i].solverCalls);
    });
    expect(told.at(-1)!.phase).toBe('replay');
  });
});

describe('a program that cannot be run', () => {
  it.each(STRATEGIES)('is thrown as such by %s, not hidden behind another strategy', async (strategy) => {
    const zero = 'p("a", 0)@1; pre(X) :- p(X, N)@1, 1 / N == 1; post(X) :- p(X, _);';
    await expect(checked(zero, { strategy })).rejects.toThrow(EvaluationError);
  });

  it('has no end of new facts in a timestep', async () => {
    const endless =
      'p("a", 0)@1; p(X, 0)@next :- p(X, 0); p(X, N + 1) :- p(X, N); pre(X) :- p(X, _); post(X) :- p(X, _);';
    await expect(checked(endless)).rejects.toThrow(TooManyTuples);
  });
});
