/** A solver whose work is counted while it searches. */
import { withPigeonholes } from './pigeonholes.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCadical } from '../../src/solver/cadical.js';
import { RationedSolver, type SearchCosts } from '../../src/solver/rationed.js';
import type { SatSolver, SolveLimits } from '../../src/solver/sat.js';

const COSTS: SearchCosts = { search: 7, conflict: 1, clause: 0, clauseOfSearch: 0, clauseOfConflict: 0 };

/** Answers after so many conflicts, of which it remembers those that it had. */
function needing(conflicts: number): SatSolver & { readonly asked: readonly SolveLimits[] } {
  let left = conflicts;
  const asked: SolveLimits[] = [];
  return {
    name: 'cadical',
    statistics: { variables: 0, clauses: 0, calls: 0 },
    newVariable: () => 1,
    addClause: () => undefined,
    solve(limits = {}) {
      asked.push(limits);
      left -= limits.conflicts ?? Infinity;
      return left <= 0 ? 'satisfiable' : 'unknown';
    },
    value: () => true,
    dispose: () => undefined,
    asked,
  };
}

describe('a search that is rationed', () => {
  it('answers as one that is not, and counts what was in vain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }), (needs, most) => {
        let spent = 0;
        const solver = new RationedSolver(needing(needs), COSTS, (cost) => {
          spent += cost;
        });
        const status = solver.solve({ conflicts: most });
        expect(status).toBe(needs <= most ? 'satisfiable' : 'unknown');
        expect(spent - COSTS.search).toBeLessThanOrEqual(Math.min(needs, most));
        expect(spent - COSTS.search).toBeGreaterThanOrEqual(Math.min(needs, most) - 1_000);
      }),
      { numRuns: 100 },
    );
  });

  it('takes what it assumes to each part of the search', () => {
    const native = needing(2_500);
    new RationedSolver(native, COSTS, () => undefined).solve({ assumptions: [-1] });
    expect(native.asked).toEqual(Array.from({ length: 3 }, () => ({ assumptions: [-1], conflicts: 1_000 })));
  });

  it('ends where that is more than there may be', () => {
    let left = 2_100;
    const solver = new RationedSolver(needing(Infinity), COSTS, (cost) => {
      left -= cost;
      if (left < 0) throw new RangeError('enough');
    });
    expect(() => solver.solve()).toThrow('enough');
    expect(left).toBe(2_100 - 7 - 3_000);
  });

  it('comes to what a solver of its own comes to, of which it keeps what was learnt', async () => {
    const factory = await loadCadical();
    let portions = 0;
    const solver = new RationedSolver(factory.create(), { ...COSTS, search: 0 }, (cost) => {
      portions += Number(cost > 0);
    });
    expect(withPigeonholes(solver, 7).solve()).toBe('unsatisfiable');
    expect(portions).toBeGreaterThan(0);
    solver.dispose();
  });
});
