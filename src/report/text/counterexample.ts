/** A counterexample: the faults, what they break, the run, and how to see it again. */
import { violationsOf, type Run } from '../../injector/run.js';
import { describeFault } from '../../injector/schedule.js';
import type { CheckResult, Counterexample, Divergence } from '../../runner/result.js';
import type { FaultSet } from '../../injector/faults.js';
import { messageLines } from './messages.js';
import { wrapProse } from '../../model/text/text.js';
import { becauseParagraphs } from './because.js';
import { explainCommand, replayCommand } from './command.js';
import { drawRun } from './diagram/diagram.js';
import { watchedColumns } from './diagram/watched.js';
import { divergenceLines } from './divergence.js';
import { indent } from './heading.js';
import { violationLines } from './judgement.js';
import { operationsParagraphs } from './operations.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { statesParagraphs } from './states.js';
import type { Style } from './style.js';

/** Which of how many counterexamples one is, from 1. */
export interface Numbering {
  readonly number: number;
  readonly of: number;
}

/** Paragraphs, each of at least one line. */
export function counterexampleParagraphs(
  result: CheckResult,
  counterexample: Counterexample,
  place: Numbering,
  options: ReportOptions,
): readonly (readonly string[])[] {
  const { style, width, shell } = options;
  const { run, divergence, faults, because } = counterexample;
  const title = place.of === 1 ? 'Counterexample' : `Counterexample ${place.number} of ${place.of}`;
  const [first, ...rest] = wrapProse(`${title}: ${sizeOf(result, counterexample, place)}`, width);
  return [
    [style.strong(first), ...rest, ...faultLines(faults, style)],
    violationLines(run, options),
    ...becauseParagraphs(counterexample, options),
    ...pictureParagraphs(run, divergence, options, because.length > 0),
    [style.strong('Replay it'), ...replayCommand(result, faults, width - 2, shell).map(indent)],
    ...(faults.length === 0 ? [askParagraph(result, counterexample, options)] : []),
  ];
}

/** There is no run without faults that would tell why by comparison. */
function askParagraph(
  result: CheckResult,
  { run }: Counterexample,
  { style, width, shell }: ReportOptions,
): readonly string[] {
  const [{ property }] = violationsOf(run);
  const named = run.language === 'handlers' ? property : undefined;
  return [style.strong('Ask why'), ...explainCommand(result, named, width - 2, shell).map(indent)];
}

export function faultLines(faults: FaultSet, style: Style): readonly string[] {
  return faults.map((fault) => indent(style.bad(describeFault(fault))));
}

/** @param isExplained whether it is told why the run is as it is, so that less of it has to be shown */
export function pictureParagraphs(
  run: Run,
  divergence: Divergence | undefined,
  options: ReportOptions,
  isExplained: boolean,
): readonly (readonly string[])[] {
  const { style, width, verbose, watch = [] } = options;
  const isWhole = verbose || !isExplained;
  return [
    drawRun(run, { width, style, divergence, watched: watchedColumns(run, watch) }),
    ...(divergence === undefined || !isWhole ? [] : [divergenceLines(divergence, options)]),
    ...(run.language === 'handlers' ? operationsParagraphs(run, options) : []),
    ...(run.language === 'handlers' ? statesParagraphs(run, options, isWhole) : []),
    ...(verbose && run.messages.length > 0 ? [messageLines(run, style)] : []),
  ];
}

/** How many faults it has, and what is known of having fewer. */
function sizeOf(
  { evidence }: CheckResult,
  { faults, minimality }: Counterexample,
  { number }: Numbering,
): string {
  if (faults.length === 0) return 'no fault is needed';
  const size = plural(faults.length, 'fault');
  if (evidence.representation === 'saved') return `${size}, found again; nothing else was searched for`;
  switch (minimality) {
    case 'minimum':
      return `${size}, the fewest that violate the specification`;
    case 'minimal':
      return `${size}; none can be left out${number === 1 ? ', but fewer others might do' : ''}`;
    case 'unproven':
      return `${size}; the search ended before it was known whether fewer would do`;
  }
}
