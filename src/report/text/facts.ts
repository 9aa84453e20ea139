/** Facts and messages as text: as the language of their protocol writes them. */
import { areColumns, payloadText, type GroundFact, type Message } from '../../injector/run.js';
import type { Fields } from '../../model/data.js';
import { groupBy } from '../../model/group.js';
import { printTuple, printValue } from '../../model/rules/print.js';
import { visible } from '../../model/text/display.js';
import type { Value } from '../../model/rules/program.js';
import { formatData } from '../../model/text/data.js';
import { displayWidth } from '../../model/text/text.js';

/** The columns that a picture has for what a message of a handler carries, where no more are needed. */
const PAYLOAD_WIDTH = 44;

/** What is written of a message. */
export type Content = Pick<Message, 'name' | 'payload'>;

/** `log("a", "x", 1)` */
export function formatFact({ relation, tuple }: GroundFact): string {
  return printTuple(relation, tuple);
}

/** All of a message: `log("a", "x", 1)`, or of a handler `log {entry: "x"}`. */
export function formatMessage({ to, name, payload }: Content & Pick<Message, 'to'>): string {
  return areColumns(payload) ? printTuple(name, [to, ...payload]) : formatFields(name, payload, Infinity);
}

/** What a message of lineage carries, without its destination: all its columns, or its fields. */
export function formatContent(name: string, payload: unknown): string {
  return Array.isArray(payload)
    ? formatColumns(name, payload.slice(1) as readonly Value[])
    : formatFields(name, payload as Fields, PAYLOAD_WIDTH);
}

/**
 * Writes messages without their destination, which a picture shows by position: short, but as long as it takes to
 * tell those apart that carry different things.
 *
 * @param apart the messages to be told apart
 */
export function payloadWriter(apart: readonly Content[]): (message: Content) => string {
  const widths = new Map(
    [...groupBy(apart, ({ name }) => name)].map(([name, alike]) => [name, telling(name, alike)]),
  );
  return ({ name, payload }) =>
    areColumns(payload)
      ? formatColumns(name, payload)
      : formatFields(name, payload, widths.get(name) ?? PAYLOAD_WIDTH);
}

/** The columns in which handlers' messages of one type that differ are written differently. */
function telling(name: string, messages: readonly Content[]): number {
  const different = [...groupBy(messages, payloadText).values()].flatMap(([{ payload }]) =>
    areColumns(payload) ? [] : [payload],
  );
  const written = (width: number) => different.map((fields) => formatFields(name, fields, width));
  const longest = Math.max(...written(Infinity).map(displayWidth));
  let width = PAYLOAD_WIDTH;
  while (width < longest && new Set(written(width)).size < different.length) width *= 2;
  return width;
}

function formatFields(name: string, fields: Fields, width: number): string {
  const carried = formatData(fields, width);
  return carried === '{}' ? visible(name) : `${visible(name)} ${carried}`;
}

/** With quotes only where needed. */
function formatColumns(relation: string, columns: readonly Value[]): string {
  return columns.length === 0 ? relation : `${relation}(${columns.map(formatBare).join(', ')})`;
}

function formatBare(value: Value): string {
  return typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) ? value : printValue(value);
}
