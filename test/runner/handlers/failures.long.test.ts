/** What is told of handlers that fail: the same by the library and by the command line, which alone reads files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as library from '../../../src/index.js';
import {
  ProtocolError,
  checkScenario,
  defineScenario,
  formatDiagnostic,
  formatSchedule,
  fromJson,
  replayProtocol,
  replayScenario,
  toJson,
  type,
  type Scenario,
} from '../../../src/index.js';
import { diagnoseFailure } from '../../../src/cli/failures.js';
import { scenarioHost } from '../../../src/runner/files/file-system.js';
import type { StrategyName } from '../../../src/runner/result.js';
import { moduleLoader } from '../../../src/runner/files/modules.js';
import { expectGolden, readGolden } from '../../golden.js';
import { withEnoughTime } from '../../enough-time.js';
import { failing, type FailingScenario } from './failing.js';
import { failureOf } from './failure-of.js';

const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ldfi-handlers-'));
const load = moduleLoader({ exports: () => library, entries: () => ({}) });

// However far stacks reach: what called ldfi is no place of a failure.
const usual = Error.stackTraceLimit;
beforeAll(() => {
  Error.stackTraceLimit = 100;
});
afterAll(() => {
  Error.stackTraceLimit = usual;
  rmSync(folder, { recursive: true });
});

function fileOf({ name, text }: FailingScenario): string {
  const path = join(folder, `${name.replaceAll(' ', '-')}.ts`);
  writeFileSync(path, text);
  return path;
}

async function scenarioOf(failingScenario: FailingScenario): Promise<Scenario> {
  const loading = await load(fileOf(failingScenario));
  if (loading.kind !== 'loaded') throw new Error(loading.kind);
  return loading.exports.default as Scenario;
}

/** Of work that a time limit is to end in a call that does not return. */
async function endlessIn(work: (timeout: number) => unknown): Promise<ProtocolError> {
  const attempt = (timeout: number) =>
    failureOf(() => work(timeout)).catch((error: unknown) => error as Error);
  const error = await withEnoughTime(300, attempt, (failure) => failure instanceof ProtocolError);
  if (error instanceof ProtocolError) return error;
  throw error;
}

/** Without the place, and the text that stands there. */
function withoutPlace(told: string): string {
  return told.replace(/^\S+:\d+:\d+: /, '').replace(/\n +\d+ \|.*\n +\|.*/, '');
}

function named(name: string): FailingScenario {
  return failing.find((each) => each.name === name)!;
}

const HIDDEN = named('a handler throws only where a message was lost');

