/** By which faults one came to where one is, of many places that have most of their way in common. */
import type { FaultTrail, StepFault } from './step-faults.js';

/** Names faults one after another. */
export type TrailId = number;

export const NO_FAULTS_YET: TrailId = 0;

export class Trails {
  private before = new Int32Array(1024);
  private readonly last: (readonly StepFault[])[] = [[]];

  /** The faults of a trail, and more. */
  after(trail: TrailId, faults: readonly StepFault[]): TrailId {
    if (faults.length === 0) return trail;
    const id = this.last.push(faults) - 1;
    if (id === this.before.length) {
      const larger = new Int32Array(2 * id);
      larger.set(this.before);
      this.before = larger;
    }
    this.before[id] = trail;
    return id;
  }

  faultsOf(trail: TrailId): FaultTrail | undefined {
    const stretches: (readonly StepFault[])[] = [];
    for (let at = trail; at !== NO_FAULTS_YET; at = this.before[at]) stretches.unshift(this.last[at]);
    return continued(undefined, stretches.flat());
  }
}

/** A trail with more faults. */
export function continued(
  trail: FaultTrail | undefined,
  faults: readonly StepFault[],
): FaultTrail | undefined {
  return faults.reduce<FaultTrail | undefined>((before, fault) => ({ fault, before }), trail);
}
