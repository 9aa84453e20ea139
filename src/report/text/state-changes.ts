/** How the states of handlers' nodes changed where a run first parts from the failure-free one. */
import { dataText, type Data } from '../../model/data.js';
import { compareStrings } from '../../model/order.js';
import { formatData, formatKey } from '../../model/text/data.js';
import { visible } from '../../model/text/display.js';
import { plural } from '../../model/text/numbers.js';
import { displayWidth, padEnd, truncate } from '../../model/text/text.js';
import type { StateChange, StateDivergence } from '../../runner/result.js';
import type { ReportOptions } from './options.js';
import { fieldsOf, widthOfNames } from './state-fields.js';

/** Changes listed before the rest is only counted. */
const FEW = 12;

/** The fewest columns that a value is shortened to. */
const LEAST = 8;

/** A place of one node's state, with what it holds without and with the faults. */
interface Change extends Difference {
  readonly node: string;
  readonly path: string;
}

interface Difference {
  readonly there: Field;
  readonly here: Field;
}

/** What a place of a state holds. */
type Field = { readonly kind: 'value'; readonly value: Data } | { readonly kind: 'absent' };

/** `a  prepared: true → false` */
export function stateDivergenceLines(
  { time, changed }: StateDivergence,
  { style, width, verbose }: ReportOptions,
): readonly string[] {
  const nodeWidth = widthOfNames(changed.map(({ node }) => node));
  const room = width - 4 - nodeWidth;
  const changes = changed.flatMap(changesOf).flatMap((change) => fitted(change, room));
  const shown = verbose ? changes : changes.slice(0, FEW);
  const lines = shown.map((change, index) => {
    const repeated = index > 0 && shown[index - 1].node === change.node;
    const name = repeated ? '' : truncate(visible(change.node), nodeWidth);
    return `  ${padEnd(name, nodeWidth)}  ${style.caution(describeChange(change, room))}`;
  });
  const more = changes.length - shown.length;
  return [
    style.strong(`Parts from the failure-free run at time ${time}`) + style.faint(' (there → here)'),
    ...lines,
    ...(more === 0 ? [] : [style.faint(`  and ${plural(more, 'more change', 'more changes')}`)]),
  ];
}

/** What became of a state, a text for each field that changed: `term: 0 → 1`. @param room columns of one */
export function changeTexts(before: Data, after: Data, room: number): readonly string[] {
  return changesOf({ node: '', there: before, here: after })
    .flatMap((change) => fitted(change, room))
    .map((change) => describeChange(change, room));
}

/** How a state differs from another, a text for each field: `term 1 instead of 0`. @param room columns of one */
export function replacementTexts(there: Data, here: Data, room: number): readonly string[] {
  return changesOf({ node: '', there, here })
    .flatMap((change) => fitted(change, room))
    .map(({ path, ...change }) => {
      const half = Math.floor(room / 2);
      return `${path} ${describeField(change.here, half)} instead of ${describeField(change.there, half)}`;
    });
}

/** The fields that differ, by name. */
function changesOf({ node, there, here }: StateChange): readonly Change[] {
  return differences(fieldsOf(there), fieldsOf(here))
    .map(({ key, ...difference }): Change => ({ node, path: formatKey(key), ...difference }))
    .sort((a, b) => compareStrings(a.path, b.path));
}

/** What is not the same under the same key, in the order in which the keys come. */
function differences(
  there: ReadonlyMap<string, Data>,
  here: ReadonlyMap<string, Data>,
): readonly (Difference & { readonly key: string })[] {
  return [...new Set([...there.keys(), ...here.keys()])]
    .map((key) => ({ key, there: fieldOf(there, key), here: fieldOf(here, key) }))
    .filter((change) => !isSame(change.there, change.here));
}

function fieldOf(fields: ReadonlyMap<string, Data>, key: string): Field {
  return fields.has(key) ? { kind: 'value', value: fields.get(key) } : { kind: 'absent' };
}

function isSame(a: Field, b: Field): boolean {
  return a.kind === 'value' && b.kind === 'value'
    ? dataText(a.value) === dataText(b.value)
    : a.kind === b.kind;
}

/** The change itself where it fits on a line, else the changes within it. */
function fitted(change: Change, room: number): readonly Change[] {
  const { node, path, there, here } = change;
  if (displayWidth(describeChange(change, Infinity)) <= room) return [change];
  if (!isCompound(there) || !isCompound(here)) return [change];
  const isList = Array.isArray(there.value);
  if (isList !== Array.isArray(here.value)) return [change];
  return differences(entriesOf(there.value), entriesOf(here.value)).flatMap(({ key, ...difference }) => {
    const step = isList ? `[${key}]` : `.${formatKey(key)}`;
    return fitted({ node, path: path + step, ...difference }, room);
  });
}

function isCompound(field: Field): field is { readonly kind: 'value'; readonly value: Data & object } {
  return field.kind === 'value' && typeof field.value === 'object' && field.value !== null;
}

function entriesOf(data: Data & object): ReadonlyMap<string, Data> {
  return new Map(Object.entries<Data>(data));
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
