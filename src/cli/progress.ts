/**
 * What shows that long work goes on. One line of the terminal's standard error is rewritten in place, so that standard
 * output stays the report alone; in the log of a CI server, which shows what was written and nothing else, a line is
 * added now and then.
 */
import {
  type Bounds,
  type CheckAttempt,
  formatBounds,
  type SearchProgress,
  type Statistics,
} from '../index.js';
import {
  displayWidth,
  faultsText,
  formatCount,
  formatDuration,
  plural,
  type SystemProgress,
  truncate,
  visible,
} from '../toolkit.js';
import type { Environment } from './environment.js';
import type { Screen } from './io.js';

/** Milliseconds that work may take before a line appears, and between two changes of it. */
const PATIENCE = 300;
const INTERVAL = 100;

/** The same, where lines are added. */
const PATIENCE_OF_LOGS = 10_000;

/** Columns that are left of what is worked on, where there is more to say. */
const LEAST_LABEL = 24;

const GAP = '  ';

const ERASE_LINE = '\r\x1b[2K';

export type ShownProgress = Pick<
  SearchProgress,
  'phase' | 'timestep' | 'firings' | 'executions' | 'solverCalls'
> & {
  readonly statistics: Pick<Statistics, 'localStates' | 'diagramNodes'>;
};

/** Whether a CI server says that it runs this, as they all do. */
export function isInCi({ CI }: Environment): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}

export class ProgressLine {
  private lastShown = -Infinity;
  private shown = false;

  /**
   * @param label what is worked on
   * @param isLogged whether lines are added where there is no terminal
   * @param started since when, on the clock of `performance`
   */
  constructor(
    private readonly screen: Screen,
    private label: string,
    private readonly isLogged = false,
    private readonly started = performance.now(),
  ) {}

  /**
   * @param done what is done
   * @param doing what is being done, after all else, since it may be long
   */
  readonly update = ({ done, doing }: { readonly done: string; readonly doing?: string }): void => {
    const { screen, label, isLogged } = this;
    if (!screen.isTerminal && !isLogged) return;
    const now = performance.now();
    const elapsed = now - this.started;
    const [patience, interval] = screen.isTerminal
      ? [PATIENCE, INTERVAL]
      : [PATIENCE_OF_LOGS, PATIENCE_OF_LOGS];
    if (elapsed < patience || now - this.lastShown < interval) return;
    this.lastShown = now;
    const rest = [formatDuration(elapsed), done, ...(doing === undefined ? [] : [doing])].join('  ');
    this.shown = screen.isTerminal;
    screen.write(
      screen.isTerminal ? ERASE_LINE + this.fitted(rest, screen.columns - 1) : `${label}  ${rest}\n`,
    );
  };

  /** From now on, it is about the same within other bounds. */
  relabel(label: string): void {
    this.label = label;
  }

  /** What is worked on makes room for what is done, but not all of its own. */
  private fitted(rest: string, width: number): string {
    const room = Math.max(LEAST_LABEL, width - displayWidth(rest) - GAP.length);
    return truncate(truncate(this.label, room) + GAP + rest, width);
  }

  erase(): void {
    if (this.shown) this.screen.write(ERASE_LINE);
    this.shown = false;
  }
}

/** @param place which of all scenarios it is, from 1; undefined where there is one alone */
export function progressLabel(name: string, bounds: Bounds, place?: PlaceAmongAll): string {
  const label = `${visible(name)} ${formatBounds(bounds)}`;
  return place === undefined ? label : `${place.number}/${place.of}  ${label}`;
}

export interface PlaceAmongAll {
  readonly number: number;
  readonly of: number;
}

/**
 * @param eot the last timestep
 * @param left milliseconds that are left at the least; undefined where nobody knows
 * @param trying what the check is of, where there are many
 */
export function describeProgress(
  { phase, timestep, firings, executions, solverCalls, statistics }: ShownProgress,
  eot: number,
  { left, trying }: { readonly left?: number | undefined; readonly trying?: string | undefined } = {},
): { readonly done: string } {
  const counts = [
    [firings, 'firing'],
    [statistics.localStates, 'local state'],
    [statistics.diagramNodes, 'diagram node'],
    [executions, 'execution'],
    [solverCalls, 'solver call'],
  ] as const;
  const told = counts.flatMap(([count, what]) => (count === 0 ? [] : [plural(count, what)]));
  const at = timestep === undefined ? '' : ` ${timestep}/${eot}`;
  const more = left === undefined ? [] : [`at least ${formatDuration(left)} left`];
  const of = trying === undefined ? [] : [trying];
  return { done: [...of, phase + at, ...more, ...told].join('  ') };
}

/** `check 14 of 60, 2 found` */
export function describeAttempt({ step, number, of, found }: CheckAttempt): string {
  if (step === 'as it is') return step;
  const total = of === undefined ? '' : ` of ${formatCount(of)}`;
  const known = found === 0 ? '' : `, ${found} found`;
  const what = step === 'run' ? 'change' : step;
  return `${what} ${formatCount(number)}${total}${known}`;
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
