/** Whoever answers what strategies ask, they come to the same. */
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { finish } from '../../../src/model/steps.js';
import { answered, answeredAtOnce } from '../../../src/runner/drivers/answered.js';
import { awaited } from '../../../src/runner/drivers/awaited.js';
import { defaultBudgets } from '../../../src/runner/guard/budgets.js';
import { Undecided } from '../../../src/runner/guard/undecided.js';
import { runGuarded } from '../../../src/runner/guard/watchdog.js';
import { outcomesUnder, recordedUnder, repeatCalls, runUnder } from '../../../src/runner/requests.js';
import { plainSearch, Search, searchOn, type SearchOptions } from '../../../src/runner/search.js';
import { runningStrategies } from '../../../src/runner/strategies/strategies.js';
import type {
  Described,
  Later,
  Recordable,
  Runnable,
  Subject,
} from '../../../src/runner/subjects/subject.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { HELLO, PERSISTENT } from '../../cli/harness.js';

const nodes = ['a', 'b'];
const NAMES = ['alternating', 'random', 'exhaustive'] as const;

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

function optionsFor(options: Partial<SearchOptions> = {}): SearchOptions {
  return {
    nodes,
    bounds: { eot: 3, eff: 2, crashes: 1 },
    budgets: { ...defaultBudgets, executions: 200 },
    factory,
    ...plainSearch,
    ...options,
  };
}

function newSearch(text: string, options: Partial<SearchOptions> = {}): Search<Subject> {
  return searchOn(readDedalusText(text).checked!, optionsFor(options));
}

/** What a search came to, and what that took. */
function told(search: Search, conclusion: unknown) {
  const { executions, statistics, covered, violating } = search;
  return { conclusion, executions, first: statistics.executionsToViolation, covered, violating };
}

function atOnce(name: (typeof NAMES)[number], search: Search<Subject>) {
  try {
    return told(search, answeredAtOnce(runningStrategies[name](search), search.subject));
  } catch (error) {
    return told(search, error);
  }
}

async function later(name: (typeof NAMES)[number], search: Search, system: Later<Runnable & Recordable>) {
  const conclusion = await awaited(runningStrategies[name](search), system).catch((error: unknown) => error);
  return told(search, conclusion);
}

/** A system of the same behaviour, which takes its time. */
function slowly(subject: Runnable & Recordable): Later<Runnable & Recordable> {
  const after =
    <Answer>(work: (faults: FaultSet) => Answer) =>
    async (faults: FaultSet) => {
      await setImmediate();
      return work(faults);
    };
  return {
    outcome: after((faults) => subject.outcome(faults)),
    replay: after((faults) => subject.replay(faults)),
    record: after((faults) => subject.record(faults)),
  };
}

describe.each(NAMES)('%s', (name) => {
  it.each([
    ['a violation', HELLO],
    ['none, or a crash', PERSISTENT],
  ])('comes to the same, and counts the same, on a system that is awaited: %s', async (_, text) => {
    const expected = atOnce(name, newSearch(text));
    const search = newSearch(text);
    expect(await later(name, search, slowly(search.subject))).toEqual(expected);
  });

  it('comes to the same, and counts the same, however many runs are asked for together', () => {
    const runs = fc.record({
      batch: fc.integer({ min: 2, max: 40 }),
      executions: fc.integer({ min: 1, max: 60 }),
      wanted: fc.integer({ min: 1, max: 3 }),
      text: fc.constantFrom(HELLO, PERSISTENT),
    });
    fc.assert(
      fc.property(runs, ({ batch, executions, wanted, text }) => {
        const options = { wanted, budgets: { ...defaultBudgets, executions } };
        expect(atOnce(name, newSearch(text, { ...options, batch }))).toEqual(
          atOnce(name, newSearch(text, options)),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('does not take a violation for one that is gone when the run is repeated', async () => {
    const { subject } = newSearch(HELLO);
    const calm = subject.replay([]);
    const system = { ...slowly(subject), replay: (faults: FaultSet) => Promise.resolve({ ...calm, faults }) };
    const described: Described = { ...describedBy(subject), isRepeatable: false };
    const search = new Search(optionsFor(), () => described);
    const { conclusion } = await later(name, search, system);
    expect(conclusion).toBeInstanceOf(Undecided);
    expect((conclusion as Undecided).message).toMatch(
      /^the run under `.+` is unstable: it violated the specification, and did not when it was repeated$/,
    );
  });
});

function describedBy(subject: Described): Described {
  const { properties, isRepeatable, provesByLineage, asked, unread, work, reached } = subject;
  return {
    properties,
    isRepeatable,
    provesByLineage,
    asked,
    unread,
    work,
    reached,
    divergence: (run, failureFree) => subject.divergence(run, failureFree),
  };
}

describe('a driver', () => {
  const failing = new Error('no');
  const fails = () => {
    throw failing;
  };
  const broken = { outcome: fails, replay: fails, record: fails, repeatCalls: fails };

  /** Asks for everything, and tells what each came to. */
  function* askAll() {
    const came: unknown[] = [];
    for (const asking of [outcomesUnder([[]]), recordedUnder([]), runUnder([]), repeatCalls()])
      try {
        came.push(yield* asking);
      } catch (error) {
        came.push(error);
      }
    return came;
  }

  it('throws what goes wrong where it was asked for', async () => {
    expect(answeredAtOnce(askAll(), broken)).toEqual([failing, failing, failing, failing]);
    expect(await awaited(askAll(), broken)).toEqual([failing, failing, failing, undefined]);
  });

  it('that is awaited ends when it is aborted', async () => {
    const aborting = new AbortController();
    const { subject } = newSearch(HELLO);
    const system: Later<Runnable & Recordable> = {
      ...slowly(subject),
      outcome: (faults) => {
        aborting.abort(failing);
        return subject.outcome(faults);
      },
    };
    await expect(
      awaited(runningStrategies.exhaustive(newSearch(HELLO)), system, aborting.signal),
    ).rejects.toBe(failing);
  });
});

describe('a search that is ended from outside, at any moment', () => {
  /**
   * What is known is replaced in one step each, and only when it is whole: so what can be read afterwards was true at
   * some moment before.
   */
  it('leaves what was true before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (timeoutMs) => {
        const search = newSearch(PERSISTENT, {
          bounds: { eot: 9, eff: 8, crashes: 1 },
          budgets: { ...defaultBudgets, executions: 1_000_000 },
          wanted: 1_000,
        });
        const steps = answered(runningStrategies.exhaustive(search), search.subject);
        const guarded = runGuarded(() => finish(steps), { timeoutMs });
        expect(guarded.kind).toBe('timeout');
        const { violating, covered, space } = search;
        // One crash of the sender violates, and nothing less.
        if (violating !== undefined) {
          expect(newSearch(PERSISTENT, search.options).subject.outcome(violating).judgements).toContainEqual(
            expect.objectContaining({ kind: 'violated' }),
          );
          expect(search.hasRun(violating)).toBe(true);
        }
        if (covered !== undefined) expect(covered.examined).toBe(covered.total);
        expect(covered?.size ?? -1).toBeLessThanOrEqual(space.largest);
        const none = covered !== undefined && covered.size >= 1;
        if (none) expect(violating).toHaveLength(1);
      }),
      { numRuns: 10 },
    );
  });
});
