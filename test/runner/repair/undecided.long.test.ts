/** Where the check of two timesteps more comes to no verdict, a repair is told, and that with it. */
import { expect, it, vi } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type * as checks from '../../../src/runner/check.js';
import type { Verdict } from '../../../src/runner/result.js';
import { repair } from '../../../src/runner/repair/repair.js';
import { HELLO } from '../../cli/harness.js';

const EOT = 5;

/** What longer checks come to instead of a verdict of their own. */
const longer = vi.hoisted(() => ({ verdict: undefined as Verdict['kind'] | undefined }));

vi.mock('../../../src/runner/check.js', async (original) => {
  const actual = await original<typeof checks>();
  const check: typeof actual.check = async (protocol, options) => {
    const result = await actual.check(protocol, options);
    const { verdict: kind } = longer;
    if (kind === undefined || options.bounds.eot === EOT) return result;
    return { ...result, verdict: { ...result.verdict, kind } as Verdict };
  };
  return { ...actual, check };
});

it.each([
  ['inconclusive', true],
  ['violated', false],
] as const)('longer checks that are %s', async (verdict, isTold) => {
  const { checked } = readDedalusText(HELLO);
  const options = { nodes: ['a', 'b'], bounds: { eot: EOT, eff: 2, crashes: 0 } };
  longer.verdict = undefined;
  const decided = await repair(checked!, options);
  expect(decided.repairs.length).toBeGreaterThan(0);
  expect([decided.undecided, decided.repairs.every(({ lasts }) => lasts)]).toEqual([0, true]);
  longer.verdict = verdict;
  const { repairs, undecided, remaining } = await repair(checked!, options);
  expect(remaining).toBe(decided.remaining);
  expect(repairs.map(({ change }) => change)).toEqual(
    isTold ? decided.repairs.map(({ change }) => change) : [],
  );
  expect(repairs.some(({ lasts }) => lasts)).toBe(false);
  expect(undecided).toBe(repairs.length);
});
