/** What a check over all fault sets begins with: no more inputs than there are faults that may matter. */
import { beforeAll, describe, expect, it } from 'vitest';
import { formatSchedule } from '../../../src/injector/schedule.js';
import type { Bounds } from '../../../src/model/bounds.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { answeredAtOnce } from '../../../src/runner/drivers/answered.js';
import { defaultBudgets } from '../../../src/runner/guard/budgets.js';
import { plainSearch, searchOn } from '../../../src/runner/search.js';
import { pose } from '../../../src/runner/strategies/pose.js';
import { loadBackend } from '../../../src/solver/backends.js';
import type { SolverFactory } from '../../../src/solver/sat.js';

/** a tells b at time 2, and nobody else sends anything. */
const TOLD_ONCE = `
  peer("a", "b")@1; peer("a", "c")@1; peer(A, B)@next :- peer(A, B);
  soon("a")@1; now(A)@next :- soon(A);
  told(B)@async :- now(A), peer(A, B), B == "b"; told(B)@next :- told(B);
  pre(A) :- peer(A, _); post(A) :- peer(A, B), told(B);`;

describe('the condition of a violation', () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  /** The faults that it asks for, and those of which the whole circuit has an input. */
  function inputsWithin(bounds: Bounds) {
    const search = searchOn(readDedalusText(TOLD_ONCE).checked!, {
      nodes: ['a', 'b', 'c'],
      bounds,
      budgets: defaultBudgets,
      factory,
      ...plainSearch,
    });
    const { conditions, violation } = answeredAtOnce(pose(search), search.subject);
    const { circuit } = conditions;
    const told = (nodes: readonly number[]) =>
      nodes
        .filter((node) => circuit.isInput(node))
        .map((node) => formatSchedule([search.space.events[circuit.inputOf(node)]]));
    search.dispose();
    return {
      asked: told(circuit.cone([violation])),
      made: told(Array.from({ length: circuit.size }, (_, node) => node)),
      events: search.space.events.length,
    };
  }

  it('has no input for a channel, or a time, at which nothing is sent', () => {
    const { asked, made, events } = inputsWithin({ eot: 6, eff: 5, crashes: 0 });
    expect(events).toBe(24);
    expect(asked).toEqual(['drop a->b@2']);
    expect(made).toEqual(asked);
  });

  it('has none of a kind of which the bounds admit no fault', () => {
    const kinds = { restarts: 0, pauses: 0, partitions: 0, delays: 0, duplicates: 0 };
    expect(inputsWithin({ eot: 6, eff: 5, crashes: 0, ...kinds }).events).toBe(24);
    expect(inputsWithin({ eot: 6, eff: 5, crashes: 0, omissions: 0 }).made).toEqual([]);
  });

  it('asks for none but those of what is sent where faults are limited, which are counted all the same', () => {
    const { asked, made } = inputsWithin({ eot: 6, eff: 5, crashes: 0, faults: 1 });
    expect(asked).toEqual(['drop a->b@2']);
    // To count what is within the limit takes all of them.
    expect(made).toHaveLength(24);
  });
});
