/**
 * The states of handlers' nodes: how they changed where a run first parts from the failure-free one, and what
 * they are where it violates the specification, and at its end.
 */
import type { Execution, GroundFact } from '../../injector/execution.js';
import { crashTime } from '../../injector/faults/crash.js';
import { visible } from '../../model/text/display.js';
import { compareStrings } from '../../model/order.js';
import type { Divergence } from '../../runner/result.js';
import { formatData, formatKey, parseData } from '../../model/text/data.js';
import { indent } from './heading.js';
import { plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { displayWidth, padEnd, truncate, wrapItems, wrapProse } from '../../model/text/text.js';
import { violationsAt, violationTimes } from './violations.js';

/** Changes, and nodes, listed before the rest is only counted. */
const FEW = 12;
/** The most columns of a node's name, where others are to stand beside it. */
const WIDEST_NAME = 16;
/** The most columns of a field in a table. */
const WIDEST_FIELD = 28;

/** The fewest columns that a value is shortened to. */
const LEAST = 8;

/** A field of one node's state, with what it is without and with the faults; absent where there is none. */
interface Change {
  readonly node: string;
  readonly path: string;
  readonly there: Field;
  readonly here: Field;
}

/** What a place of a state holds. */
type Field = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'absent' };

const ABSENT: Field = { kind: 'absent' };

/** `a  prepared: true → false` */
export function stateDivergenceLines(
  divergence: Divergence,
  execution: Execution,
  options: ReportOptions,
): readonly string[] {
  const { style, width, verbose } = options;
  const nodeWidth = widthOfNames(divergence.missing.concat(divergence.added).map(nodeOf));
  const room = width - 4 - nodeWidth;
  const changes = changesOf(divergence, execution.nodes).flatMap((change) => fitted(change, room));
  const shown = verbose ? changes : changes.slice(0, FEW);
  const lines = shown.map((change, index) => {
    const repeated = index > 0 && shown[index - 1].node === change.node;
    const name = repeated ? '' : truncate(visible(change.node), nodeWidth);
    return `  ${padEnd(name, nodeWidth)}  ${style.caution(describeChange(change, room))}`;
  });
  const more = changes.length - shown.length;
  return [
    style.strong(`Parts from the failure-free run at time ${divergence.time}`) +
      style.faint(' (there → here)'),
    ...lines,
    ...(more === 0 ? [] : [style.faint(`  and ${plural(more, 'more change', 'more changes')}`)]),
  ];
}

function changesOf({ missing, added }: Divergence, nodes: readonly string[]): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const fact of [...missing, ...added]) {
    const [node, path] = [nodeOf(fact), fact.relation];
    const find = (facts: readonly GroundFact[]): Field => {
      const found = facts.find((other) => nodeOf(other) === node && other.relation === path);
      return found === undefined ? ABSENT : { kind: 'value', value: valueOf(found) };
    };
    changes.set(JSON.stringify([node, path]), {
      node,
      path: formatKey(path),
      there: find(missing),
      here: find(added),
    });
  }
  return [...changes.values()].sort(
    (a, b) => nodes.indexOf(a.node) - nodes.indexOf(b.node) || compareStrings(a.path, b.path),
  );
}

/** The change itself where it fits on a line, else the changes within it. */
function fitted(change: Change, room: number): readonly Change[] {
  const { node, path, there, here } = change;
  if (displayWidth(describeChange(change, Infinity)) <= room) return [change];
  if (!isCompound(there) || !isCompound(here)) return [change];
  if (Array.isArray(there.value) !== Array.isArray(here.value)) return [change];
  const [before, after] = [there.value, here.value].map((value) => new Map(Object.entries(value)));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [left, right] = [before, after].map((fields) => fieldOf(fields, key));
    if (JSON.stringify(left) === JSON.stringify(right)) return [];
    const step = Array.isArray(there.value) ? `[${key}]` : `.${formatKey(key)}`;
    return fitted({ node, path: path + step, there: left, here: right }, room);
  });
}

function isCompound(field: Field): field is { readonly kind: 'value'; readonly value: object } {
  return field.kind === 'value' && typeof field.value === 'object' && field.value !== null;
}

function fieldOf(fields: ReadonlyMap<string, unknown>, key: string): Field {
  return fields.has(key) ? { kind: 'value', value: fields.get(key) } : ABSENT;
}

function describeChange({ path, there, here }: Change, room: number): string {
  const name = truncate(path, Math.floor(room / 2));
  const both = room - displayWidth(`${name}:  → `);
  const half = Math.floor(both / 2);
  const spare = both - Math.min(half, displayWidth(describeField(here, Infinity)));
  const left = describeField(there, Math.max(half, spare));
  return `${name}: ${left} → ${describeField(here, Math.max(LEAST, both - displayWidth(left)))}`;
}

function describeField(field: Field, width: number): string {
  return field.kind === 'absent' ? '(none)' : formatData(field.value, width);
}

/** The states where the specification is violated, and at the end. */
export function statesParagraphs(
  execution: Execution,
  options: ReportOptions,
): readonly (readonly string[])[] {
  const times = new Set([...violationTimes(execution), execution.eot]);
  return [...times].map((time) => stateLines(execution, time, options));
}

/** One line a node: its fields in columns where these fit, otherwise one after another. */
function stateLines(execution: Execution, time: number, options: ReportOptions): readonly string[] {
  const { nodes } = execution;
  const { style, verbose, width } = options;
  const shown = verbose ? nodes : nodes.slice(0, FEW);
  const rows = shown.map((node) => rowOf(execution, node, time));
  const more = nodes.length - shown.length;
  const violated = violationsAt(execution, time).map(([name]) => visible(String(name)));
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
  readonly fields: ReadonlyMap<string, unknown>;
}

function rowOf(execution: Execution, node: string, time: number): StateRow {
  const crashed = (crashTime(execution.faults, node) ?? Infinity) <= time;
  const own = execution.facts[time].filter((fact) => nodeOf(fact) === node);
  return {
    name: visible(node) + (crashed ? ' †' : ''),
    crashed,
    fields: new Map(own.map((fact) => [fact.relation, valueOf(fact)])),
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

function widthOfNames(names: readonly string[]): number {
  return Math.min(WIDEST_NAME, Math.max(...names.map((name) => displayWidth(visible(name)))));
}

/** The location of a fact. */
function nodeOf(fact: GroundFact): string {
  return String(fact.tuple[0]);
}

function valueOf(fact: GroundFact): unknown {
  return parseData(String(fact.tuple[1]));
}
