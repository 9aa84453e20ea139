/**
 * CaDiCaL (Biere, Faller, Fazekas, Fleury, Froleyks & Pollitt, "CaDiCaL 2.0", CAV 2024) by `cadical-wasm`.
 * All solvers of one factory share one WebAssembly instance, whose memory grows to at most 4 GB; when it
 * can grow no further the instance aborts, and its solvers are lost with it.
 */
import type { Cadical } from 'cadical-wasm';
import { keepingWhatFailed } from './cadical-release.js';
import { CheckedSolver, NativeInstance } from './checked.js';
import type { NativeSolver } from './checked.js';
import type { Literal, SatStatus, SolveLimits, SolverFactory } from './sat.js';

// Least models have few true variables, so a search that tries false first starts near them. Lucky phases and
// random walks are tried anew in every call, which doubles the time of the many short calls made here.
const OPTIONS = { phase: false, lucky: false, walk: false, quiet: true, factor: false } as const;

/** A factory on a WebAssembly instance of its own. */
export async function loadCadical(): Promise<SolverFactory> {
  const { Cadical, createModule } = await import('cadical-wasm');
  const ignore = () => undefined;
  const instance = new NativeInstance('cadical', 'at most 4 GB');
  const module = keepingWhatFailed(await createModule({ print: ignore, printErr: ignore }), instance);
  return {
    backend: 'cadical',
    get isUsable() {
      return instance.isUsable;
    },
    create: () => new CheckedSolver(instance, () => new NativeCadical(new Cadical(module, OPTIONS))),
  };
}

class NativeCadical implements NativeSolver {
  private variables = 0;

  constructor(private readonly solver: Cadical) {}

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: readonly Literal[]): void {
    this.solver.addClause(literals);
  }

  solve({ assumptions = [], conflicts }: SolveLimits): SatStatus {
    return this.solver.solve({ assumptions, ...(conflicts !== undefined && { conflicts }) });
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  dispose(): void {
    this.solver.dispose();
  }
}
