/**
 * How much longer a pass over all fault sets goes on at the least, as far as can be told honestly: as if each timestep that is
 * left took as long as the one that took longest of the last two. Timesteps rarely take less than those before them, since
 * what is known becomes more; how much more they take, and what comes after the pass, nobody knows beforehand.
 */

/** Milliseconds of a pass before anything is said, and timesteps that it has gone through by then. */
const PATIENCE = 2_000;
const LEAST_STEPS = 3;

export class Pace {
  private timestep: number | undefined;
  /** When the pass, and when the timestep that it is at, began. */
  private begun = 0;
  private entered = 0;
  private gone = 0;
  /** Milliseconds of the timestep before. */
  private last = 0;

  /**
   * @param timestep that the pass is at; undefined where none is under way
   * @param now in milliseconds
   */
  see(timestep: number | undefined, now: number): void {
    if (timestep === this.timestep) return;
    const isNext = timestep !== undefined && this.timestep !== undefined && timestep > this.timestep;
    if (isNext) {
      // Several may have passed since the last look.
      this.last = (now - this.entered) / (timestep - this.timestep!);
      this.gone += timestep - this.timestep!;
    } else {
      this.begun = now;
      this.gone = 0;
    }
    this.entered = now;
    this.timestep = timestep;
  }

  /** Milliseconds; undefined where nothing is known. */
  left(eot: number, now: number): number | undefined {
    const { timestep, entered, last } = this;
    if (timestep === undefined || this.gone < LEAST_STEPS || now - this.begun < PATIENCE) return undefined;
    const spent = now - entered;
    const each = Math.max(last, spent);
    return each - spent + each * (eot - timestep);
  }
}
