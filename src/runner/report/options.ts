import type { Style } from './style.js';

/** How a report is set, which does not change what it says. */
export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** Leave nothing out: every message, every counterexample's run, statistics. */
  readonly verbose: boolean;
}
