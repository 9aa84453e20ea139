/** A solver that fails says so, from then on, and never answers. */
import { withPigeonholes } from './pigeonholes.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runGuarded } from '../../src/runner/guard/watchdog.js';
import { loadBackend } from '../../src/solver/backends.js';
import { SolverError, type SatSolver } from '../../src/solver/sat.js';
import { backends } from './brute-force.js';

/** What TypeScript is told of only together with the browser's types. */
declare const WebAssembly: { readonly Memory: { readonly prototype: { grow(pages: number): number } } };

afterEach(() => {
  vi.restoreAllMocks();
});

function expectRefusal(solver: SatSolver): void {
  expect(() => solver.solve()).toThrow(SolverError);
  expect(() => solver.newVariable()).toThrow(SolverError);
  expect(() => {
    solver.addClause([1]);
  }).toThrow(SolverError);
}

describe('memory', () => {
  it('ends for minisat at 64 MB, and the next solver has its own', async () => {
    const factory = await loadBackend('minisat');
    const solver = factory.create();
    solver.newVariable();
    expect(solver.solve()).toBe('satisfiable');
    expect(() => {
      for (;;) solver.newVariable();
    }).toThrow(/^minisat failed, most likely for want of memory \(it has 64 MB\)\.$/);
    expectRefusal(solver);
    solver.dispose();
    const next = factory.create();
    next.newVariable();
    expect(next.solve()).toBe('satisfiable');
  });

  it('ends for cadical when it cannot grow, for all solvers of the factory', async () => {
    const factory = await loadBackend('cadical');
    const other = factory.create();
    other.newVariable();
    const solver = factory.create();
    vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('out of memory');
    });
    expect(() => {
      for (;;) solver.addClause([solver.newVariable(), solver.newVariable(), solver.newVariable()]);
    }).toThrow(/^cadical failed, most likely for want of memory \(it has at most 4 GB\)\.$/);
    expectRefusal(solver);
    expectRefusal(other);
    expect(() => factory.create()).toThrow(SolverError);
    solver.dispose();
    other.dispose();
    vi.restoreAllMocks();
    const fresh = (await loadBackend('cadical')).create();
    withPigeonholes(fresh, 4);
    expect(fresh.solve()).toBe('unsatisfiable');
  });
});

describe.each(backends)('$name', ({ name, factory }) => {
  it('is not gone on with where a search was ended from outside', async () => {
    const solver = (await loadBackend(name)).create();
    withPigeonholes(solver, 13);
    expect(runGuarded(() => solver.solve(), { timeoutMs: 100 })).toEqual({ kind: 'timeout' });
    expectRefusal(solver);
    solver.dispose();
  });

  it('is not to be used after it was disposed of', () => {
    const solver = factory.create();
    solver.newVariable();
    solver.dispose();
    solver.dispose();
    expectRefusal(solver);
    const next = factory.create();
    next.newVariable();
    expect(next.solve()).toBe('satisfiable');
  });

  it('refuses what is no literal, and goes on', () => {
    const solver = factory.create();
    solver.newVariable();
    for (const literal of [0, 2, -2, NaN]) {
      expect(() => {
        solver.addClause([1, literal]);
      }).toThrow(RangeError);
      expect(() => solver.solve({ assumptions: [literal] })).toThrow(RangeError);
    }
    expect(solver.solve({ assumptions: [-1] })).toBe('satisfiable');
  });

  it('gives no value that is not of its last model', () => {
    const solver = factory.create();
    solver.newVariable();
    expect(() => solver.value(1)).toThrow(RangeError);
    solver.solve();
    expect(solver.value(1)).toBeTypeOf('boolean');
    solver.newVariable();
    expect(() => solver.value(2)).toThrow(RangeError);
    solver.addClause([1, 2]);
    expect(() => solver.value(1)).toThrow(RangeError);
    solver.solve({ assumptions: [-1] });
    expect(solver.value(2)).toBe(true);
  });
});

describe('cadical', () => {
  it('gives up after so many conflicts, for that call alone', async () => {
    const solver = (await loadBackend('cadical')).create();
    withPigeonholes(solver, 7);
    expect(solver.solve({ conflicts: 10 })).toBe('unknown');
    expect(() => solver.value(1)).toThrow(RangeError);
    expect(solver.solve()).toBe('unsatisfiable');
  });
});
