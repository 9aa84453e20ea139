/** Backends shared by many checks: loading one takes longer than most checks do. */
import { loadBackend } from './backends.js';
import type { SatBackend, SolverFactory } from './sat.js';

/** Backends that several checks share. */
export class SolverPool {
  private readonly factories = new Map<SatBackend, SolverFactory>();

  /** A usable factory: the one given before, unless it failed meanwhile. */
  async factory(backend: SatBackend): Promise<SolverFactory> {
    const known = this.factories.get(backend);
    if (known?.isUsable === true) return known;
    const loaded = await loadBackend(backend);
    this.factories.set(backend, loaded);
    return loaded;
  }
}
