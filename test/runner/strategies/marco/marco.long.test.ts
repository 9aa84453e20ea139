import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countDecided, countSystemFaultSets } from '../../../../src/runner/strategies/marco/left-out.js';
import type { PruningRule } from '../../../../src/runner/strategies/marco/rules.js';
import type { SystemFaults } from '../../../../src/runner/strategies/marco/system-run.js';
import { KINDS, runTree, type Service } from './call-tree.js';
import { judge } from './judge.js';
import { searched, type Searched } from './searched.js';
import { trees } from './trees.js';

const runOf = (tree: Service) => (faults: SystemFaults) => runTree(tree, faults);

/** Every fault set has one reason, and what is covered is decided. */
function expectReasons({ marco }: Searched, faults: number): void {
  const { run, bad, rules, undecided } = countDecided(marco.knowledge, faults)!;
  const counted = [run, bad, undecided, ...Object.values(rules)].reduce((sum, count) => sum + count, 0);
  expect(BigInt(counted)).toBe(countSystemFaultSets(marco.knowledge, faults));
  expect(run).toBeLessThanOrEqual(marco.runs);
  if (marco.covered === faults) expect(undecided).toBe(0);
}

describe('finds the minimal fault sets that brute force finds', () => {
  test.each<{ readonly name: string; readonly rules?: readonly PruningRule[] }>([
    { name: 'by all rules' },
    { name: 'without that of services', rules: ['unfired', 'alike', 'monotone'] },
    { name: 'without that of faults that are alike', rules: ['unfired', 'local', 'monotone'] },
    { name: 'without that of fewer faults', rules: ['unfired', 'local', 'alike'] },
    { name: 'by none of them', rules: [] },
  ])('$name', ({ rules }) => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 1, max: 2 }), (tree, faults) => {
        const found = searched(runOf(tree), { faults, ...(rules && { rules }) });
        expect(found.minimal).toEqual(judge(runOf(tree), KINDS, faults).minimal);
        expect(found.marco.covered).toBe(found.minimal.includes('') ? 0 : faults);
        expectReasons(found, faults);
      }),
      { numRuns: 10 },
    );
  });
});

test('with what does not fire left out alone, it runs what brute force runs', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const judged = judge(runOf(tree), KINDS, 2);
      // The run without faults is made twice.
      expect(searched(runOf(tree), { faults: 2, rules: ['unfired'] }).runs).toBeLessThanOrEqual(
        judged.runs + 1,
      );
    }),
    { numRuns: 10 },
  );
});
