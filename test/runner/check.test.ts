/** What a check says, what it falls back on, and that it never says more than it knows. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readDedalusText } from '../../src/model/dedalus/read.js';
import { EvaluationError, TooManyTuples } from '../../src/model/evaluate/errors.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import type { Budgets } from '../../src/runner/budgets.js';
import { check, type CheckOptions } from '../../src/runner/check.js';
import type { CheckResult, StrategyName } from '../../src/runner/result.js';
import type { Progress } from '../../src/runner/search.js';
import type * as backends from '../../src/solver/backends.js';
import { SolverError, type SatBackend, type SolverFactory } from '../../src/solver/sat.js';
import { countFaultSets, publishedEstimate } from '../judge/fault-sets.js';
import { judgeVerdict } from '../judge/verdict.js';
import { HELLO, IDLE, PERSISTENT } from './cli/harness.js';

const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'random', 'exhaustive'];
const EXACT = STRATEGIES.filter((name) => name !== 'random');
const SOLVERS: readonly SatBackend[] = ['minisat', 'cadical'];

/** Within them, only a crash of the sender keeps `PERSISTENT` from delivering, in three minimal ways. */
const CRASHING = { eot: 5, eff: 3, crashes: 1 };
const SAFE = { ...CRASHING, crashes: 0 };

async function checked(text: string, options: Partial<CheckOptions> = {}): Promise<CheckResult> {
  const program = readDedalusText(text).checked;
  if (program === undefined) throw new Error('the program has errors');
  return check(program, { name: 'test', nodes: ['a', 'b'], bounds: CRASHING, ...options });
}

async function within(text: string, budgets: Partial<Budgets>, options: Partial<CheckOptions> = {}) {
  return checked(text, { budgets, ...options });
}

function withoutTime({ elapsed, ...result }: CheckResult): Omit<CheckResult, 'elapsed'> {
  expect(elapsed).toBeGreaterThanOrEqual(0);
  return result;
}

function schedules({ verdict }: CheckResult): readonly string[] {
  if (verdict.kind !== 'violated') throw new Error(`no violation, but ${verdict.kind}`);
  return verdict.counterexamples.map(({ faults }) => formatSchedule(faults));
}

