/** Facts as text: exactly as a program would write them, or short, for the margin of a picture. */
import type { GroundFact } from '../../injector/execution.js';
import type { Value } from '../../model/program.js';
import { printable } from './text.js';

/** `log("a", "x", 1)` */
export function formatFact(fact: GroundFact): string {
  return `${fact.relation}(${fact.tuple.map(formatValue).join(', ')})`;
}

/** The fact without its location, which a picture shows by position, and with quotes only where needed. */
export function formatPayload(fact: GroundFact): string {
  const payload = fact.tuple.slice(1).map(formatBare);
  return payload.length === 0 ? fact.relation : `${fact.relation}(${payload.join(', ')})`;
}

function formatValue(value: Value): string {
  return typeof value === 'number' ? value.toString() : JSON.stringify(value);
}

function formatBare(value: Value): string {
  if (typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value)) return value;
  return printable(formatValue(value));
}
