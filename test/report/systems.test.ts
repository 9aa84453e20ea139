import { expect, test } from 'vitest';
import { displayWidth } from '../../src/model/text/text.js';
import { reportSystem } from '../../src/report/text/systems/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import type { SystemResult, SystemVerdict } from '../../src/runner/live/result.js';
import { PRUNING_RULES } from '../../src/runner/strategies/marco/rules.js';

const violated: SystemVerdict = {
  kind: 'violated',
  counterexamples: [
    {
      faults: [
        { point: 'shop -> cart GET /cart/{} -> pricing GET /price #2', kind: 'timeout', alike: [] },
        { point: 'shop -> stock GET /stock', kind: 'refused', alike: ['status 503', 'timeout'] },
      ],
      reason: 'the answer is 500 \u001b[31mno cart',
      isRepeatable: true,
      calls: [
        { point: 'a', depth: 0, step: 'shop -> cart GET /cart/{}', injected: undefined, failed: true },
        { point: 'b', depth: 1, step: 'cart -> pricing GET /price #2', injected: 'timeout', failed: true },
        { point: 'c', depth: 0, step: 'shop -> stock GET /stock', injected: 'refused', failed: true },
      ],
    },
  ],
};

const result: SystemResult = {
  name: 'shop',
  verdict: violated,
  faults: 2,
  covered: 2,
  runs: 1_234,
  tested: 10,
  isRefuted: false,
  partial: 3,
  calls: 4,
  kinds: 12,
  rules: [
    { rule: 'unfired', isRefuted: false },
    { rule: 'alike', isRefuted: true },
  ],
  elapsed: 13_600,
};

function told(changed: Partial<SystemResult>): string {
  return reportSystem({ ...result, ...changed }, { width: 80, style: plainStyle, verbose: false });
}

test.each<{ readonly name: string; readonly changed: Partial<SystemResult> }>([
  { name: 'violated', changed: {} },
  { name: 'survived', changed: { verdict: { kind: 'survived' }, tested: 0, partial: 0 } },
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
      verdict: { kind: 'inconclusive', reason: 'the budget of 5 runs ended' },
      covered: 1,
      isRefuted: true,
    },
  },
])('a system that is $name is told of in 80 columns', async ({ name, changed }) => {
  const text = told(changed);
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  for (const { rule } of result.rules)
    expect(text.replace(/\s+/g, ' ')).toContain(PRUNING_RULES[rule].assumes);
  await expect(text).toMatchFileSnapshot(`../golden/systems/${name}.txt`);
});
