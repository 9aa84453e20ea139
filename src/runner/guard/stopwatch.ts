/** How long something takes: by the clock, and what the processor does meanwhile. */
import { monotonicNow } from './clock.js';

/** Both in milliseconds. Where other programs want the processor, the clock says little. */
export interface TimeSpent {
  readonly elapsed: number;
  /** Of all threads of the process. */
  readonly processor: number;
}

export class Stopwatch {
  private readonly began = monotonicNow();
  private readonly computed = process.cpuUsage();

  /** Milliseconds by the clock, which is quicker to ask than the processor. */
  get elapsed(): number {
    return monotonicNow() - this.began;
  }

  get spent(): TimeSpent {
    const { user, system } = process.cpuUsage(this.computed);
    return { elapsed: this.elapsed, processor: (user + system) / 1_000 };
  }
}
