import { expect, it, vi } from 'vitest';
import { SolverPool } from '../../src/solver/pool.js';
import { SolverError } from '../../src/solver/sat.js';

declare const WebAssembly: { readonly Memory: { readonly prototype: { grow(pages: number): number } } };

it('gives the same backend again, and another one once that failed', async () => {
  const pool = new SolverPool();
  const first = await pool.factory('cadical');
  expect(await pool.factory('cadical')).toBe(first);
  expect((await pool.factory('minisat')).backend).toBe('minisat');

  const refusal = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('no memory');
  });
  const solver = first.create();
  const clause = Array.from({ length: 100_000 }, () => solver.newVariable());
  expect(() => {
    for (let i = 0; i < 1_000; i++) solver.addClause(clause);
  }).toThrow(SolverError);
  refusal.mockRestore();
  expect(first.isUsable).toBe(false);
  const next = await pool.factory('cadical');
  expect(next).not.toBe(first);
  expect(next.create().solve()).toBe('satisfiable');
});
