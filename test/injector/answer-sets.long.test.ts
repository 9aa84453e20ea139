/** What `ldfi print --asp` writes, decided by clingo: the verdicts that the headers of the library expect. */
import { describe, expect, it } from 'vitest';
import { printAnswerSets } from '../../src/injector/answer-sets.js';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { check } from '../../src/runner/check.js';
import { countByClingo, fewestByClingo, hasClingo } from '../fuzz/clingo.js';
import { dedalusScenarios } from '../scenarios/dedalus-scenarios.js';

const cases = dedalusScenarios().flatMap(({ file, checked, nodes, rows }) =>
  rows.map((row) => ({ file, checked, nodes, ...row })),
);

describe.skipIf(!hasClingo())('clingo', () => {
  it.each(cases)('says of $file within $bounds what its header expects', async (each) => {
    const { file, checked, nodes, bounds, expected } = each;
    const fewest = fewestByClingo(printAnswerSets(checked, nodes, bounds));
    expect(fewest === undefined ? 'certified' : 'violated').toBe(expected);
    const { verdict } = await check(checked, { name: file, nodes, bounds });
    if (verdict.kind === 'violated') expect(fewest).toBe(verdict.counterexamples[0].faults.length);
  });

  it('counts the violating fault sets, and takes other bounds', () => {
    const { checked, nodes } = dedalusScenarios().find(({ file }) => file === 'simple-deliv.ded')!;
    const text = printAnswerSets(checked, nodes, { eot: 6, eff: 3, crashes: 0 });
    // Of what is sent once to two nodes one is lost, and not both; what else may be lost, ten channel-times, does not matter.
    expect(countByClingo(text)).toEqual({ violating: 2n * 2n ** 10n, fewest: 1 });
    expect(countByClingo(text, { eff: 1 })).toEqual({ violating: 0n, fewest: undefined });
  });

  it.each<[what: string, text: string, bounds: Bounds, violating: bigint]>([
    [
      'names and strings of any kind',
      String.raw`p.q?("a\"\\", "b")@1; pre(x, Y) :- p.q?(x, Y), x != "", Y > "a";`,
      { eot: 1, eff: 0, crashes: 0 },
      1n,
    ],
    [
      'premises at times of their own',
      'p("a", 1)@1; p(X, J)@next :- p(X, J), notin p(X, J)@3; pre(X) :- p(X, _)@2;',
      { eot: 3, eff: 0, crashes: 0 },
      1n,
    ],
    [
      'each aggregate',
      'v("a", 1)@1; v("a", 4)@1; s("a", count<X>, sum<X>, min<X>, max<X>, avg<X>) :- v("a", X); pre(X) :- s(X, 2, 5, 1, 4, 2)@1;',
      { eot: 1, eff: 0, crashes: 0 },
      1n,
    ],
    [
      'aggregates that are sent',
      'v("a", "b", 1)@1; n(B, count<X>)@async :- v(A, B, X); pre("x") :- v("a", _, _)@1, notin n("b", 1); v(A, B, X)@next :- v(A, B, X);',
      { eot: 2, eff: 0, crashes: 1 },
      1n,
    ],
    [
      // After 1, 1 leaves to b; after 2, 9 as well; the text sends r last, and what a sends to itself does not count.
      'what leaves a node within a timestep',
      's("a", "b", 9)@1; s("a", "b", 1)@1; m(B, X)@async :- s(A, B, X); r(B, X)@async :- s(A, B, X), X == 1; o(A, X)@async :- s(A, _, X); k(B, X)@next :- m(B, X); k(B, 2)@next :- r(B, _); k(B, X)@next :- k(B, X); pre(X) :- k("b", X), X != 2, notin k("b", 2);',
      { eot: 4, eff: 0, crashes: 1, withinStep: 3 },
      2n,
    ],
  ])('takes %s as we do', async (_, rules, bounds, violating) => {
    const { checked, diagnostics } = readDedalusText(`${rules} post(X, Y) :- never(X, Y);`);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const nodes = ['a', 'b'];
    const { verdict } = await check(checked!, { name: formatBounds(bounds), nodes, bounds });
    expect(verdict).toMatchObject({ kind: 'violated', violating });
    expect(countByClingo(printAnswerSets(checked!, nodes, bounds)).violating).toBe(violating);
  });
});
