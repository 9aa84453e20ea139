/** What all parts of a search through the states of all nodes have in common. */
import type { Calls } from '../calls.js';
import type { LocalId } from '../locals.js';
import type { Effort } from './effort.js';
import type { FaultsInMind } from './faults-in-mind.js';
import type { JointJudge } from './joint-judge.js';
import type { Losses } from './losses.js';
import type { StepFaults } from './step-faults.js';

export interface JointSetting {
  readonly calls: Calls;
  readonly faults: StepFaults;
  readonly judge: JointJudge;
  readonly losses: Losses;
  readonly inMind: FaultsInMind;
  readonly effort: Effort;
  readonly eot: number;
  /** By node, the local states that it comes to. */
  readonly visited: readonly Set<LocalId>[];
}
