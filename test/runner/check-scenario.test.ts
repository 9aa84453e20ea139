import { setImmediate, setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { formatSchedule } from '../../src/injector/schedule.js';
import { violationsOf } from '../../src/injector/run.js';
import { checkScenario, replayScenario } from '../../src/runner/check-scenario.js';
import type { CheckResult } from '../../src/runner/result.js';
import { defineScenario, type Scenario } from '../../src/runner/scenario/define.js';
import { ScenarioError } from '../../src/runner/scenario/error.js';
import { type } from '../../src/index.js';
import { EXACT, schedules } from './checks.js';
import { byRules, faulty, hasty, patient } from './scenarios.js';

/** What differs between two runs of the same check. */
function untimed(result: CheckResult): unknown {
  return { ...result, elapsed: undefined, processor: undefined };
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a check of a scenario', () => {
  it.each([hasty, byRules])('is of its own nodes and bounds: $name', async (scenario) => {
    const result = await checkScenario(scenario);
    expect(schedules(result)).toEqual(['drop alice->bob@1']);
    const { name, nodes, bounds, expect: expected } = scenario;
    expect(result).toMatchObject({ name, nodes, bounds, expected });
  });

  it('is within other bounds where these are given, those left out being its own, and then expects nothing', async () => {
    expect((await checkScenario(patient)).verdict.kind).toBe('certified');
    const crashing = await checkScenario(patient, { bounds: { crashes: 1 } });
    expect(crashing.bounds).toEqual({ ...patient.bounds, crashes: 1 });
    expect(crashing.verdict.kind).toBe('violated');
    const safe = await checkScenario(byRules, { bounds: { eff: 1 } });
    expect([safe.verdict.kind, safe.expected]).toEqual(['certified', undefined]);
  });

  it('is told by the file of the scenario, for commands that replay it', async () => {
    const { location } = await checkScenario(hasty);
    expect(location).toEqual({ file: 'test/runner/scenarios.ts', scenario: 'hasty delivery' });
  });

  it('tells all errors at once, by file and line', async () => {
    const error = await checkScenario(faulty).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ScenarioError);
    const { message, diagnostics } = error as ScenarioError;
    expect(diagnostics.map(({ code }) => code)).toEqual(['DED301', 'DED301']);
    expect(message).toMatch(/^faulty rules cannot be run\n.*scenarios\.ts:\d+:\d+: error DED301/);
  });

  it('is refused where the scenario is none, or its bounds make no sense', async () => {
    await expect(checkScenario({ name: 'x' } as unknown as Scenario)).rejects.toThrow(
      'what `defineScenario` makes',
    );
    const shapeless = defineScenario({ name: 'x', nodes: [] } as unknown as Parameters<
      typeof defineScenario
    >[0]);
    await expect(checkScenario(shapeless)).rejects.toThrow(ScenarioError);
    await expect(checkScenario(hasty, { bounds: { eff: 9 } })).rejects.toThrow(RangeError);
  });
});

describe('a signal', () => {
  /** Far more to do than anybody waits for. */
  const endless = {
    compiled: { strategy: 'compiled', bounds: { eot: 10_000, eff: 3, crashes: 0 } },
    exhaustive: { strategy: 'exhaustive', bounds: { eot: 30, eff: 25, crashes: 0 } },
    random: { strategy: 'random', bounds: { eot: 12, eff: 5, crashes: 0 } },
  } as const;
  const budgets = { executions: Infinity };

  it('that is aborted already ends the check before it begins', async () => {
    const reason = new Error('not today');
    let begun = false;
    const onProgress = () => {
      begun = true;
    };
    const signal = AbortSignal.abort(reason);
    await expect(checkScenario(hasty, { signal, onProgress })).rejects.toBe(reason);
    expect(begun).toBe(false);
  });

  it.each(Object.entries(endless))('that a timer aborts ends a check by %s', async (_, options) => {
    const controller = new AbortController();
    const check = checkScenario(patient, { ...options, budgets, signal: controller.signal });
    const aborting = setTimeout(20).then(() => {
      controller.abort(new Error('enough'));
    });
    await expect(check).rejects.toThrow('enough');
    await aborting;
  });

  it('rejects with the reason of AbortSignal.timeout', async () => {
    const signal = AbortSignal.timeout(20);
    const check = checkScenario(patient, { ...endless.exhaustive, budgets, signal });
    await expect(check).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('lets other work go on meanwhile, such as another check', async () => {
    const controller = new AbortController();
    const check = checkScenario(patient, { ...endless.exhaustive, budgets, signal: controller.signal });
    const ended = check.catch((reason: unknown) => reason);
    await setImmediate();
    expect((await checkScenario(hasty, { signal: controller.signal })).verdict.kind).toBe('violated');
    controller.abort('the other one is done');
    expect(await ended).toBe('the other one is done');
  });

  it.each(EXACT)('that is never aborted changes nothing, by %s', async (strategy) => {
    const { signal } = new AbortController();
    for (const scenario of [hasty, patient, byRules]) {
      const sliced = await checkScenario(scenario, { strategy, signal });
      expect(untimed(sliced)).toEqual(untimed(await checkScenario(scenario, { strategy })));
    }
  });

  it('leaves a time budget as it is', async () => {
    const { signal } = new AbortController();
    const options = { ...endless.exhaustive, budgets, signal, timeout: 200 };
    const { verdict, interrupted } = await checkScenario(patient, options);
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      reason: expect.stringContaining('time budget') as string,
    });
    expect(interrupted).toBe(false);
  });
});

