/** The states of handlers' nodes where a run violates the specification, and at its end. */
import { violationsOf, type HandlerRun } from '../../injector/run.js';
import { downtime } from '../../injector/world.js';
import type { Data } from '../../model/data.js';
import { visible } from '../../model/text/display.js';
import { compareStrings } from '../../model/order.js';
import { formatData, formatKey } from '../../model/text/data.js';
import { indent } from './heading.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { fieldsOf, widthOfNames } from './state-fields.js';
import { displayWidth, padEnd, truncate, wrapItems, wrapProse } from '../../model/text/text.js';
import { violationsAt } from './violations.js';

/** Nodes listed before the rest is only counted. */
const FEW = 12;
/** The most columns of a field in a table. */
const WIDEST_FIELD = 28;

/** The states where the specification is violated. @param andAtTheEnd whether those at the end are told in any case */
export function statesParagraphs(
  run: HandlerRun,
  options: ReportOptions,
  andAtTheEnd: boolean,
): readonly (readonly string[])[] {
  const violated = violationsOf(run).map(({ time }) => time);
  const times = new Set([...violated, ...(andAtTheEnd ? [run.eot] : [])]);
  return [...times].sort((a, b) => a - b).map((time) => stateLines(run, time, options));
}

/** One line a node: its fields in columns where these fit, otherwise one after another. */
function stateLines(run: HandlerRun, time: number, options: ReportOptions): readonly string[] {
  const { nodes } = run;
  const { style, verbose, width } = options;
  const shown = verbose ? nodes : nodes.slice(0, FEW);
  const rows = shown.map((node) => rowOf(run, node, time));
  const more = nodes.length - shown.length;
  const violated = violationsAt(run, time).map(({ property }) => visible(property));
  const why = violated.length === 0 ? '' : `, where this is violated: ${violated.join(', ')}`;
  const title = `States at time ${time}`;
  const [first, ...others] = wrapProse(title + why, width - 2);
  return [
    first.replace(title, style.strong),
    ...others.map(indent),
    ...(tableLines(rows, options) ?? listLines(rows, options)),
    ...(more === 0 ? [] : [indent(style.faint(`and ${plural(more, 'more node', 'more nodes')}`))]),
  ];
}

/** The state of one node. */
interface StateRow {
  /** With a dagger after it where the node has crashed. */
  readonly name: string;
  readonly crashed: boolean;
  readonly fields: ReadonlyMap<string, Data>;
}

function rowOf(run: HandlerRun, node: string, time: number): StateRow {
  const crashed = downtime(run.faults)(node, time);
  const own = run.states.find((state) => state.time === time && state.node === node);
  return {
    name: visible(node) + (crashed ? ' †' : ''),
    crashed,
    fields: fieldsOf(own?.state),
  };
}

/** Undefined where there are not the columns for it. */
function tableLines(
  rows: readonly StateRow[],
  { style, width }: ReportOptions,
): readonly string[] | undefined {
  const names = [...new Set(rows.flatMap(({ fields }) => [...fields.keys()]))].sort(compareStrings);
  const header = ['', ...names.map(formatKey)];
  const body = rows.map(({ name, fields }) => [
    name,
    ...names.map((field) => (fields.has(field) ? formatData(fields.get(field)) : '')),
  ]);
  const columns = header.map((title, column) =>
    Math.max(displayWidth(title), ...body.map((cells) => displayWidth(cells[column]))),
  );
  const total = columns.reduce((sum, each) => sum + each + 2, 0);
  if (total > width || columns.slice(1).some((each) => each > WIDEST_FIELD)) return undefined;
  const line = (cells: readonly string[]) =>
    indent(cells.map((cell, column) => padEnd(cell, columns[column])).join('  ')).trimEnd();
  return [
    style.faint(line(header)),
    ...body.map((cells, row) => (rows[row].crashed ? style.bad(line(cells)) : line(cells))),
  ];
}

/** `a  log: ["x"], term: 2` */
function listLines(rows: readonly StateRow[], { style, width, verbose }: ReportOptions): readonly string[] {
  const nameWidth = widthOfNames(rows.map(({ name }) => name));
  const room = width - 4 - nameWidth;
  return rows.flatMap(({ name, crashed, fields }) => {
    const items = [...fields].map(([field, value], index) => {
      const comma = index < fields.size - 1 ? ',' : '';
      const label = `${truncate(formatKey(field), Math.floor(room / 2))}: `;
      const space = verbose ? Infinity : room - displayWidth(label) - 1;
      return label + formatData(value, space) + comma;
    });
    return wrapItems(items, room, ' ').map((text, index) => {
      const line = `  ${padEnd(index === 0 ? truncate(name, nameWidth) : '', nameWidth)}  ${text}`;
      return crashed ? style.bad(line) : line;
    });
  });
}
