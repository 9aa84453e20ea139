/** The SAT backends by name. The package of each is imported when first asked for, because compiling it takes a while. */
import { loadCadical } from './cadical.js';
import { loadMinisat } from './minisat.js';
import type { SatBackend, SolverFactory } from './sat.js';

/** The names that `loadBackend` knows. */
export const SAT_BACKENDS: readonly SatBackend[] = ['minisat', 'cadical'];

/**
 * Solvers of one backend, on memory of their own: after a `SolverError`, load the backend again and
 * leave the old factory.
 */
export function loadBackend(backend: SatBackend): Promise<SolverFactory> {
  switch (backend) {
    case 'minisat':
      return loadMinisat();
    case 'cadical':
      return loadCadical();
  }
}
