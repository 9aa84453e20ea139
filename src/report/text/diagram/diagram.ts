/**
 * A run as a picture in the terminal, a space-time diagram after Lamport: a lane for each node, time
 * downward, messages as arrows. A message is drawn where it is sent, and arrives one timestep later. One
 * arrow serves all destinations of a message, so that a broadcast is one line, and a loss is seen beside
 * what came through.
 */
import { faultKinds } from '../../../injector/faults.js';
import type { Course } from '../../../injector/run.js';
import { wrapItems } from '../../../model/text/text.js';
import { listed } from '../../../model/text/numbers.js';
import { boardOf, withBoard, type Board } from './board.js';
import { layLanes, leastWidth } from './lanes.js';
import { listSteps } from './list.js';
import { describeHidden, type DiagramOptions } from './margin.js';
import { Picture } from './picture.js';
import { selectSteps, type DrawnSteps, type DiagramStep } from './steps.js';

/** Lines of at most `options.width` columns. */
export function drawRun(run: Course, options: DiagramOptions): readonly string[] {
  const board = boardOf(options.watched ?? [], run.eot, options.width - leastWidth(run.nodes.length));
  const selection = selectSteps(
    run,
    options.divergence,
    board.columns.map(({ watched }) => watched),
  );
  const own = { ...options, width: options.width - board.width };
  const lanes = layLanes(run.nodes, own.width);
  const drawn =
    lanes === undefined
      ? listSteps(run, selection.steps, own)
      : new Picture(run, lanes, own).draw(selection.steps);
  const body = withBoard(board, drawn, selection.steps, options.style);
  return [...body.map((line) => line.trimEnd()), ...legend(run, selection, options, board)];
}

function isRepeated({ from, to, rows, fired }: DiagramStep): boolean {
  return from < to && rows.length + fired.length > 0;
}

function legend(run: Course, selection: DrawnSteps, options: DiagramOptions, { leftOut }: Board): string[] {
  const signs = [
    ...(options.signs ?? signsOf(run)),
    ...(options.divergence === undefined ? [] : ['≠ parts from the failure-free run']),
    ...(selection.steps.some(isRepeated) ? ['m–n the same at each of these times'] : []),
  ];
  const hidden = describeHidden(selection.hidden);
  if (hidden !== undefined) signs.push(`not drawn: ${hidden}`);
  if (leftOut.length > 0) signs.push(`no room for ${listed(leftOut)}`);
  const lines = wrapItems(signs, options.width - 2, '   ');
  return lines.map((line) => options.style.faint(`  ${line}`));
}

/** What arrows, and the marks of faults, mean in a run of a protocol. */
function signsOf(run: Course): readonly string[] {
  const fates = new Set(run.messages.map((message) => message.fate));
  const faults = new Set<string>(run.faults.map((fault) => fault.kind));
  const signs = [
    ...(fates.has('delivered') ? ['► arrives one step later'] : []),
    ...faultKinds
      .filter(({ kind }) => faults.has(kind))
      .map(({ notation: { sign } }) => `${sign.mark} ${sign.meaning}`),
    ...(fates.has('lost') ? ['✗ lost'] : []),
    ...(fates.has('not sent') ? ['◌ not sent'] : []),
  ];
  return [...new Set(signs)];
}
