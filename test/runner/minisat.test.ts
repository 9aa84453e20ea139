/** Every verdict can be had by MiniSat alone, were there no other solver. */
import { expect, it } from 'vitest';
import { check, readDedalusText, type CheckOptions } from '../../src/index.js';

const SEND = 'has("a")@1; has(N)@next :- has(N); know("a", "b")@1; know(N, M)@next :- know(N, M);';
const ONCE = `${SEND} first("a")@1; got(M)@async :- first(N), know(N, M); got(N)@next :- got(N);`;
const AGAIN = `${SEND} got(M)@async :- has(N), know(N, M); got(N)@next :- got(N);`;
const ASKED = 'pre("sent") :- has("a"), notin crash("a", "a", _); post("sent") :- got("b");';
const NEVER = 'pre("never") :- has("c"); post("never") :- got("b");';

const LEAST: Partial<CheckOptions> = { budgets: { executions: 1 }, strategy: 'exhaustive' };

it.each<[string, string, Partial<CheckOptions>]>([
  ['violated', ONCE + ASKED, {}],
  ['certified', AGAIN + ASKED, {}],
  ['vacuous', AGAIN + NEVER, {}],
  ['inconclusive', AGAIN + ASKED, LEAST],
  ['violated', ONCE + ASKED, { strategy: 'alternating' }],
  ['certified', AGAIN + ASKED, { strategy: 'alternating' }],
])('%s', async (kind, text, options) => {
  const { checked } = readDedalusText(text);
  const { verdict, evidence } = await check(checked!, {
    name: 'minisat',
    nodes: ['a', 'b', 'c'],
    bounds: { eot: 4, eff: 2, crashes: 1 },
    solver: 'minisat',
    // The diagram would decide by itself.
    budgets: { diagramNodes: 0 },
    ...options,
  });
  expect(verdict.kind).toBe(kind);
  expect(evidence.solver).toBe('minisat');
});
