import { describe, expect, test } from 'vitest';
import { countDecided } from '../../../../src/runner/strategies/marco/left-out.js';
import { Undecided } from '../../../../src/runner/guard/undecided.js';
import type { SystemFaults, SystemRun } from '../../../../src/runner/strategies/marco/system-run.js';
import { homePage, KINDS, leaf, runTree, type Service } from './call-tree.js';
import { judge } from './judge.js';
import { searched } from './searched.js';

const runOf = (tree: Service) => (faults: SystemFaults) => runTree(tree, faults);

const tenTolerated: Service = {
  name: 'page',
  steps: Array.from({ length: 10 }, (_, place) => ({ calls: leaf(`part-${place}`) })),
};

describe('needs few runs', () => {
  test.each([
    { name: 'a home page, up to 4 faults', tree: homePage({ tells: false, bugs: [] }), faults: 4, runs: 30 },
    { name: 'a home page, all faults', tree: homePage({ tells: false, bugs: [] }), faults: 9, runs: 30 },
    { name: 'ten tolerated calls, up to 4 faults', tree: tenTolerated, faults: 4, runs: 33 },
  ])('$name', ({ tree, faults, runs }) => {
    expect(searched(runOf(tree), { faults }).runs).toBe(runs);
  });
});

test('fault sets that were not run are told by the rule that left them out', () => {
  const { marco } = searched(runOf(tenTolerated), { faults: 4 });
  expect(countDecided(marco.knowledge, 4)).toMatchInlineSnapshot(`
    {
      "bad": 0,
      "rules": {
        "alike": 20280,
        "local": 0,
        "monotone": 375,
        "unfired": 0,
      },
      "run": 30,
      "undecided": 0,
    }
  `);
  const without = searched(runOf(tenTolerated), { faults: 1, rules: [] });
  expect(countDecided(without.marco.knowledge, 1)).toMatchObject({ run: 30, undecided: 0 });
});

test('where it finds a larger fault set than it is to decide, it goes on with fault sets within the bound', () => {
  const tree: Service = { ...tenTolerated, bugs: [[{ step: 0 }, { step: 3 }, { step: 7 }]] };
  const found = searched(runOf(tree), { faults: 2 });
  expect(found.minimal).toEqual([]);
  expect(found.marco.covered).toBe(2);
});

test('a system that is not good without faults has the empty fault set', () => {
  const found = searched((faults) => ({ ...runTree(tenTolerated, faults), good: false }), { faults: 2 });
  expect(found.minimal).toEqual(['']);
  expect(found.runs).toBe(2);
});

test('names calls that two runs without faults do not agree on', () => {
  let runs = 0;
  const found = searched(
    (faults): SystemRun => {
      const run = runTree(tenTolerated, faults);
      return runs++ === 0 ? { ...run, calls: run.calls.slice(1) } : run;
    },
    { faults: 1 },
  );
  expect(found.marco.unstable).toHaveLength(1);
});

test('a budget of runs ends it, and what it knows by then can be read', () => {
  const run = runOf(homePage({ tells: true, bugs: [[{ step: 0 }]] }));
  expect(() => searched(run, { faults: 4, runs: 20 })).toThrow(Undecided);
});

describe('what is against a rule is noticed', () => {
  /** Good, but where the first two calls fail and none other does. */
  const survivesMore = (faults: SystemFaults): SystemRun => {
    const run = runTree(tenTolerated, faults);
    const failed = run.calls.flatMap(({ injected }, place) => (injected === undefined ? [] : [place]));
    const good = failed.join() !== '0,1';
    return { ...run, good, answer: `${run.answer} ${good}` };
  };

  test('by random fault sets, of fewer faults', () => {
    expect(judge(survivesMore, KINDS, 2).minimal).toHaveLength(9);
    expect(searched(survivesMore, { faults: 2 }).minimal).toHaveLength(0);
    const found = searched(survivesMore, { faults: 2, tests: 400 });
    expect(found.marco.refuted).toBe(true);
    expect(found.minimal).not.toHaveLength(0);
  });

  test('by mixtures of faults that are alike', () => {
    const bug = [
      { step: 0, kind: KINDS[1] },
      { step: 1, kind: KINDS[2] },
    ];
    const mixing = runOf({ ...tenTolerated, bugs: [bug] });
    expect(searched(mixing, { faults: 2 }).minimal).toHaveLength(0);
    const found = searched(mixing, { faults: 2, tests: 10 });
    expect(found.marco.refuted).toBe(true);
    expect(found.minimal).toEqual(judge(mixing, KINDS, 2).minimal);
  });

  test('by different answers, of services', () => {
    let runs = 0;
    const found = searched((faults) => ({ ...runTree(tenTolerated, faults), answer: `at ${runs++}` }), {
      faults: 2,
    });
    expect([...found.marco.knowledge.refuted]).toContain('local');
    expect(found.marco.covered).toBe(2);
  });
});
