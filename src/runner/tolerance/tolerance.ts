/** What a protocol tolerates: the frontier of the bounds, and how much of what may happen violates within some of them. */
import type { Bounds } from '../../injector/bounds.js';
import type { ScenarioLocation } from '../result.js';
import type { AnalysisResult } from './analyse.js';
import type { FrontierRow } from './frontier.js';
import type { Widening } from './outside.js';

/** What is known of one scenario. */
export interface Tolerance {
  /** What reports call the scenario. */
  readonly name: string;
  /** How it is found again. */
  readonly location: ScenarioLocation;
  readonly nodes: readonly string[];
  /** Those that are analysed; the frontier has their last timestep. */
  readonly bounds: Bounds;
  /** The widest EFF that was looked at. */
  readonly widest: number;
  readonly rows: readonly FrontierRow[];
  readonly analysis: AnalysisResult;
  /** What lies just outside of the bounds; undefined where something within them violates, or nobody knows. */
  readonly outside: readonly Widening[] | undefined;
}
