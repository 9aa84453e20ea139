/** What authors may not use while their code runs, and that nobody else notices. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ProtocolError,
  checkScenario,
  defineScenario,
  fileSystemHost,
  replayScenario,
  type,
} from '../../../src/index.js';
import type { HandlerProtocol } from '../../../src/model/handlers/protocol.js';
import { forbiddenProperties } from '../../../src/runner/guard/forbidden.js';
import { Traps } from '../../../src/runner/guard/traps.js';
import { locateDiagnostic, sourcesOf } from '../../../src/runner/files/sources.js';
import { runGuarded } from '../../../src/runner/guard/watchdog.js';

/** What authors print with. */
const screen = console;

/** Where an author may write code, each of which runs some work. */
const PLACES = [
  ...['init', 'onStart', 'onTick', 'onTimer', 'onMessage', 'observe'],
  ...['pre', 'post', 'always', 'never', 'step', 'when', 'then'],
];

function scenarioIn(place: string, work: () => unknown) {
  const at = <Value>(here: string, value: Value): Value => {
    if (here === place) work();
    return value;
  };
  return defineScenario({
    name: 'ping',
    nodes: ['a', 'b'],
    bounds: { eot: 4, eff: 2, crashes: 1 },
    handlers: {
      messages: type<{ readonly type: 'ping' }>(),
      init: () => at('init', 0),
      onStart(state, { self, send, timers, invoke, complete }) {
        invoke({ type: 'ping' });
        complete();
        timers.set('retry', 1);
        if (self === 'a') send('b', { type: 'ping' });
        return at('onStart', state);
      },
      onTick: (state) => at('onTick', state),
      onTimer: (state) => at('onTimer', state),
      onMessage: { ping: () => at('onMessage', 1) },
      observe: (state) => at('observe', state),
    },
    specification: {
      large: { always: () => at('always', true) },
      fine: { pre: () => at('pre', true), post: () => at('post', true) },
      small: { never: () => at('never', false) },
      growing: { step: () => at('step', true) },
      soon: { leadsTo: { when: () => at('when', true), then: () => at('then', true), within: 1 } },
      single: {
        linearizable: { initial: 0, step: () => at('model', { state: 0 }), part: () => at('part', 'all') },
      },
    },
  });
}

const USES: readonly (readonly [what: string, use: () => unknown])[] = [
  ['Date.now()', () => Date.now()],
  ['new Date()', () => new Date()],
  ['new Date()', () => Date()],
  ['new Date()', () => new (class extends Date {})()],
  ['Math.random()', () => Math.random()],
  ['performance', () => performance.now()],
  ['crypto', () => crypto.randomUUID()],
  ['process.hrtime()', () => process.hrtime()],
  ['process.hrtime.bigint()', () => process.hrtime.bigint()],
  ['setTimeout()', () => setTimeout(() => undefined)],
  ['setInterval()', () => setInterval(() => undefined, 1_000)],
  ['setImmediate()', () => setImmediate(() => undefined)],
  [
    'queueMicrotask()',
    () => {
      queueMicrotask(() => undefined);
    },
  ],
  [
    'process.nextTick()',
    () => {
      process.nextTick(() => undefined);
    },
  ],
  ['fetch()', () => fetch('http://localhost:1/')],
  ['a promise', () => new Promise(() => undefined)],
  ['a promise', () => Promise.reject(new Error('nobody hears of it'))],
  ['a promise', () => (async () => Promise.resolve())()],
  ['a promise', () => import('node:fs')],
];

async function failureOf(work: () => unknown): Promise<ProtocolError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

afterEach(() => {
  vi.useRealTimers();
});

