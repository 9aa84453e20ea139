import type { Shell } from './command.js';
import type { Style } from './style.js';

/** How a report is set, which does not change what it says. */
export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** Leave nothing out: every message, every counterexample's run, statistics. */
  readonly verbose: boolean;
  /** Whether scenarios are held to the verdicts that they expect, as `--as-expected` does; default false. */
  readonly asExpected?: boolean;
  /** Nodes, and parts of what they have, that stand beside the picture of a run; default none. */
  readonly watch?: readonly string[];
  /** The shell that commands are written for; default `posix`. */
  readonly shell?: Shell;
}
