/** Facts and messages as text: as the language of their protocol writes them. */
import type { Execution, GroundFact } from '../../injector/execution.js';
import { printTuple, printValue } from '../../model/dedalus/print.js';
import { visible } from '../../model/display.js';
import type { Value } from '../../model/program.js';
import { formatData, parseData } from './data.js';

/** The columns that a picture has for what a message of a handler carries. */
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

/** A message without its destination, which a picture shows by position, and short. */
export function formatPayload(message: GroundFact, language: Execution['language']): string {
  switch (language) {
    case 'rules':
      return formatRulePayload(message);
    case 'handlers':
      return formatHandlerMessage(message, PAYLOAD_WIDTH);
  }
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