describe('while what an author wrote runs', () => {
  it.each(USES)('%s is told, even where that is caught: %s', async (what, use) => {
    for (const work of [use, () => attempt(use)]) {
      const { diagnostic } = await failureOf(() => checkScenario(scenarioIn('onMessage', work)));
      expect(diagnostic.code).toBe('RUN313');
      expect(diagnostic.message).toContain(`uses ${what},`);
    }
  });

  it.each(PLACES)('it is told in %s, with the line', async (place) => {
    const scenario = scenarioIn(place, () => Date.now());
    const { diagnostic } = await failureOf(() => checkScenario(scenario));
    expect(diagnostic.code).toBe('RUN313');
    const { span } = locateDiagnostic(diagnostic, sourcesOf({ ...fileSystemHost, display: (path) => path }));
    expect(span?.source.text.slice(span.start, span.end)).toContain('Date.now()');
    expect(() => replayScenario(scenario)).toThrow(ProtocolError);
  });

  it.each(['compiled', 'alternating', 'exhaustive', 'random'] as const)(
    'it is told by %s',
    async (strategy) => {
      const scenario = scenarioIn('onMessage', () => Math.random());
      const { diagnostic } = await failureOf(() => checkScenario(scenario, { strategy }));
      expect(diagnostic.code).toBe('RUN313');
    },
  );

  it('what is the same in every run is allowed', async () => {
    const scenario = scenarioIn('onMessage', () => [
      new Date(0).toISOString(),
      new Date(2026, 1, 1) instanceof Date,
      Date.UTC(2026),
      Date.parse('2026-01-01'),
      Math.max(1, 2),
      structuredClone({ a: 1 }),
      typeof setTimeout,
    ]);
    expect((await checkScenario(scenario)).verdict.kind).toBe('certified');
  });

  it.each(PLACES)('printing is allowed in %s, whatever streams do for it', async (place) => {
    const later = (stream: 'stdout' | 'stderr') =>
      vi.spyOn(process[stream], 'write').mockImplementation(() => {
        process.nextTick(() => undefined);
        return true;
      });
    const spies = [later('stdout'), later('stderr')];
    const said = vi.spyOn(console, 'log').mockImplementation(() => {
      setTimeout(() => undefined);
    });
    const scenario = scenarioIn(place, () => {
      screen.log('hello');
      process.stdout.write('hello');
      process.stderr.write('hello');
    });
    const { verdict } = await checkScenario(scenario);
    const calls = [...spies, said].map(({ mock }) => mock.calls.length);
    vi.restoreAllMocks();
    expect(verdict.kind).toBe('certified');
    expect(Math.min(...calls)).toBeGreaterThan(0);
  });

  it('printing allows nothing after it', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const scenario = scenarioIn('onTick', () => {
      screen.log('hello');
      Date.now();
    });
    const { diagnostic } = await failureOf(() => checkScenario(scenario));
    vi.restoreAllMocks();
    expect(diagnostic.message).toContain('uses Date.now(),');
  });
});

describe('the traps', () => {
  const protocol = (work: () => unknown) => scenarioIn('onTick', work).protocol as HandlerProtocol;

  function globals(): readonly unknown[] {
    return forbiddenProperties().map(({ owner, key }) => Object.getOwnPropertyDescriptor(owner, key));
  }

  it.each(['of its own', 'that are fake'])('leave a host with the globals %s', async (kind) => {
    if (kind === 'that are fake') vi.useFakeTimers();
    const before = globals();
    await checkScenario(scenarioIn('none', () => undefined));
    await failureOf(() => checkScenario(scenarioIn('onTick', () => Date.now())));
    const after = globals();
    expect(after).toEqual(before);
    expect(after.every((each, index) => sameDescriptor(each, before[index]))).toBe(true);
  });

  it('are down again where work is ended from outside, in the middle of a call', () => {
    const before = globals();
    const traps = new Traps();
    const { handlers } = traps.watch(
      protocol(() => {
        for (;;);
      }),
    );
    const guarded = traps.during(() =>
      runGuarded(() => handlers!.onTick?.(0, {} as never), { timeoutMs: 20 }),
    );
    expect(guarded.kind).toBe('timeout');
    expect(globals().every((each, index) => sameDescriptor(each, before[index]))).toBe(true);
    expect(() => Date.now()).not.toThrow();
  });

  it('let everything pass that is no call of the author’s', () => {
    const traps = new Traps();
    const { handlers } = traps.watch(protocol(() => undefined));
    traps.during(() => {
      handlers!.onTick?.(0, {} as never);
      expect(Date.now()).toBeGreaterThan(0);
      expect(new Date()).toBeInstanceOf(Date);
      expect(Math.random()).toBeLessThan(1);
    });
  });
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function sameDescriptor(a: unknown, b: unknown): boolean {
  const [left, right] = [a, b] as readonly (PropertyDescriptor | undefined)[];
  return left?.value === right?.value && left?.get === right?.get && left?.set === right?.set;
}
