/** Whoever helps with the runs of a check, and whatever becomes of them, the check comes to the same. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckedProgram } from '../../src/model/rules/program.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { answeredAtOnce } from '../../src/runner/drivers/answered.js';
import { pooled } from '../../src/runner/drivers/pooled.js';
import { defaultBudgets } from '../../src/runner/guard/budgets.js';
import { runSliced } from '../../src/runner/guard/sliced.js';
import { protocolKind } from '../../src/runner/kinds/kinds.js';
import { RunPool, type RunPoolOptions } from '../../src/runner/run-pool.js';
import {
  plainSearch,
  searchOn,
  subjectOptions,
  type Search,
  type SearchOptions,
} from '../../src/runner/search.js';
import { runningStrategies } from '../../src/runner/strategies/strategies.js';
import type { Subject } from '../../src/runner/subjects/subject.js';
import { loadBackend } from '../../src/solver/backends.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { HELLO, PERSISTENT } from '../cli/harness.js';

const PROGRAM = new URL('../../dist/runner/run-thread.js', import.meta.url);
const NAMES = ['alternating', 'random', 'exhaustive'] as const;

/** Under some fault sets it violates its specification, and under others it cannot be run. */
const FAILING = `
tick("a", "b", 1)@1;
tick(A, B, N + 1)@next :- tick(A, B, N);
told(B, N)@async :- tick(A, B, N);
heard(B, N) :- told(B, N);
heard(B, N)@next :- heard(B, N);
total(B, sum<N>) :- heard(B, N);
end("a", "b")@5;
pre(A, B) :- end(A, B);
post(A, B) :- end(A, B), total(B, S), 60 / (S - 6) > 0, S != 8;
`;

let factory: SolverFactory;
beforeAll(async () => {
  expect(existsSync(PROGRAM), 'the program is not built: run `npm run build`').toBe(true);
  factory = await loadBackend('minisat');
});

function optionsFor(options: Partial<SearchOptions>): SearchOptions {
  return {
    nodes: ['a', 'b'],
    bounds: { eot: 5, eff: 5, crashes: 1 },
    budgets: { ...defaultBudgets, executions: 150 },
    factory,
    ...plainSearch,
    ...options,
  };
}

function programOf(text: string): CheckedProgram {
  return readDedalusText(text).checked!;
}

/** What a search came to, and what that took; a failure is told by its message. */
function told(search: Search, conclusion: unknown) {
  const { executions, statistics, covered, violating } = search;
  const ending = conclusion instanceof Error ? `${conclusion.name}: ${conclusion.message}` : conclusion;
  return { ending, executions, first: statistics.executionsToViolation, covered, violating };
}

function alone(name: (typeof NAMES)[number], text: string, options: Partial<SearchOptions>) {
  const search = searchOn(programOf(text), optionsFor(options));
  try {
    return told(search, answeredAtOnce(runningStrategies[name](search), search.subject));
  } catch (error) {
    return told(search, error);
  }
}

/** A pool of what a program needs that is searched. */
function poolFor(
  protocol: CheckedProgram,
  { options }: Pick<Search, 'options'>,
  pool: RunPoolOptions,
): RunPool {
  const data = protocolKind(protocol).crossing!.leave(protocol);
  const shared = { kind: protocol.kind, data, options: subjectOptions(options) };
  return new RunPool(shared, { worthIt: 0, program: PROGRAM, ...pool });
}

async function together(
  name: (typeof NAMES)[number],
  text: string,
  options: Partial<SearchOptions>,
  pool: RunPoolOptions,
) {
  const protocol = programOf(text);
  const search: Search<Subject> = searchOn(protocol, optionsFor(options));
  const threads = poolFor(protocol, search, pool);
  try {
    const steps = pooled(runningStrategies[name](search), search.subject, threads);
    const guarded = await runSliced(steps, { timeoutMs: undefined, signal: undefined });
    return told(search, guarded.kind === 'finished' && guarded.value);
  } catch (error) {
    return told(search, error);
  } finally {
    threads.dispose();
  }
}

const searches = fc.record({
  name: fc.constantFrom(...NAMES),
  text: fc.constantFrom(HELLO, PERSISTENT, FAILING),
  batch: fc.integer({ min: 2, max: 40 }),
  executions: fc.integer({ min: 1, max: 150 }),
  wanted: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(9),
});

/** Threads that nothing can be hoped for from. */
const lost = fc.constantFrom(
  'data:text/javascript,process.exit()',
  'data:text/javascript,throw new Error("no")',
  'file:///nowhere.js',
);

async function expectSame(
  { name, text, batch, executions, ...rest }: typeof searches extends fc.Arbitrary<infer Case> ? Case : never,
  pool: RunPoolOptions,
) {
  const options = { ...rest, budgets: { ...defaultBudgets, executions } };
  expect(await together(name, text, { ...options, batch }, pool)).toEqual(alone(name, text, options));
}

describe('a search', () => {
  it('comes to the same, and counts the same, however many threads share its runs', async () => {
    await fc.assert(
      fc.asyncProperty(searches, fc.integer({ min: 0, max: 2 }), (search, size) =>
        expectSame(search, { size }),
      ),
      { numRuns: 20 },
    );
  });

  it('comes to the same where threads are lost', async () => {
    await fc.assert(
      fc.asyncProperty(searches, lost, (search, program) =>
        expectSame(search, { size: 2, program: new URL(program) }),
      ),
      { numRuns: 20 },
    );
  });

  it('has runs made by others, once they have started', async () => {
    const protocol = programOf(PERSISTENT);
    const { subject, ...search } = searchOn(protocol, optionsFor({}));
    const pool = poolFor(protocol, search, { size: 1 });
    const faultSets = Array.from({ length: 100 }, () => []);
    let here = 0;
    const outcome = () => {
      here++;
      return subject.outcome([]);
    };
    for (let asked = 0; here === asked; asked += faultSets.length) {
      const ran = await runSliced(pool.outcomes(faultSets, outcome), {
        timeoutMs: undefined,
        signal: undefined,
      });
      expect(ran).toEqual({ kind: 'finished', value: faultSets.map(() => subject.outcome([])) });
    }
    pool.dispose();
  });
});

describe('waiting for a thread that never answers', () => {
  /** It takes all there is to run, and says nothing. */
  const hoarding = `data:text/javascript,${encodeURIComponent(
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ taken }) => Atomics.store(taken, 0, 1000));`,
  )}`;

  function wait(limits: { readonly timeoutMs?: number; readonly signal?: AbortSignal }) {
    const protocol = programOf(PERSISTENT);
    const search = searchOn(protocol, optionsFor({ batch: 40 }));
    const pool = poolFor(protocol, search, { size: 1, program: new URL(hoarding) });
    const outcomes = function* () {
      for (;;) yield* pool.outcomes([[], []], (faults) => search.subject.outcome(faults));
    };
    return runSliced(outcomes(), { timeoutMs: undefined, signal: undefined, ...limits }).finally(() => {
      pool.dispose();
    });
  }

  it('ends when time is over', async () => {
    expect(await wait({ timeoutMs: 300 })).toEqual({ kind: 'timeout' });
  });

  it('ends when it is aborted', async () => {
    const reason = new Error('enough');
    const aborting = new AbortController();
    setTimeout(() => {
      aborting.abort(reason);
    }, 300);
    await expect(wait({ signal: aborting.signal })).rejects.toBe(reason);
  });
});
