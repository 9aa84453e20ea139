/**
 * CaDiCaL (Biere, Faller, Fazekas, Fleury, Froleyks & Pollitt, "CaDiCaL 2.0", CAV 2024) by `cadical-wasm`.
 * All solvers of one factory share one WebAssembly instance, whose memory grows to at most 4 GB; when it
 * can grow no further the instance aborts, and its solvers are lost with it.
 */
import { Cadical, createModule } from 'cadical-wasm';
import type { CadicalModule } from 'cadical-wasm';
import { CheckedSolver } from './checked.js';
import type { NativeInstance, NativeSolver } from './checked.js';
import { SolverError } from './sat.js';
import type { Literal, SatStatus, SolveLimits, SolverFactory } from './sat.js';

/** A factory on a WebAssembly instance of its own. */
export async function loadCadical(): Promise<SolverFactory> {
  const ignore = () => undefined;
  const module = await createModule({ print: ignore, printErr: ignore });
  const instance: NativeInstance = { failed: false };
  return {
    backend: 'cadical',
    create: () => {
      if (instance.failed) throw new SolverError('cadical failed before and has to be loaded anew.');
      return new CheckedSolver(new NativeCadical(module), instance);
    },
  };
}

class NativeCadical implements NativeSolver {
  readonly name = 'cadical';
  readonly memory = '4 GB';
  private readonly solver: Cadical;
  private variables = 0;

  constructor(module: CadicalModule) {
    // Least models have few true variables, so a search that tries false first starts near them.
    this.solver = new Cadical(module, { quiet: true, phase: false, factor: false });
  }

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: readonly Literal[]): void {
    this.solver.addClause(literals);
  }

  solve({ assumptions = [], conflicts, interrupted }: SolveLimits): SatStatus {
    if (interrupted !== undefined) this.solver.setTerminate(interrupted);
    const status = this.solver.solve({ assumptions, ...(conflicts === undefined ? {} : { conflicts }) });
    if (interrupted !== undefined) this.solver.setTerminate(null);
    return status;
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  dispose(): void {
    this.solver.dispose();
  }
}
