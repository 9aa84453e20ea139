/** A question that is hard for a solver. */
import type { SatSolver } from '../../src/solver/sat.js';

/** More pigeons than holes: with a dozen, far more work than any test waits for. */
export function withPigeonholes(solver: SatSolver, holes: number): SatSolver {
  const inHole = Array.from({ length: holes + 1 }, () =>
    Array.from({ length: holes }, () => solver.newVariable()),
  );
  for (const pigeon of inHole) solver.addClause(pigeon);
  for (let hole = 0; hole < holes; hole++)
    for (let one = 0; one <= holes; one++)
      for (let other = 0; other < one; other++) solver.addClause([-inHole[one][hole], -inHole[other][hole]]);
  return solver;
}