afterEach(() => {
  vi.restoreAllMocks();
});

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
  it.each(EXACT)('is told by %s, and how far it is so', async (strategy) => {
    const bounds = { eot: 4, eff: 2, crashes: 1 };
    const nodes = ['a', 'b'];
    expect((await checked(IDLE, { strategy, nodes, bounds })).verdict).toEqual({
      kind: 'vacuous',
      scope: 'always',
    });
    const onceCrashed = `p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), crash(X, "b", _); post(X) :- p(X);`;
    expect((await checked(onceCrashed, { strategy, nodes, bounds })).verdict).toEqual({
      kind: 'vacuous',
      scope: 'failure-free',
    });
    expect(
      (await checked(onceCrashed, { strategy, nodes, bounds: { ...bounds, crashes: 0 } })).verdict,
    ).toEqual({ kind: 'vacuous', scope: 'always' });
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
    const certified = await checked(PERSISTENT, { nodes: ['a', 'b'], bounds: SAFE });
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

describe('a budget that is passed', () => {
  const violating = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };
  const certified = { nodes: ['a', 'b'], bounds: { eot: 5, eff: 3, crashes: 0 } };

  it('of the diagram leaves the circuit to decide', async () => {
    for (const diagramNodes of [0, 1]) {
      const bad = await within(HELLO, { diagramNodes }, violating);
      expect(schedules(bad)).toEqual(['drop a->b@1']);
      expect(bad.verdict).toMatchObject({
        counterexamples: [{ minimality: 'minimum' }],
        remaining: 'none',
        violating: undefined,
      });
      const good = await within(PERSISTENT, { diagramNodes }, certified);
      expect(good.verdict).toEqual({ kind: 'certified' });
      expect(good.evidence).toMatchObject({
        strategy: 'compiled',
        representation: 'circuit',
        confirmed: false,
        fallbacks: [],
        executions: 1,
      });
    }
  });

  it('of the circuit leaves it to alternating, and says so', async () => {
    const good = await within(PERSISTENT, { circuitNodes: 2 }, certified);
    expect(good.verdict).toEqual({ kind: 'certified' });
    expect(good.evidence).toMatchObject({
      strategy: 'alternating',
      representation: 'replays',
      fallbacks: ['compiled: the circuit of conditions passed its budget of 2 nodes'],
    });
    expect(schedules(await within(HELLO, { circuitNodes: 2 }, violating))).toEqual(['drop a->b@1']);
  });

  it('of alternating too leaves no verdict', async () => {
    const { verdict, evidence } = await within(HELLO, { circuitNodes: 2, executions: 1 }, violating);
    expect(verdict).toMatchObject({ kind: 'inconclusive', reason: 'the budget of 1 executions ended' });
    expect(evidence).toMatchObject({
      strategy: 'alternating',
      fallbacks: ['compiled: the circuit of conditions passed its budget of 2 nodes'],
      executions: 1,
    });
  });

  it('of executions ends the other strategies', async () => {
    const exhaustive = await within(PERSISTENT, { executions: 7 }, { ...certified, strategy: 'exhaustive' });
    expect(exhaustive.verdict).toEqual({
      kind: 'inconclusive',
      reason: 'the budget of 7 executions ended',
      covered: { size: 1, examined: 5n, total: 5n },
    });
    expect(exhaustive.evidence.executions).toBe(7);
    const random = await within(PERSISTENT, { executions: 7 }, { ...certified, strategy: 'random' });
    expect(random.verdict).toMatchObject({
      kind: 'inconclusive',
      reason: 'none of 7 random fault sets violates the specification',
    });
    const none = await within(PERSISTENT, { executions: 0 }, { ...certified, strategy: 'exhaustive' });
    expect(none.verdict).toMatchObject({ kind: 'inconclusive', covered: undefined });
  });

  it.each(STRATEGIES)('of executions never takes back a violation that %s knows', async (strategy) => {
    for (let executions = 0; executions <= 20; executions++) {
      const { verdict } = await within(PERSISTENT, { executions }, { strategy });
      if (verdict.kind !== 'violated') expect(verdict.kind).toBe('inconclusive');
      else for (const { execution } of verdict.counterexamples) expect(execution.violations).not.toEqual([]);
    }
    const enough = await within(PERSISTENT, { executions: 3_000 }, { strategy });
    expect(enough.verdict.kind).toBe('violated');
  });

  it('of proof leaves a counterexample that claims no more than is known', async () => {
    const sure = schedules(await checked(PERSISTENT));
    const { verdict } = await within(PERSISTENT, { diagramNodes: 0, minimumConflicts: 0 });
    if (verdict.kind !== 'violated') throw new Error('a violation was not found');
    const [{ minimality, faults }] = verdict.counterexamples;
    if (minimality === 'minimum') expect(faults).toHaveLength(sure[0].split(';').length);
    else expect(minimality).toBe('minimal');
  });

  it('of confirmation leaves the verdict unconfirmed, not undone', async () => {
    const { verdict, evidence } = await within(PERSISTENT, { confirmationConflicts: 0 });
    expect(verdict.kind).toBe('violated');
    expect(evidence.representation).toBe('diagram');
  });
});

describe('time that is over', () => {
  /** Far more fault sets than can be run. */
  const long = { nodes: ['a', 'b'], bounds: { eot: 19, eff: 18, crashes: 0 } };

  it('leaves no verdict where nothing was found', async () => {
    const { verdict, evidence } = await checked(PERSISTENT, {
      ...long,
      strategy: 'exhaustive',
      timeout: 200,
    });
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringMatching(/^the (time budget ended \(phase: search\)|budget of)/) as string,
    });
    expect(evidence.executions).toBeGreaterThan(0);
  });

  it('leaves what is known to violate, as unproven', async () => {
    const { verdict } = await checked(PERSISTENT, {
      ...long,
      bounds: { ...long.bounds, crashes: 1 },
      strategy: 'exhaustive',
      limit: 1_000,
      timeout: 300,
      budgets: { executions: 1_000_000 },
    });
    expect(verdict).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [{ kind: 'crash', node: 'a', time: 1 }], minimality: 'unproven' }],
      remaining: 'unknown',
    });
  });

  it('falls back within what is left of it', async () => {
    const { evidence, verdict, elapsed } = await checked(PERSISTENT, {
      ...long,
      timeout: 3,
      budgets: { diagramNodes: 0 },
    });
    expect(['certified', 'inconclusive']).toContain(verdict.kind);
    expect(evidence.fallbacks.length).toBeLessThanOrEqual(1);
    expect(elapsed).toBeLessThan(60_000);
  });
});

