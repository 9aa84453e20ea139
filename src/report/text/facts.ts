/** Facts and messages as text: as the language of their protocol writes them. */
import type { Execution, GroundFact } from '../../injector/execution.js';
import { groupBy } from '../../model/group.js';
import { printTuple, printValue } from '../../model/rules/print.js';
import { visible } from '../../model/text/display.js';
import type { Value } from '../../model/rules/program.js';
import { formatData, parseData } from '../../model/text/data.js';
import { displayWidth } from '../../model/text/text.js';

/** The columns that a picture has for what a message of a handler carries, where no more are needed. */
const PAYLOAD_WIDTH = 44;

/** `log("a", "x", 1)` */
export function formatFact({ relation, tuple }: GroundFact): string {
  return printTuple(relation, tuple);
}

/** All of a message: `log("a", "x", 1)`, or of a handler `log {entry: "x"}`. */
export function formatMessage(message: GroundFact, language: Execution['language']): string {
  switch (language) {
    case 'rules':
      return formatFact(message);
    case 'handlers':
      return formatHandlerMessage(message, Infinity);
  }
}

/**
 * Writes messages without their destination, which a picture shows by position: short, but as long as it takes to
 * tell those apart that carry different things.
 *
 * @param apart the messages to be told apart
 */
export function payloadWriter(
  apart: readonly GroundFact[],
  language: Execution['language'],
): (message: GroundFact) => string {
  if (language === 'rules') return formatRulePayload;
  const widths = new Map(
    [...groupBy(apart, ({ relation }) => relation)].map(([relation, alike]) => [relation, telling(alike)]),
  );
  return (message) => formatHandlerMessage(message, widths.get(message.relation) ?? PAYLOAD_WIDTH);
}

/** The columns in which handlers' messages of one type that differ are written differently. */
function telling(messages: readonly GroundFact[]): number {
  const different = [...groupBy(messages, ({ tuple }) => String(tuple[1])).values()].map(([first]) => first);
  const whole = different.map((message) => displayWidth(formatHandlerMessage(message, Infinity)));
  const areApart = (width: number) =>
    new Set(different.map((message) => formatHandlerMessage(message, width))).size === different.length;
  let width = PAYLOAD_WIDTH;
  while (width < Math.max(...whole) && !areApart(width)) width *= 2;
  return width;
}

function formatHandlerMessage({ relation, tuple }: GroundFact, width: number): string {
  const fields = formatData(parseData(String(tuple[1])), width);
  return fields === '{}' ? visible(relation) : `${visible(relation)} ${fields}`;
}

/** With quotes only where needed. */
function formatRulePayload({ relation, tuple }: GroundFact): string {
  const payload = tuple.slice(1).map(formatBare);
  return payload.length === 0 ? relation : `${relation}(${payload.join(', ')})`;
}

function formatBare(value: Value): string {
  return typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) ? value : printValue(value);
}
