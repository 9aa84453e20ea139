/** Steps as a list, for runs with more nodes than there is room for lanes. */
import { visible } from '../../../model/text/display.js';
import type { Course } from '../../../injector/run.js';
import { truncate, wrapProse } from '../../../model/text/text.js';
import { isLost, MARGIN, noteOf, timeMargin, type DiagramOptions } from './margin.js';
import { isTaken, type ArrowEnd, type ArrowFate, type Row } from './rows.js';
import type { Drawn } from './picture.js';
import { firedText, TIMER, type DiagramStep } from './steps.js';

export function listSteps(run: Course, steps: readonly DiagramStep[], options: DiagramOptions): Drawn {
  const { style } = options;
  const drawn = steps.map((step) => {
    const note = noteOf(step, run);
    const bodies = [
      ...step.strikes.map(({ node, happens, mark }) =>
        style.bad(
          truncate(
            `${mark} ${node === undefined ? '' : `${visible(node)} `}${happens}`,
            options.width - MARGIN,
          ),
        ),
      ),
      ...step.fired.map((fired) =>
        truncate(`${TIMER} ${visible(fired.node)}: ${firedText(fired)}`, options.width - MARGIN),
      ),
      ...step.rows.flatMap((row) => listRow(row, run.nodes, options)),
      ...(note === undefined
        ? []
        : [(note.isBad ? style.bad : style.faint)(truncate(note.text, options.width - MARGIN))]),
    ];
    return bodies.map((body, index) => (index === 0 ? timeMargin(step, options) : ' '.repeat(MARGIN)) + body);
  });
  return { header: [], steps: drawn };
}

/** `a ─► b, c  ╌✗ d  vote(yes)` */
function listRow(row: Row, nodes: readonly string[], options: DiagramOptions): string[] {
  const named = (isMeant: (fate: ArrowFate) => boolean) => endNames(row, nodes, ({ fate }) => isMeant(fate));
  const delivered = named((fate) => fate === 'delivered' || fate === 'twice');
  const late = named((fate) => fate === 'late');
  const lost = named(isTaken);
  const sent = row.labels.length === 0 ? '(nothing was sent)' : row.labels.join(', ');
  const text = `${visible(row.from)}${delivered && ` ─► ${delivered}`}${late && ` ╌⇢ ${late}`}${lost && ` ╌✗ ${lost}`}  ${sent}`;
  return wrapProse(text, options.width - MARGIN - HANG.length).map((line, index) => {
    const hung = index === 0 ? line : HANG + line;
    return isLost(row) ? options.style.bad(hung) : hung;
  });
}

const HANG = '    ';

function endNames(row: Row, nodes: readonly string[], included: (end: ArrowEnd) => boolean): string {
  const names = row.ends.filter(included).map((end) => end.to);
  const others = nodes.filter((node) => node !== row.from);
  if (names.length > 2 && others.every((node) => names.includes(node))) return 'all others';
  return names.map(visible).join(', ');
}
