/** Where budgets, time or solvers end, a check falls back, and never says more than it knows. */
import { describe, expect, it, vi } from 'vitest';
import type * as backends from '../../src/solver/backends.js';
import { SolverError, type SatBackend, type SolverFactory } from '../../src/solver/sat.js';
import { withEnoughTime } from '../enough-time.js';
import { checked, schedules, STRATEGIES, within } from './checks.js';
import { HELLO, PERSISTENT } from '../cli/harness.js';
import { isViolated } from '../../src/injector/run.js';

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
      expect(good.verdict).toMatchObject({ kind: 'certified' });
      expect(good.evidence).toMatchObject({
        strategy: 'compiled',
        // What the circuit knows to be impossible is no question to a diagram of any size.
        representation: diagramNodes === 0 ? 'circuit' : 'diagram',
        confirmed: diagramNodes > 0,
        fallbacks: [],
        executions: 1,
      });
    }
  });

  it('of the circuit leaves it to alternating, and says so', async () => {
    const good = await within(PERSISTENT, { circuitNodes: 1 }, certified);
    expect(good.verdict).toMatchObject({ kind: 'certified' });
    expect(good.evidence).toMatchObject({
      strategy: 'alternating',
      representation: 'replays',
      fallbacks: [
        'compiled: the circuit of conditions passed its budget of 1 nodes',
        'random: none of 1000 random fault sets violates the specification',
      ],
    });
    expect(schedules(await within(HELLO, { circuitNodes: 1 }, violating))).toEqual(['drop a->b@1']);
  });

  it('of tuples over all fault sets leaves it to alternating, of which each run has few', async () => {
    const senders = ['a', 'b', 'c', 'd', 'e', 'f'];
    const text = `${senders.map((name, i) => `weigh("${name}", "s", ${2 ** i})@1;`).join('\n')}
      w(S, N, W)@async :- weigh(N, S, W);
      total(S, sum<W>) :- w(S, N, W);
      pre(S) :- total(S, _)@2;
      post(S) :- total(S, 63)@2;`;
    const nodes = ['s', ...senders];
    const lossy = { nodes, bounds: { eot: 3, eff: 2, crashes: 0 }, limit: 10 };
    const fallbacks = ['compiled: relation total has more than 62 tuples at time 2, over all fault sets'];
    const starved = await within(text, { tuples: 62 }, lossy);
    expect(starved.evidence).toMatchObject({ strategy: 'alternating', fallbacks });
    const fed = await within(text, { tuples: 63 }, lossy);
    expect(fed.evidence).toMatchObject({ strategy: 'compiled', fallbacks: [] });
    for (const result of [starved, fed])
      expect(schedules(result)).toEqual(senders.map((name) => `drop ${name}->s@1`));
    const safe = await within(text, { tuples: 6 }, { nodes, bounds: { eot: 3, eff: 1, crashes: 0 } });
    expect(safe).toMatchObject({ verdict: { kind: 'certified' }, evidence: { fallbacks: [] } });
  });

  it('of the circuit is no loss where random fault sets violate, whatever alternating would need', async () => {
    const few = await within(PERSISTENT, { circuitNodes: 1, executions: 60 }, { nodes: ['a', 'b'] });
    expect(few.evidence.fallbacks).toEqual([expect.stringMatching(/^compiled: /)]);
    // Of what random ones violate, the first is told wherever alternating comes to its end.
    expect(schedules(few)).toEqual(schedules(await checked(PERSISTENT)));
    // All are wanted, of which random ones are not known to be.
    const all = await within(PERSISTENT, { circuitNodes: 1 }, { nodes: ['a', 'b'], limit: 100 });
    expect(all.evidence.strategy).toBe('alternating');
    expect(schedules(all)).toEqual(schedules(await checked(PERSISTENT, { limit: 100 })));
    // What is known remains, where the others are not found.
    const some = await within(
      PERSISTENT,
      { circuitNodes: 1, executions: 60 },
      { nodes: ['a', 'b'], limit: 100 },
    );
    expect(some.verdict.kind).toBe('violated');
    expect(some.evidence.executions).toBeLessThanOrEqual(61);
  });

  it('of alternating too leaves no verdict', async () => {
    const { verdict, evidence } = await within(HELLO, { circuitNodes: 1, executions: 1 }, violating);
    expect(verdict).toMatchObject({ kind: 'inconclusive', reason: 'the budget of 1 executions ended' });
    expect(evidence).toMatchObject({
      strategy: 'alternating',
      fallbacks: ['compiled: the circuit of conditions passed its budget of 1 nodes'],
      // One more where nothing is lost, which can be decided.
      executions: 2,
    });
    expect(verdict).toMatchObject({ smaller: [{ bounds: { eff: 1 }, verdict: 'certified' }] });
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
      else for (const { run } of verdict.counterexamples) expect(isViolated(run)).toBe(true);
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
    const { verdict, evidence } = await withEnoughTime(
      200,
      (timeout) => checked(PERSISTENT, { ...long, strategy: 'exhaustive', timeout }),
      ({ verdict }) => verdict.kind === 'inconclusive' && !verdict.reason.includes('phase: evaluate'),
    );
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringMatching(/^the (time budget ended \(phase: search\)|budget of)/) as string,
    });
    expect(evidence.executions).toBeGreaterThan(0);
  });

  it('leaves what is known to violate, as unproven', async () => {
    const { verdict } = await withEnoughTime(
      300,
      (timeout) =>
        checked(PERSISTENT, {
          ...long,
          bounds: { ...long.bounds, crashes: 1 },
          strategy: 'exhaustive',
          limit: 1_000,
          timeout,
          budgets: { executions: 1_000_000_000 },
        }),
      (result) => result.verdict.kind === 'violated',
    );
    expect(verdict).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [{ kind: 'crash', node: 'a', time: 1 }], minimality: 'unproven' }],
      remaining: 'unknown',
    });
  });

  it('falls back within what is left of it', async () => {
    const { evidence, verdict } = await checked(PERSISTENT, {
      ...long,
      timeout: 3,
      budgets: { diagramNodes: 0 },
    });
    expect(['certified', 'inconclusive']).toContain(verdict.kind);
    expect(evidence.fallbacks.length).toBeLessThanOrEqual(2);
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
    const factory: SolverFactory = {
      backend: real.backend,
      get isUsable() {
        return done <= operations;
      },
      create,
    };
    return { factory, used: () => done };
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
            expect(evidence.fallbacks[0]).toBe('compiled: out of memory');
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
    expect(verdict).toMatchObject({ kind: 'certified' });
    expect(evidence).toMatchObject({
      strategy: 'alternating',
      fallbacks: ['compiled: out of memory', expect.stringMatching(/^random: /)],
    });
  });
});
