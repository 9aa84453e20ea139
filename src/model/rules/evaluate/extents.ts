/** The facts of a run: those of each relation at each logical timestep. */
import { Extent } from './extent.js';
import type { RelationStore } from './plan.js';

export class Extents {
  /** By relation, then by time. */
  private readonly extents: (Extent | undefined)[][];

  /** @param relations how many there are */
  constructor(relations: number) {
    this.extents = Array.from({ length: relations }, () => []);
  }

  get facts(): number {
    return this.extents.flat().reduce((sum, extent) => sum + (extent?.rows.length ?? 0), 0);
  }

  /** Undefined where nothing was ever derived. */
  at({ number }: RelationStore, time: number): Extent | undefined {
    return this.extents[number][time];
  }

  /** Empty where nothing was derived so far. */
  begun({ number, tuples }: RelationStore, time: number): Extent {
    return (this.extents[number][time] ??= new Extent(tuples));
  }

  place({ number }: RelationStore, time: number, extent: Extent): void {
    this.extents[number][time] = extent;
  }
}
