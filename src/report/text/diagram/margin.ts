/** What pictures and lists of a run have in common: the time in the margin, and the words beside a row. */
import type { Course, Violation } from '../../../injector/run.js';
import { visible } from '../../../model/text/display.js';
import type { Divergence } from '../../../runner/result.js';
import { plural } from '../../../model/text/numbers.js';
import type { Style } from '../style.js';
import { truncate, wrapProse } from '../../../model/text/text.js';
import { isTaken, type Row } from './rows.js';
import type { Hidden, DiagramStep } from './steps.js';
import type { Watched } from './watched.js';

export interface DiagramOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** Where the run parts from the failure-free one. */
  readonly divergence: Divergence | undefined;
  /** What arrows mean, where that is something else than messages that arrive one step later. */
  readonly signs?: readonly string[];
  /** What stands before the picture, at each time; default nothing. */
  readonly watched?: readonly Watched[];
}

/** The columns of the margin: a mark, the time, and a gap. */
export const MARGIN = 9;

const LABEL_LINES = 2;

export function timeMargin(step: DiagramStep, options: DiagramOptions): string {
  const { style, divergence } = options;
  const times = step.from === step.to ? `${step.from}` : `${step.from}–${step.to}`;
  const differs = step.from === divergence?.time;
  const text = (differs ? '≠ ' : '') + times;
  return (differs ? style.caution : style.strong)(text.padStart(MARGIN - 2)) + '  ';
}

/** What is said below the rows of a step, and whether it is bad: of a violation, and of what is not drawn. */
export function noteOf(step: DiagramStep, { eot }: Course): Note | undefined {
  const isEnd = step.to === eot;
  if (step.violations.length > 0) {
    // Of rules, what is read at EOT goes without saying.
    const isSaid = (each: Violation) => !('tuple' in each && each.property === 'pre');
    const named = step.violations.filter(isSaid).map(({ property }) => visible(property));
    const names = [...new Set(named)];
    const violated = ['violated', ...(names.length === 0 ? [] : [names.join(', ')])].join(': ');
    return { text: isEnd ? `end, ${violated}` : violated, isBad: true };
  }
  if (isEnd) return { text: 'end: the outcome is read', isBad: false };
  if (step.rows.length + step.strikes.length + step.fired.length > 0) return undefined;
  return { text: describeHidden(step.hidden) ?? 'nothing is sent', isBad: false };
}

/** Words beside the lifelines. */
export interface Note {
  readonly text: string;
  readonly isBad: boolean;
}

/** `4 messages as before, 3 similar, 2 not sent`; undefined where nothing is hidden. */
export function describeHidden({ repeated, varied, unsent }: Hidden): string | undefined {
  const parts = [
    { count: repeated, first: `${plural(repeated, 'message')} as before`, later: 'as before' },
    { count: varied, first: plural(varied, 'similar message'), later: 'similar' },
    { count: unsent, first: `${plural(unsent, 'message')} not sent`, later: 'not sent' },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return undefined;
  return parts
    .map(({ count, first, later }, index) => (index === 0 ? first : `${count} ${later}`))
    .join(', ');
}

/** What a row sent; where not all of it is to be read, in at most two lines, of which the last says what is left out. */
export function labelLines({ labels, whole }: Row, width: number): readonly string[] {
  if (labels.length === 0) return ['(nothing was sent)'];
  const all = wrapProse(labels.join(', '), width);
  if (whole || all.length <= LABEL_LINES) return all;
  for (let kept = labels.length - 1; kept > 0; kept--) {
    const lines = wrapProse([...labels.slice(0, kept), `+${labels.length - kept} more`].join(', '), width);
    if (lines.length <= LABEL_LINES) return lines;
  }
  return [...all.slice(0, LABEL_LINES - 1), truncate(`${all[LABEL_LINES - 1]}…`, width - 1)];
}

export function isLost(row: Row): boolean {
  return row.ends.every((end) => isTaken(end.fate));
}
