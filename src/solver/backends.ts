/** The SAT backends by name. Each is imported when first asked for, because compiling either takes a while. */
import type { SatBackend, SolverFactory } from './sat.js';

/** The names that `loadBackend` knows. */
export const SAT_BACKENDS: readonly SatBackend[] = ['minisat', 'cadical'];

/**
 * Solvers of one backend, on memory of their own: after a `SolverError`, load the backend again and
 * leave the old factory.
 */
export async function loadBackend(backend: SatBackend): Promise<SolverFactory> {
  switch (backend) {
    case 'minisat':
      return (await import('./minisat.js')).minisat;
    case 'cadical':
      return (await import('./cadical.js')).loadCadical();
  }
}
