/** What pictures and lists of a run have in common: the time in the margin, and the words beside a row. */
import { plural } from '../numbers.js';
import type { Style } from '../style.js';
import { truncate, wrapProse } from '../text.js';
import type { Hidden, Row, Step } from './steps.js';

export interface DiagramOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** The logical timestep at which the run parts from the failure-free one. */
  readonly divergence: number | undefined;
}

/** The columns of the margin: a mark, the time, and a gap. */
export const MARGIN = 9;

const LABEL_LINES = 2;

export function timeMargin(step: Step, options: DiagramOptions): string {
  const { style, divergence } = options;
  const times = step.from === step.to ? `${step.from}` : `${step.from}–${step.to}`;
  const differs = step.from === divergence;
  const text = (differs ? '≠ ' : '') + times;
  return (differs ? style.caution : style.strong)(text.padStart(MARGIN - 2)) + '  ';
}

export function quietLabel(step: Step, eot: number): string {
  if (step.to === eot) return 'end: the outcome is read';
  return describeHidden(step.hidden) ?? 'nothing is sent';
}

/** `4 messages as before, 2 not sent`; undefined where nothing is hidden. */
export function describeHidden({ delivered, unsent }: Hidden): string | undefined {
  const before = `${plural(delivered, 'message')} as before`;
  if (unsent === 0) return delivered === 0 ? undefined : before;
  return delivered === 0 ? `${plural(unsent, 'message')} not sent` : `${before}, ${unsent} not sent`;
}

/** What a row sent, in at most two lines, of which the last says how much is left out. */
export function labelLines(row: Row, width: number): readonly string[] {
  const { labels } = row;
  if (labels.length === 0) return ['(nothing was sent)'];
  const all = wrapProse(labels.join(', '), width);
  if (all.length <= LABEL_LINES) return all;
  for (let kept = labels.length - 1; kept > 0; kept--) {
    const lines = wrapProse([...labels.slice(0, kept), `+${labels.length - kept} more`].join(', '), width);
    if (lines.length <= LABEL_LINES) return lines;
  }
  return [...all.slice(0, LABEL_LINES - 1), truncate(`${all[LABEL_LINES - 1]}…`, width - 1)];
}

export function isLost(row: Row): boolean {
  return row.ends.every((end) => end.fate !== 'delivered');
}
