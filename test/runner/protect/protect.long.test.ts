/** The law of protections: the sets that are found are those that brute force finds, all of them, and of others none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { Fault, FaultSet } from '../../../src/injector/faults.js';
import type { Protection } from '../../../src/injector/protections.js';
import { messageRelations } from '../../../src/model/rules/delivered.js';
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
  /** Of those that can be protected. */
  readonly messages: readonly string[];
  /** What violates where messages of some names always arrive. */
  readonly violating: (delivered: readonly string[]) => readonly FaultSet[];
}

/** The law. */
async function expectSmallestSets({ protocol, nodes, bounds, messages, violating }: Judged): Promise<void> {
  const { sets, remaining, undecided } = await protect(protocol, {
    nodes,
    bounds,
    limit: 10_000,
    pool,
  });
  expect([remaining, undecided]).toEqual(['none', []]);
  const found = sets.map(({ protections }) => protections.map(keyOf).sort());
  expect(new Set(found.map((keys) => keys.join()))).toEqual(
    new Set(smallestSets(messages, violating).map((keys) => keys.join())),
  );
  // Fewest first, each once.
  expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((a, b) => a - b));
  expect(new Set(found.map((keys) => keys.join())).size).toBe(found.length);
}

/** Every set of protections is tried, those with fewer first. */
function smallestSets(
  messages: readonly string[],
  violating: Judged['violating'],
): readonly (readonly string[])[] {
  const enough = subsetsOf(messages).flatMap((delivered) => {
    const against = violating(delivered).map((faults) => new Set(faults.flatMap(preventions)));
    const all = [...new Set(against.flatMap((keys) => [...keys]))];
    return subsetsOf(all)
      .filter((set) => against.every((keys) => set.some((key) => keys.has(key))))
      .map((set) => [...delivered, ...set].sort());
  });
  return enough
    .toSorted((a, b) => a.length - b.length)
    .reduce<readonly (readonly string[])[]>(
      (smallest, set) =>
        smallest.some((other) => other.every((key) => set.includes(key))) ? smallest : [...smallest, set],
      [],
    );
}

function subsetsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const subsets = keys.reduce<readonly (readonly string[])[]>(
    (some, key) => [...some, ...some.map((subset) => [...subset, key])],
    [[]],
  );
  return subsets.toSorted((a, b) => a.length - b.length);
}

/** Any of these takes a fault away. */
function preventions(fault: Fault): readonly string[] {
  if ('node' in fault) return [fault.node];
  if (fault.kind !== 'partition') return [`${fault.from}->${fault.to}`];
  const { from: left, to: right, ways } = fault;
  const there = left.flatMap((from) => right.map((to) => `${from}->${to}`));
  const back = left.flatMap((to) => right.map((from) => `${from}->${to}`));
  return ways === 'both' ? [...there, ...back] : there;
}

function keyOf(protection: Protection): string {
  switch (protection.kind) {
    case 'message':
      return protection.name;
    case 'node':
      return protection.node;
    case 'channel':
      return `${protection.from}->${protection.to}`;
  }
}

/** Of rules: few enough messages that each set of them can be judged. */
async function expectSmallestSetsOfRules(
  text: string,
  nodes: readonly string[],
  bounds: Bounds,
): Promise<void> {
  const { checked } = readDedalusText(text);
  if (checked === undefined) throw new Error('the program has errors');
  const { program } = checked;
  const messages = messageRelations(program);
  fc.pre(messages.length <= 3);
  const violating = (delivered: readonly string[]) =>
    judgeVerdict(program, nodes, bounds, delivered).violating;
  await expectSmallestSets({
    protocol: checked,
    nodes,
    bounds,
    messages,
    violating,
  });
}

const NODES = ['a', 'b', 'c'];
/** What is sent together. */
const MESSAGES = ['got', 'told'];
const CHANNELS = NODES.flatMap((from) => NODES.filter((to) => to !== from).map((to) => ({ from, to })));

/** What violates where all of it happens. Of random protocols, few have several ways to break, and these have. */
const cut = fc.record({
  lost: fc.array(
    fc
      .tuple(fc.constantFrom(...CHANNELS), fc.constantFrom(...MESSAGES))
      .map(([channel, name]) => ({ ...channel, name })),
    { maxLength: 3 },
  ),
  /** What has come all the same: then what is lost with it must be lost alone. */
  come: fc.option(fc.constantFrom(...CHANNELS), { nil: undefined }),
  crashed: fc.option(fc.constantFrom(...NODES), { nil: undefined }),
});

function programOfCuts(cuts: readonly (typeof cut extends fc.Arbitrary<infer Cut> ? Cut : never)[]): string {
  const said = CHANNELS.map(({ from, to }) => `say("${from}", "${to}")@1;`);
  const rules = cuts.map(({ lost, come, crashed }, number) => {
    const crash = crashed === undefined ? [] : [`crash(X, "${crashed}", _)`];
    const missing = lost.map(({ from, to, name }) => `notin ${name}("${to}", "${from}")`);
    const here = come === undefined ? [] : [`got("${come.to}", "${come.from}")`];
    return `asked("a", ${number})@4; pre(X, I) :- ${[`asked(X, I)`, `I == ${number}`, ...here, ...missing, ...crash].join(', ')};`;
  });
  return [
    ...said,
    ...MESSAGES.map((name) => `${name}(B, A)@async :- say(A, B); ${name}(B, A)@next :- ${name}(B, A);`),
    ...rules,
    'post(X, I) :- asked(X, I), I < 0;',
  ].join('\n');
}

describe('the smallest sets of protections', () => {
  it('are those of brute force, over what breaks in many ways', { timeout: TIMEOUT }, async () => {
    const bounds = { eot: 4, eff: 2, crashes: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 5 }), async (cuts) => {
        await expectSmallestSetsOfRules(programOfCuts(cuts), NODES, bounds);
      }),
      { numRuns: 6 },
    );
  });

  it('are those of brute force, over random programs of rules', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(generatedProgram(), async ({ text, nodes, bounds }) => {
        await expectSmallestSetsOfRules(text, nodes, bounds);
      }),
      { numRuns: 5 },
    );
  });

  it('are those of brute force, over random handlers', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async ({ protocol, nodes, bounds }) => {
        const { violating } = judgeHandlers(protocol, nodes, bounds);
        await expectSmallestSets({
          protocol,
          nodes,
          bounds,
          messages: [],
          violating: () => violating,
        });
      }),
      { numRuns: 5 },
    );
  });
});
