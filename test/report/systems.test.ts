import { expect, test } from 'vitest';
import { displayWidth } from '../../src/model/text/text.js';
import { reportSystem, reportSystemLine } from '../../src/report/text/systems/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import type { SystemResult } from '../../src/runner/live/result.js';
import { PRUNING_RULES } from '../../src/runner/strategies/marco/rules.js';
import { result, violated } from './system-results.js';

function told(changed: Partial<SystemResult>, verbose: boolean): string {
  return reportSystem({ ...result, ...changed }, { width: 80, style: plainStyle, verbose });
}

interface Case {
  readonly name: string;
  readonly changed: Partial<SystemResult>;
  readonly verbose?: boolean;
}

test.each<Case>([
  { name: 'violated', changed: {} },
  { name: 'violated-and-told-in-full', changed: { resumed: 600 }, verbose: true },
  { name: 'survived', changed: { verdict: { kind: 'survived' }, tested: 0, partial: [] } },
  {
    name: 'unstable',
    changed: {
      verdict: {
        kind: 'unstable',
        calls: ['shop -> cache GET /'],
        seenOnce: violated.counterexamples.map((each) => ({ ...each, isRepeatable: false })),
      },
    },
  },
  {
    name: 'inconclusive',
    changed: {
      verdict: { kind: 'inconclusive', reason: 'the budget of 5 runs ended', seenOnce: [] },
      covered: 1,
      isRefuted: true,
    },
  },
  {
    name: 'interrupted',
    changed: {
      verdict: {
        kind: 'inconclusive',
        reason: 'interrupted',
        seenOnce: violated.counterexamples.map((each) => ({ ...each, isRepeatable: false })),
      },
      covered: 1,
      tested: 0,
      faultSets: undefined,
      interrupted: true,
    },
  },
])('a system that is $name is told of in 80 columns', async ({ name, changed, verbose = false }) => {
  const text = told(changed, verbose);
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  for (const { rule } of result.rules)
    expect(text.replace(/\s+/g, ' ')).toContain(PRUNING_RULES[rule].assumes);
  await expect(text).toMatchFileSnapshot(`../golden/systems/${name}.txt`);
});

test('a plan is what would be failed, and takes nothing for granted', async () => {
  const calls = [{ point: 'shop -> cart GET /cart/{}', kinds: ['refused', 'timeout'] }];
  const text = told(
    { verdict: { kind: 'planned', calls, faultSets: 2n }, tested: 0, partial: [], runs: 2, covered: 0 },
    false,
  );
  await expect(text).toMatchFileSnapshot('../golden/systems/planned.txt');
});

test('a line has the verdict, the system, and what is not survived', () => {
  const options = { width: 80, style: plainStyle, verbose: false };
  expect(reportSystemLine(result, options)).toBe(
    'violated      shop  shop -> cart GET /cart/{} -> pricing GET /price #2 = timeout; shop -> stock GET /stock = refused\n',
  );
});
