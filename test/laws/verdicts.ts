/** The law of verdicts: every strategy says what running every admissible fault set says. */
import { expect } from 'vitest';
import type { Bounds } from '../../src/injector/bounds.js';
import { isViolated } from '../../src/injector/run.js';
import { check } from '../../src/runner/check.js';
// That handlers are known.
import '../../src/runner/scenario/define.js';
import type { CheckOptions } from '../../src/runner/options/check.js';
import type { CheckResult, PropertyAsked } from '../../src/runner/result.js';
import type { Protocol } from '../../src/model/protocol.js';
import { isSmaller } from '../judge/fault-sets.js';
import type { JudgedVerdict } from '../judge/verdict.js';

/** A protocol, and what to check it on. */
export interface CheckedSetting {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** A way of searching. A pool that many checks share takes two thirds of the time off small ones. */
export type Way = Pick<CheckOptions, 'strategy' | 'solver' | 'budgets' | 'pool' | 'lineage'>;

/** A verdict as decided by one way of searching. */
export async function expectVerdictToEqualJudge(
  { protocol, nodes, bounds }: CheckedSetting,
  judged: JudgedVerdict,
  options: Way,
): Promise<void> {
  const all = await check(protocol, { name: describe(options), nodes, bounds, limit: 10_000, ...options });
  expectSameVerdict(all, judged);
  const one = await check(protocol, { name: describe(options), nodes, bounds, ...options });
  expectSameVerdict(one, judged);
  if (all.verdict.kind !== 'violated' || one.verdict.kind !== 'violated') return;
  expect(all.verdict.remaining, all.name).toBe('none');
  expect(new Set(all.verdict.counterexamples.map(({ faults }) => JSON.stringify(faults))), all.name).toEqual(
    new Set(judged.minimal.map((faults) => JSON.stringify(faults))),
  );
  const known = all.verdict.counterexamples.map(({ faults }) => faults);
  const [given] = one.verdict.counterexamples.map(({ faults }) => faults);
  expect(one.verdict.counterexamples, one.name).toHaveLength(1);
  // The one that is given is the first of all, but where random fault sets came upon it.
  if (one.evidence.strategy === 'random') expect(known, one.name).toContainEqual(given);
  else expect(given, one.name).toEqual(known[0]);
}

/** The law of what proves nothing, as tracked lineage and random faults: all that it finds is so, and where it finds nothing it claims nothing. */
export async function expectOnlyViolations(
  { protocol, nodes, bounds }: CheckedSetting,
  judged: JudgedVerdict,
  way: Way,
): Promise<void> {
  for (const limit of [1, 10_000]) {
    const result = await check(protocol, { name: describe(way), nodes, bounds, limit, ...way });
    if (result.verdict.kind === 'violated') expectSameVerdict(result, judged);
    else expect(result.verdict.kind, result.name).toBe('inconclusive');
  }
}

function describe({ strategy, solver, budgets, lineage }: Way): string {
  return JSON.stringify({ strategy, solver, budgets, lineage });
}

/** Says nothing of which counterexamples there are, but that each is one, and as minimal as it claims. */
export function expectSameVerdict(result: CheckResult, judged: JudgedVerdict): void {
  const { verdict } = result;
  expect(verdict.kind, result.name).toBe(judged.verdict);
  expect(result.evidence.faultSets).toBe(BigInt(judged.faultSets));
  if (verdict.kind === 'vacuous') {
    const allAsked = judged.properties.every(({ asked }) => asked.length > 0);
    expect(verdict.scope).toBe(allAsked ? 'failure-free' : 'always');
  }
  if (verdict.kind === 'vacuous' || verdict.kind === 'certified')
    expectSameProperties(verdict.properties, judged, result);
  if (verdict.kind !== 'violated') return;
  if (verdict.violating !== undefined) expect(verdict.violating).toBe(BigInt(judged.violating.length));
  const fewest = Math.min(...judged.violating.map((faults) => faults.length));
  const violating = new Set(judged.violating.map((faults) => JSON.stringify(faults)));
  for (const { faults, minimality, run } of verdict.counterexamples) {
    expect(isViolated(run)).toBe(true);
    expect(violating).toContain(JSON.stringify(faults));
    if (minimality === 'minimum') expect(faults).toHaveLength(fewest);
    if (minimality !== 'unproven') {
      expect(judged.violating.filter((other) => isSmaller(other, faults))).toEqual([]);
    }
  }
}

/** `alternating` shows some fault set under which a property is asked, the others the least. */
function expectSameProperties(
  properties: readonly PropertyAsked[],
  judged: JudgedVerdict,
  { name, evidence }: CheckResult,
): void {
  expect(
    properties.map((property) => property.name),
    name,
  ).toEqual(judged.properties.map((property) => property.name));
  properties.forEach(({ under }, index) => {
    const { asked } = judged.properties[index];
    if (under === undefined) expect(asked, name).toEqual([]);
    else expect(asked, name).toContainEqual(under);
    const fewest = Math.min(...asked.map((faults) => faults.length));
    if (fewest === 0) expect(under, name).toEqual([]);
    if (evidence.strategy !== 'alternating' && under !== undefined) {
      expect(under, name).toHaveLength(fewest);
      expect(
        asked.filter((other) => isSmaller(other, under)),
        name,
      ).toEqual([]);
    }
  });
}
