/**
 * The line that shows a person that long work goes on. One line of the terminal's standard error is
 * rewritten in place, so that standard output stays the report alone.
 */
import { type Bounds, formatBounds, type SearchProgress } from '../index.js';
import { faultsText, formatDuration, plural, type SystemProgress, truncate, visible } from '../toolkit.js';
import type { Screen } from './io.js';

/** Milliseconds that work may take before a line appears, and between two changes of it. */
const PATIENCE = 300;
const INTERVAL = 100;

const ERASE_LINE = '\r\x1b[2K';

export type ShownProgress = Pick<SearchProgress, 'phase' | 'firings' | 'executions' | 'solverCalls'>;

export class ProgressLine {
  private lastShown = -Infinity;
  private shown = false;

  /**
   * @param label what is worked on
   * @param started since when, on the clock of `performance`
   */
  constructor(
    private readonly screen: Screen,
    private readonly label: string,
    private readonly started = performance.now(),
  ) {}

  /**
   * @param done what is done
   * @param doing what is being done, after all else, since it may be long
   */
  readonly update = ({ done, doing }: { readonly done: string; readonly doing?: string }): void => {
    const now = performance.now();
    const elapsed = now - this.started;
    if (!this.screen.isTerminal || elapsed < PATIENCE || now - this.lastShown < INTERVAL) return;
    this.lastShown = now;
    this.shown = true;
    const line = [this.label, done, formatDuration(elapsed), ...(doing === undefined ? [] : [doing])].join(
      '  ',
    );
    this.screen.write(ERASE_LINE + truncate(line, this.screen.columns - 1));
  };

  erase(): void {
    if (this.shown) this.screen.write(ERASE_LINE);
    this.shown = false;
  }
}

export function progressLabel(name: string, bounds: Bounds): string {
  return `${visible(name)} ${formatBounds(bounds)}`;
}

export function describeProgress({ phase, firings, executions, solverCalls }: ShownProgress): {
  readonly done: string;
} {
  const counts = [
    ...(firings === 0 ? [] : [plural(firings, 'firing')]),
    ...(executions === 0 ? [] : [plural(executions, 'execution')]),
    ...(solverCalls === 0 ? [] : [plural(solverCalls, 'solver call')]),
  ];
  return { done: [phase, ...counts].join('  ') };
}

export function describeDriving({ soFar, trying }: SystemProgress): {
  readonly done: string;
  readonly doing: string;
} {
  const { runs, verdict } = soFar;
  const bad = verdict.kind === 'inconclusive' ? verdict.seenOnce.length : 0;
  return {
    done: [plural(runs, 'run'), ...(bad === 0 ? [] : [`${bad} not survived`])].join('  '),
    doing: trying.length === 0 ? 'without faults' : faultsText(trying),
  };
}
