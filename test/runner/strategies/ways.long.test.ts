/** Which way of evaluation ends first changes no verdict, and no counterexample. */
import { describe, expect, it } from 'vitest';
import { acknowledgedDelivery, twoPhaseCommit } from '../../../bench/handler-families.js';
import { checkRow } from '../../../bench/rows.js';

describe('where nodes wait for many others', () => {
  it('cells certify what whole states do not end with', async () => {
    const row = await acknowledgedDelivery(5, { eot: 8, eff: 6, crashes: 1 });
    const { verdict, evidence } = await checkRow(row, { timeout: Infinity });
    expect(verdict.kind).toBe('certified');
    // By whole states, the diagram would have decided.
    expect(evidence.representation).toBe('circuit');
  });

  it('cells find the least counterexample, which is replayed by whole states', async () => {
    const bounds = { eot: 8, eff: 4, crashes: 1 };
    const [small, large] = await Promise.all([twoPhaseCommit(4, bounds), twoPhaseCommit(6, bounds)]);
    const byStates = await checkRow(small, { timeout: Infinity });
    const byCells = await checkRow(large, { timeout: Infinity });
    expect([byStates, byCells].map(({ evidence }) => evidence.representation)).toEqual([
      'diagram',
      'circuit',
    ]);
    for (const { verdict } of [byStates, byCells]) {
      if (verdict.kind !== 'violated') throw new Error(`it is ${verdict.kind}`);
      const [{ faults, minimality }] = verdict.counterexamples;
      expect(faults).toEqual([{ kind: 'crash', node: 'a', time: 3 }]);
      expect(minimality).toBe('minimum');
    }
  });
});
