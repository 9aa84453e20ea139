/** The law of protections: the sets that are found are those that brute force finds, all of them, and of others none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { Fault, FaultSet } from '../../../src/injector/faults.js';
import type { Protection } from '../../../src/injector/protections.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { protect } from '../../../src/runner/protect/protect.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedProgram } from '../../generators/dedalus.js';
import { generatedHandlers } from '../../generators/handlers/handlers.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { judgeVerdict } from '../../judge/verdict.js';

const pool = new SolverPool();

/** Shrinking a failure takes as long again. */
const TIMEOUT = 600_000;

interface Judged {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly violating: readonly FaultSet[];
}

/** The law. */
async function expectSmallestSets({ protocol, nodes, bounds, violating }: Judged): Promise<void> {
  const { sets, remaining, undecided } = await protect(protocol, { nodes, bounds, limit: 10_000, pool });
  expect([remaining, undecided]).toEqual(['none', []]);
  const found = sets.map(({ protections }) => protections.map(keyOf).sort());
  expect(new Set(found.map((keys) => keys.join()))).toEqual(
    new Set(smallestSets(nodes, violating).map((keys) => keys.join())),
  );
  // Fewest first, each once.
  expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((a, b) => a - b));
  expect(new Set(found.map((keys) => keys.join())).size).toBe(found.length);
}

/** Every set of protections is tried, those with fewer first. */
function smallestSets(
  nodes: readonly string[],
  violating: readonly FaultSet[],
): readonly (readonly string[])[] {
  const against = violating.map((faults) => new Set(faults.map(prevention)));
  const all = [...new Set(against.flatMap((keys) => [...keys]))].sort();
  expect(all.length).toBeLessThanOrEqual(nodes.length ** 2);
  const smallest: (readonly string[])[] = [];
  for (const set of subsetsOf(all)) {
    const isEnough = against.every((keys) => set.some((key) => keys.has(key)));
    if (isEnough && !smallest.some((other) => other.every((key) => set.includes(key)))) smallest.push(set);
  }
  return smallest;
}

function subsetsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const subsets = keys.reduce<readonly (readonly string[])[]>(
    (some, key) => [...some, ...some.map((subset) => [...subset, key])],
    [[]],
  );
  return subsets.toSorted((a, b) => a.length - b.length);
}

/** What takes a fault away. */
function prevention(fault: Fault): string {
  return fault.kind === 'crash' ? fault.node : `${fault.from}->${fault.to}`;
}

function keyOf(protection: Protection): string {
  return protection.kind === 'node' ? protection.node : `${protection.from}->${protection.to}`;
}

const NODES = ['a', 'b', 'c'];
const CHANNELS = NODES.flatMap((from) => NODES.filter((to) => to !== from).map((to) => ({ from, to })));

/** What violates where all of it happens. Of random protocols, few have several ways to break, and these have. */
const cut = fc.record({
  lost: fc.uniqueArray(fc.constantFrom(...CHANNELS), { maxLength: 3 }),
  crashed: fc.option(fc.constantFrom(...NODES), { nil: undefined }),
});

function programOfCuts(cuts: readonly (typeof cut extends fc.Arbitrary<infer Cut> ? Cut : never)[]): string {
  const said = CHANNELS.map(({ from, to }) => `say("${from}", "${to}")@1;`);
  const rules = cuts.map(({ lost, crashed }, number) => {
    const crash = crashed === undefined ? [] : [`crash(X, "${crashed}", _)`];
    const missing = lost.map(({ from, to }) => `notin got("${to}", "${from}")`);
    return `asked("a", ${number})@4; pre(X, I) :- ${[`asked(X, I)`, `I == ${number}`, ...missing, ...crash].join(', ')};`;
  });
  return [
    ...said,
    'got(B, A)@async :- say(A, B); got(B, A)@next :- got(B, A);',
    ...rules,
    'post(X, I) :- asked(X, I), I < 0;',
  ].join('\n');
}

describe('the smallest sets of protections', () => {
  it('are those of brute force, over what breaks in many ways', { timeout: TIMEOUT }, async () => {
    const bounds = { eot: 4, eff: 2, crashes: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 5 }), async (cuts) => {
        const { checked } = readDedalusText(programOfCuts(cuts));
        if (checked === undefined) throw new Error('the program has errors');
        const { violating } = judgeVerdict(checked.program, NODES, bounds);
        await expectSmallestSets({ protocol: checked, nodes: NODES, bounds, violating });
      }),
      { numRuns: 25 },
    );
  });

  it('are those of brute force, over random programs of rules', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(generatedProgram(), async ({ text, nodes, bounds }) => {
        const { checked } = readDedalusText(text);
        if (checked === undefined) throw new Error('the generator made a program that has errors');
        const { violating } = judgeVerdict(checked.program, nodes, bounds);
        await expectSmallestSets({ protocol: checked, nodes, bounds, violating });
      }),
      { numRuns: 20 },
    );
  });

  it('are those of brute force, over random handlers', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async ({ protocol, nodes, bounds }) => {
        const { violating } = judgeHandlers(protocol, nodes, bounds);
        await expectSmallestSets({ protocol, nodes, bounds, violating });
      }),
      { numRuns: 20 },
    );
  });
});
