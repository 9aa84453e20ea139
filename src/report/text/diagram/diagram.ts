/**
 * A run as a picture in the terminal, a space-time diagram after Lamport: a lane for each node, time
 * downward, messages as arrows. A message is drawn where it is sent, and arrives one timestep later. One
 * arrow serves all destinations of a message, so that a broadcast is one line, and a loss is seen beside
 * what came through.
 */
import { faultKinds } from '../../../injector/faults.js';
import type { Course } from '../../../injector/run.js';
import { wrapItems } from '../../../model/text/text.js';
import { layLanes } from './lanes.js';
import { listSteps } from './list.js';
import { describeHidden, type DiagramOptions } from './margin.js';
import { Picture } from './picture.js';
import { selectSteps, type DrawnSteps, type DiagramStep } from './steps.js';

/** Lines of at most `options.width` columns. */
export function drawRun(run: Course, options: DiagramOptions): readonly string[] {
  const selection = selectSteps(run, options.divergence);
  const lanes = layLanes(run.nodes, options.width);
  const body =
    lanes === undefined
      ? listSteps(run, selection.steps, options)
      : new Picture(run, lanes, options).draw(selection.steps);
  return [...body, ...legend(run, selection, options)];
}

function isRepeated({ from, to, rows }: DiagramStep): boolean {
  return from < to && rows.length > 0;
}

function legend(run: Course, selection: DrawnSteps, options: DiagramOptions): string[] {
  const signs = [
    ...(options.signs ?? signsOf(run)),
    ...(options.divergence === undefined ? [] : ['≠ parts from the failure-free run']),
    ...(selection.steps.some(isRepeated) ? ['m–n the same at each of these times'] : []),
  ];
  const hidden = describeHidden(selection.hidden);
  if (hidden !== undefined) signs.push(`not drawn: ${hidden}`);
  const lines = wrapItems(signs, options.width - 2, '   ');
  return lines.map((line) => options.style.faint(`  ${line}`));
}

/** What arrows, and the marks of faults, mean in a run of a protocol. */
function signsOf(run: Course): readonly string[] {
  const fates = new Set(run.messages.map((message) => message.fate));
  const faults = new Set<string>(run.faults.map((fault) => fault.kind));
  return [
    ...(fates.has('delivered') ? ['► arrives one step later'] : []),
    ...faultKinds
      .filter(({ kind }) => faults.has(kind))
      .map(({ notation: { sign } }) => `${sign.mark} ${sign.meaning}`),
    ...(fates.has('lost') && !faults.has('omission') ? ['✗ lost'] : []),
    ...(fates.has('not sent') ? ['◌ not sent'] : []),
  ];
}