describe('a solver that fails', () => {
  /** A backend whose solvers fail at one of their operations, counted over all of them, and from then on. */
  function failingAfter(
    operations: number,
    real: SolverFactory,
  ): { factory: SolverFactory; used: () => number } {
    let done = 0;
    const operate = <T>(operation: () => T): T => {
      if (done++ >= operations) throw new SolverError('out of memory');
      return operation();
    };
    const create: SolverFactory['create'] = () => {
      const solver = operate(() => real.create());
      return {
        name: solver.name,
        get statistics() {
          return solver.statistics;
        },
        newVariable: () => operate(() => solver.newVariable()),
        addClause: (literals) => {
          operate(() => {
            solver.addClause(literals);
          });
        },
        solve: (limits) => operate(() => solver.solve(limits)),
        value: (variable) => operate(() => solver.value(variable)),
        dispose: () => {
          solver.dispose();
        },
      };
    };
    return { factory: { backend: real.backend, create }, used: () => done };
  }

  it.each(['violated', 'certified'] as const)(
    'never makes a wrong verdict of what is %s, whenever it fails',
    async (right) => {
      const { loadBackend } = await vi.importActual<typeof backends>('../../src/solver/backends.js');
      const real = await loadBackend('minisat');
      const [text, options] =
        right === 'violated'
          ? ([HELLO, { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } }] as const)
          : ([PERSISTENT, { nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 0 } }] as const);
      for (const [strategy, diagramNodes] of [
        ['compiled', 0],
        ['compiled', 100_000],
        ['alternating', 0],
      ] as const) {
        const kinds = new Set<string>();
        for (let operations = 0; operations < 10_000; operations += 1 + Math.floor(operations / 10)) {
          const { factory, used } = failingAfter(operations, real);
          loading.factory = factory;
          const { verdict, evidence } = await within(text, { diagramNodes }, { ...options, strategy });
          loading.factory = undefined;
          kinds.add(verdict.kind);
          expect([right, 'inconclusive']).toContain(verdict.kind);
          if (verdict.kind === 'inconclusive') expect(verdict.reason).toBe('out of memory');
          if (strategy === 'compiled' && evidence.strategy === 'alternating')
            expect(evidence.fallbacks).toEqual(['compiled: out of memory']);
          if (diagramNodes > 0) expect([verdict.kind, evidence.representation]).toEqual([right, 'diagram']);
          if (used() <= operations) break;
        }
        expect(kinds).toContain(right);
      }
    },
  );

  it('is followed by alternating on a fresh one', async () => {
    const { loadBackend } = await vi.importActual<typeof backends>('../../src/solver/backends.js');
    const real = await loadBackend('minisat');
    loading.factory = failingAfter(3, real).factory;
    loading.once = true;
    const { verdict, evidence } = await within(
      PERSISTENT,
      { diagramNodes: 0 },
      { nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 0 } },
    );
    expect(verdict).toEqual({ kind: 'certified' });
    expect(evidence).toMatchObject({ strategy: 'alternating', fallbacks: ['compiled: out of memory'] });
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

/** What `loadBackend` gives instead of the real backend; once only, where that is said. */
const loading = vi.hoisted(() => ({ factory: undefined as SolverFactory | undefined, once: false }));

vi.mock('../../src/solver/backends.js', async (original) => {
  const actual = await original<typeof backends>();
  const loadBackend = async (name: SatBackend): Promise<SolverFactory> => {
    const { factory, once } = loading;
    if (once) Object.assign(loading, { factory: undefined, once: false });
    return factory ?? actual.loadBackend(name);
  };
  return { ...actual, loadBackend };
});
