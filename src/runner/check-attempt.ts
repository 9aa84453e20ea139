/** What is under way of work that makes many checks, for whoever watches it. */
import type { Bounds } from '../injector/bounds.js';

/** Told before each of them. */
export interface CheckAttempt {
  /**
   * `as it is`: a check of what was given; `run`: a change is run without faults, and under the counterexamples known;
   * `check`: a whole check.
   */
  readonly step: 'as it is' | 'run' | 'check';
  /** Which of its step it is, from 1. */
  readonly number: number;
  /** Of how many at the most; undefined where nobody knows. */
  readonly of: number | undefined;
  /** How many answers are known. */
  readonly found: number;
  /** That it is made within. */
  readonly bounds: Bounds;
}