describe('a handler that fails', () => {
  it.each(failing)('is told by the library: $name', async (each) => {
    const scenario = await scenarioOf(each);
    const error = await (each.endless === true
      ? endlessIn((timeout) => checkScenario(scenario, { timeout }))
      : failureOf(() => checkScenario(scenario)));
    const shown = formatDiagnostic(diagnoseFailure(error, scenarioHost(load))!);
    await expectGolden(`${shown.replaceAll(`${folder}/`, '')}\n`, `handlers/${each.name}`);
    expect(error.message).toMatch(new RegExp(`^${fileOf(each)}:\\d+:\\d+: error RUN`));
    expect(withoutPlace(error.message)).toBe(withoutPlace(shown));
  });

  /** What the command line tells of each, in turn. */
  function tellAll(scenarios: readonly FailingScenario[], ...options: readonly string[]) {
    const files = scenarios.map(fileOf).map((path) => basename(path));
    const ended = spawnSync(process.execPath, [program, 'check', ...files, ...options, '--no-config'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const expected = scenarios.map(({ name }) => readGolden(`handlers/${name}`)).join('');
    return { told: { status: ended.status, out: ended.stdout, err: ended.stderr }, expected };
  }

  it('is told the same by the command line, for every one of them', () => {
    const { told, expected } = tellAll(failing.filter(({ endless }) => endless !== true));
    expect(told).toEqual({ status: 2, out: '', err: expected });
  });

  // On a busy machine, time may be over in another call, or between two of them.
  it('is told the same by the command line, where a call is ended by a time limit', async () => {
    const { told, expected } = await withEnoughTime(
      300,
      (timeout) =>
        Promise.resolve(
          tellAll(
            failing.filter(({ endless }) => endless === true),
            '--timeout',
            `${timeout}ms`,
          ),
        ),
      ({ told, expected }) => told.err === expected && told.out === '',
    );
    expect(told).toEqual({ status: 2, out: '', err: expected });
  });

  it('that uses its context in a callback ends the program, for all that was certified', () => {
    const late = `import { defineScenario, type } from 'ldfi';
const later = setTimeout;
export default defineScenario({
  name: 'late',
  nodes: ['a', 'b'],
  bounds: { eot: 3, eff: 2, crashes: 0 },
  handlers: {
    messages: type(),
    init: () => 0,
    onTick(state, context) {
      later(() => context.broadcast({ type: 'ping' }));
    },
    onMessage: { ping: () => 1 },
    observe: (state) => state,
  },
  specification: { quiet: { pre: () => true, post: () => true } },
});
`;
    writeFileSync(join(folder, 'late.ts'), late);
    const ended = spawnSync(process.execPath, [program, 'check', 'late.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(ended.status).toBe(2);
    // As many of its calls are told as end before the program does.
    expect(ended.stderr).toContain(
      `late.ts:11:27: error RUN308: onTick of a at time 2 used its context after it had returned
        state: 0
        hint: send, and set timers, before the handler returns: not in a callback, nor after an \`await\`
`,
    );
  });

  /** A helper above the root, and a scenario in it whose handler throws in the helper. */
  function withHelper(): { readonly helper: string; readonly scenario: string } {
    const above = mkdtempSync(join(folder, 'above-'));
    mkdirSync(join(above, 'root'));
    const [helper, scenario] = [join(above, 'helper.ts'), join(above, 'root', 'scenario.ts')];
    writeFileSync(
      helper,
      `export function count(votes: number): number {
  if (votes > 0) throw new Error('no more'); // not to be shown
  return votes + 1;
}
`,
    );
    writeFileSync(
      scenario,
      `import { defineScenario, type } from 'ldfi';
import { count } from '../helper';
export default defineScenario({
  name: 'helped',
  nodes: ['a'],
  bounds: { eot: 3, eff: 0, crashes: 0 },
  handlers: {
    messages: type<{ type: 'none' }>(),
    init: () => 0,
    onTick: (state) => count(state),
    onMessage: { none: () => undefined },
    observe: (state) => state,
  },
  specification: { fine: { always: () => true } },
});
`,
    );
    return { helper, scenario };
  }

  it('outside of the root is told by its place, and its text is not read', () => {
    const { helper, scenario } = withHelper();
    const check = (...options: readonly string[]) =>
      spawnSync(process.execPath, [program, 'check', scenario, '--no-config', ...options], {
        cwd: join(scenario, '..'),
        encoding: 'utf8',
      });
    const confined = check('--root', '.');
    expect(confined.status).toBe(2);
    expect(confined.stderr).toContain(`${helper}:2:`);
    expect(confined.stderr).toContain('error RUN301: onTick of a at time 3 throws Error: no more');
    expect(confined.stdout + confined.stderr).not.toContain('not to be shown');
    expect(check('--root', '..').stderr).toContain('not to be shown');
  });

  it('is told by the library without a look at any file', async () => {
    const { helper, scenario } = withHelper();
    const loading = await load(scenario);
    if (loading.kind !== 'loaded') throw new Error(loading.kind);
    rmSync(join(helper, '..'), { recursive: true });
    const { message } = await failureOf(() => checkScenario(loading.exports.default as Scenario));
    expect(message.split('\n')[0].replace(helper, 'helper.ts')).toMatch(
      /^helper\.ts:2:\d+: error RUN301: onTick of a at time 3 throws Error: no more$/,
    );
    // Nor where it is there.
    const again = withHelper();
    const there = await load(again.scenario);
    if (there.kind !== 'loaded') throw new Error(there.kind);
    const error = await failureOf(() => checkScenario(there.exports.default as Scenario));
    expect(JSON.stringify([error.message, error.diagnostic])).not.toContain('not to be shown');
  });

  it('fails the same where it is replayed under the faults that are told, and not under fewer', async () => {
    const scenario = await scenarioOf(HIDDEN);
    const error = await failureOf(() => checkScenario(scenario));
    expect(formatSchedule(error.faults)).toBe('drop host->ann@1');
    const again = await failureOf(() => replayScenario(scenario, formatSchedule(error.faults)));
    expect(again.message).toBe(error.message);
    expect(() => replayScenario(scenario)).not.toThrow();
  });

  it.each<StrategyName>(['alternating', 'random', 'exhaustive'])('is found by %s', async (strategy) => {
    const scenario = await scenarioOf(HIDDEN);
    const error = await failureOf(() => checkScenario(scenario, { strategy }));
    const again = await failureOf(() => replayScenario(scenario, error.faults));
    expect(again.message).toBe(error.message);
  });

  it('is told with the same faults where there is no diagram', async () => {
    const scenario = await scenarioOf(HIDDEN);
    const [withDiagram, without] = [{}, { diagramNodes: 0 }].map((budgets) =>
      failureOf(() => checkScenario(scenario, { budgets })),
    );
    expect((await without).message).toBe((await withDiagram).message);
  });

  it('has what it threw for its cause', async () => {
    const error = await failureOf(async () => checkScenario(await scenarioOf(HIDDEN)));
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.call).toMatchObject({ node: 'host', time: 3, event: { kind: 'message', from: 'bob' } });
  });

  it('is in the document with all that is told of it', async () => {
    const { diagnostic } = await failureOf(async () => checkScenario(await scenarioOf(HIDDEN)));
    const written = JSON.stringify(
      toJson({ results: [], runs: [], verifications: [], diagnostics: [diagnostic] }),
    );
    const { name, text } = diagnostic.span!.source;
    expect((await fromJson(JSON.parse(written))).diagnostics).toEqual([
      { ...diagnostic, span: { ...diagnostic.span, source: { name, text } } },
    ]);
  });
});

describe('a handler that does not return', () => {
  const LOOP = named('a handler loops where a message was lost');

  it('ends a replay, with the same words', async () => {
    const scenario = await scenarioOf(LOOP);
    const { nodes, bounds, protocol } = scenario;
    if (protocol.kind === 'rules') throw new Error('not by handlers');
    const error = await endlessIn((timeout) => checkScenario(scenario, { timeout }));
    const again = await endlessIn((timeout) =>
      replayProtocol(protocol, { nodes, bounds, timeout }, error.faults),
    );
    expect(again.message).toBe(error.message);
  });

  it('is told by strategies that run fault sets one by one', async () => {
    const scenario = await scenarioOf(LOOP);
    const error = await endlessIn((timeout) => checkScenario(scenario, { strategy: 'exhaustive', timeout }));
    expect(error.diagnostic.code).toBe('RUN309');
    expect(formatSchedule(error.faults)).not.toBe('');
  });

  it('is not taken for one that was near its end', async () => {
    let calls = 0;
    // As it was before the check, which keeps handlers from the clock.
    const now = performance.now.bind(performance);
    const slow = defineScenario({
      name: 'slow',
      nodes: ['a'],
      bounds: { eot: 3, eff: 0, crashes: 0 },
      handlers: {
        messages: type<{ readonly type: 'none' }>(),
        init: () => 0,
        onTick() {
          const end = now() + 150;
          while (calls++ >= 0 && now() < end);
        },
        onMessage: { none: () => undefined },
        observe: (state) => state,
      },
      specification: { something: { pre: () => true, post: () => true } },
    });
    const { verdict } = await checkScenario(slow, { timeout: 100 });
    expect(verdict.kind).toBe('inconclusive');
  });
});
