import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { defaultBudgets } from '../../src/runner/guard/budgets.js';
import {
  plainSearch,
  searchOn,
  type Search,
  type SearchOptions,
  type SearchProgress,
} from '../../src/runner/search.js';
import { Undecided } from '../../src/runner/guard/undecided.js';
import { answeredAtOnce } from '../../src/runner/drivers/answered.js';
import type { FaultSet } from '../../src/injector/faults.js';
import type { Asking } from '../../src/runner/requests.js';
import type { Subject } from '../../src/runner/subjects/subject.js';
import { strategies } from '../../src/runner/strategies/strategies.js';
import { loadBackend } from '../../src/solver/backends.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { admissibleFaultSets, countFaultSets } from '../judge/fault-sets.js';
import { PERSISTENT } from '../cli/harness.js';
import { isViolated } from '../../src/injector/run.js';

const nodes = ['a', 'b'];
const bounds = { eot: 4, eff: 3, crashes: 1 };
const all = [...admissibleFaultSets(nodes, bounds)];

describe('a search', () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  function newSearch(options: Partial<SearchOptions> = {}): Search<Subject> {
    const checked = readDedalusText(PERSISTENT).checked!;
    return searchOn(checked, {
      nodes,
      bounds,
      budgets: defaultBudgets,
      factory,
      ...plainSearch,
      ...options,
    });
  }

  it('keeps the least of the violating fault sets that it is told of, in whatever order', () => {
    expect(newSearch().violating).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { minLength: 1 }), (told) => {
        const fresh = newSearch();
        for (const faults of told) fresh.note(faults);
        const [least] = [...told].sort((a, b) => fresh.space.compare(a, b));
        expect(fresh.violating).toEqual(least);
      }),
    );
  });

  it('is undecided where there is more work than there may be, and only then', async () => {
    const cadical = await loadBackend('cadical');
    const concluding = (work: number, diagramNodes: number) => {
      const budgets = { ...defaultBudgets, diagramNodes };
      const search = newSearch({ factory: cadical, work, budgets });
      const conclusion = answeredAtOnce(strategies.compiled(search), search.subject);
      return { kind: conclusion.verdict.kind, work: search.work };
    };
    for (const diagramNodes of [0, 100_000]) {
      const { kind, work } = concluding(1e9, diagramNodes);
      expect(concluding(work, diagramNodes)).toEqual({ kind, work });
      expect(() => concluding(work / 2, diagramNodes)).toThrow(new Undecided('the budget of work ended'));
    }
  });

  it('counts each fault set that it runs once, however it is run', () => {
    const search = newSearch({ budgets: { ...defaultBudgets, executions: 2 } });
    const answer = <Value>(asking: Asking<Value>) => answeredAtOnce(asking, search.subject);
    const [first, second, third] = all;
    answer(search.run(first));
    answer(search.replay(first));
    answer(search.run(first));
    answer(search.replay(second));
    expect(search.executions).toBe(2);
    expect(search.hasRun(second)).toBe(true);
    expect(search.hasRun(third)).toBe(false);
    expect(() => answer(search.run(third))).toThrow(Undecided);
    expect(() => answer(search.replay(third))).toThrow('the budget of 2 executions ended');
    expect(isViolated(answer(search.run(second)))).toBe(false);
  });

  it('counts of the runs that are asked for together those up to the first that is enough', () => {
    const runs = fc.record({ enough: fc.nat(all.length), batch: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(runs, ({ enough, batch }) => {
        const search = newSearch({ batch });
        const seen: FaultSet[] = [];
        const first = answeredAtOnce(
          search.firstUnder(all, (faults) => seen.push(faults) > enough),
          search.subject,
        );
        expect(first).toEqual(all.at(enough));
        expect(seen).toEqual(all.slice(0, enough + 1));
        expect(search.executions).toBe(seen.length);
      }),
    );
  });

  it('says of all fault sets up to a size how many they are', () => {
    const search = newSearch();
    search.cover(-1);
    expect(search.covered).toBeUndefined();
    for (let size = 0; size <= search.space.largest; size++) {
      search.cover(size);
      const upTo = BigInt(all.filter((faults) => faults.length <= size).length);
      expect(search.covered).toEqual({ size, examined: upTo, total: upTo });
    }
    expect(search.covered!.total).toBe(countFaultSets(nodes.length, bounds));
  });

  it('refuses a counterexample that is none', () => {
    const search = newSearch();
    expect(() => answeredAtOnce(search.counterexample([], 'minimum'), search.subject)).toThrow(
      'the fault set {} was found to violate the specification, and does not',
    );
  });

  it('tells where it is', () => {
    const told: SearchProgress[] = [];
    const search = newSearch({ onProgress: (progress) => told.push(progress) });
    search.enter('search');
    answeredAtOnce(search.run([]), search.subject);
    expect(told.at(0)).toMatchObject({ phase: 'search', firings: 0, executions: 0, solverCalls: 0 });
    expect(told.at(-1)).toMatchObject({ phase: 'search', firings: 0, executions: 1, solverCalls: 0 });
  });
});