describe('a replay of a scenario', () => {
  it.each([hasty, byRules])(
    'is of a counterexample as a check finds it, or as text: $name',
    async (scenario) => {
      const { verdict } = await checkScenario(scenario);
      if (verdict.kind !== 'violated') throw new Error(verdict.kind);
      const [{ faults, run, divergence }] = verdict.counterexamples;
      expect(replayScenario(scenario, faults)).toEqual({ run, divergence });
      expect(replayScenario(scenario, formatSchedule(faults))).toEqual({ run, divergence });
    },
  );

  it('is failure-free where no faults are given', () => {
    const { run, divergence } = replayScenario(hasty);
    expect([run.faults, violationsOf(run), divergence]).toEqual([[], [], undefined]);
  });

  it('is refused under faults that are not admissible, however these are given', () => {
    const text = 'crash alice@2; drop bob->carol@1';
    const error = thrownBy(() => replayScenario(hasty, text)) as ScenarioError;
    expect(error).toBeInstanceOf(ScenarioError);
    expect(error.diagnostics.map(({ code }) => code)).toEqual(['RUN109', 'RUN108']);
    const omission = { kind: 'omission', from: 'alice', to: 'bob', time: 2 } as const;
    expect(() => replayScenario(hasty, [omission])).toThrow('before EFF 2');
    expect(replayScenario(hasty, [omission], { bounds: { eff: 3 } }).run.faults).toEqual([omission]);
  });
});

describe('who is reliable in a scenario', () => {
  const replicated = defineScenario({
    name: 'replicated',
    nodes: { client: ['x'], server: ['p', 'q'] },
    bounds: { eot: 4, eff: 2, crashes: 1, reliable: { links: ['client->server'] } },
    messages: type<{ readonly type: 'write' }>(),
    roles: {
      client: {
        init: () => ({}),
        onStart: (_, { send, nodesOf }) => {
          for (const server of nodesOf('server')) send(server, { type: 'write' });
        },
        onMessage: {},
        observe: () => true,
      },
      server: {
        init: () => ({ written: false }),
        onMessage: { write: () => ({ written: true }) },
        observe: ({ written }) => written,
      },
    },
    specification: {
      written: {
        pre: ({ at }) => !at('x').crashed,
        post: ({ nodesOf }) => nodesOf('server').every(({ observed, crashed }) => observed && !crashed),
      },
    },
  });

  it('may be named by role, whose nodes reports tell', async () => {
    const lossless = await checkScenario(replicated, { bounds: { crashes: 0 } });
    expect(lossless.verdict.kind).toBe('certified');
    expect(lossless.bounds.reliable).toEqual({ links: ['x->p', 'x->q'] });
    expect(schedules(await checkScenario(replicated))).toEqual(['crash p@3']);
    const given = { bounds: { reliable: { nodes: ['server'], links: ['x->server'] } } };
    const { bounds, verdict } = await checkScenario(replicated, given);
    expect(bounds.reliable).toEqual({ nodes: ['p', 'q'], links: ['x->p', 'x->q'] });
    expect(verdict.kind).toBe('certified');
  });

  it('is replayed under no fault of its own', async () => {
    const refused = thrownBy(() => replayScenario(replicated, 'drop x->q@1'));
    expect(refused).toBeInstanceOf(ScenarioError);
    expect((refused as ScenarioError).message).toContain('the link x->q is taken not to fail');
    await expect(checkScenario(replicated, { bounds: { reliable: { nodes: ['serve'] } } })).rejects.toThrow(
      'there is no node "serve" to be reliable',
    );
  });
});
