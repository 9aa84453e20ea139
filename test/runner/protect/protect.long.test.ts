/** The law of protections: the sets that are found are those that brute force finds, all of them, and of others none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { Fault, FaultSet, Partition } from '../../../src/injector/faults.js';
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
  /** What violates within bounds where messages of some names always arrive. */
  readonly violating: (delivered: readonly string[], bounds: Bounds) => readonly FaultSet[];
}

/** The law. */
async function expectSmallestSets(judged: Judged): Promise<void> {
  const { protocol, nodes, bounds } = judged;
  const { sets, remaining, undecided } = await protect(protocol, {
    nodes,
    bounds,
    limit: 10_000,
    pool,
  });
  expect([remaining, undecided]).toEqual(['none', []]);
  const found = sets.map(({ protections }) => protections.map(keyOf).sort());
  expect(new Set(found.map((keys) => keys.join()))).toEqual(
    new Set(smallestSets(judged).map((keys) => keys.join())),
  );
  // Fewest first, each once.
  expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((a, b) => a - b));
  expect(new Set(found.map((keys) => keys.join())).size).toBe(found.length);
}

/** Every set of protections is tried, those with fewer first. */
function smallestSets(judged: Judged): readonly (readonly string[])[] {
  const { partitions = 0 } = judged.bounds;
  const setsWith = partitions === 0 ? hittingSets : triedSets;
  const enough = subsetsOf(judged.messages).flatMap((delivered) =>
    setsWith(delivered, judged).map((set) => [...delivered, ...set].sort()),
  );
  return enough
    .toSorted((a, b) => a.length - b.length)
    .reduce<readonly (readonly string[])[]>(
      (smallest, set) =>
        smallest.some((other) => other.every((key) => set.includes(key))) ? smallest : [...smallest, set],
      [],
    );
}

/** Where each fault is taken away whole, or not at all. */
function hittingSets(
  delivered: readonly string[],
  { bounds, violating }: Judged,
): readonly (readonly string[])[] {
  const against = violating(delivered, bounds).map(
    (faults) => new Set(faults.flatMap((fault) => (fault.kind === 'partition' ? [] : preventions(fault)))),
  );
  const all = [...new Set(against.flatMap((keys) => [...keys]))];
  return subsetsOf(all).filter((set) => against.every((keys) => set.some((key) => keys.has(key))));
}

/** A partition is taken away in parts, by the links that it then leaves alone. */
function triedSets(
  delivered: readonly string[],
  { nodes, bounds, violating }: Judged,
): readonly (readonly string[])[] {
  const { nodes: sound = [], links: given = [] } = bounds.reliable ?? {};
  const isMortal = bounds.crashes + (bounds.restarts ?? 0) + Object.keys(bounds.named ?? {}).length > 0;
  const links = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => `${from}->${to}`));
  const all = [
    ...nodes.filter((node) => isMortal && !sound.includes(node)),
    ...links.filter((link) => !given.includes(link)),
  ];
  return subsetsOf(all).filter((set) => {
    const reliable = {
      nodes: [...sound, ...set.filter((key) => !links.includes(key))],
      links: [...given, ...set.filter((key) => links.includes(key))],
    };
    return violating(delivered, { ...bounds, reliable }).length === 0;
  });
}

function subsetsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const subsets = keys.reduce<readonly (readonly string[])[]>(
    (some, key) => [...some, ...some.map((subset) => [...subset, key])],
    [[]],
  );
  return subsets.toSorted((a, b) => a.length - b.length);
}

/** Any of these takes a fault away. */
function preventions(fault: Exclude<Fault, Partition>): readonly string[] {
  return 'node' in fault ? [fault.node] : [`${fault.from}->${fault.to}`];
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
  // Where there are partitions, each set is tried.
  const { partitions = 0 } = bounds;
  fc.pre(messages.length <= (partitions === 0 ? 3 : 2) && (partitions === 0 || bounds.crashes === 0));
  const violating: Judged['violating'] = (delivered, within) =>
    judgeVerdict(program, nodes, within, delivered).violating;
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

  it('are those of brute force where a partition cuts several links', { timeout: TIMEOUT }, async () => {
    const bounds = { eot: 4, eff: 2, crashes: 0, omissions: 0, partitions: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async (cuts) => {
        await expectSmallestSetsOfRules(programOfCuts(cuts), NODES, bounds);
      }),
      { numRuns: 3 },
    );
  });

  it('are found though others let a partition cut what it would not cut alone', async () => {
    // To save the first three, a->c and b->a may be reliable; but the cut of a from b and c then breaks the last.
    const first = [1, 2, 3].map((number) => {
      const [from, to] = number === 1 ? ['a', 'c'] : ['b', 'a'];
      return `got${number}(B, A)@async :- say(A, B), A == "${from}", B == "${to}"; got${number}(B, A)@next :- got${number}(B, A);
        pre(X, ${number}) :- asked(X), notin got${number}("${to}", "${from}");`;
    });
    const text = [
      ...CHANNELS.map(({ from, to }) => `say("${from}", "${to}")@1;`),
      'asked("a")@4; told(B, A)@async :- say(A, B); told(B, A)@next :- told(B, A);',
      ...first,
      'pre(X, 4) :- asked(X), told("a", "b"), notin told("b", "a"), notin told("a", "c");',
      'post(X, I) :- asked(X), I == 5, pre(X, I);',
    ].join('\n');
    const { checked } = readDedalusText(text);
    const bounds = { eot: 4, eff: 2, crashes: 0, omissions: 0, partitions: 1 };
    const { sets, remaining } = await protect(checked!, { nodes: NODES, bounds, limit: 100, pool });
    const found = sets.map(({ protections }) => protections.map(keyOf).sort().join());
    expect([remaining, found]).toEqual([
      'none',
      expect.arrayContaining(['got1,got2,got3', 'a->b,a->c,b->a']),
    ]);
    expect(found).not.toContain('a->c,b->a');
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
        fc.pre((bounds.partitions ?? 0) === 0 || nodes.length === 2);
        await expectSmallestSets({
          protocol,
          nodes,
          bounds,
          messages: [],
          violating: (_, within) => judgeHandlers(protocol, nodes, within).violating,
        });
      }),
      { numRuns: 5 },
    );
  });
});
