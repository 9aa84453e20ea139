/** Facts as text: exactly as a program would write them, or short, for the margin of a picture. */
import type { GroundFact } from '../../injector/execution.js';
import { printTuple, printValue } from '../../model/dedalus/print.js';
import type { Value } from '../../model/program.js';

/** `log("a", "x", 1)` */
export function formatFact({ relation, tuple }: GroundFact): string {
  return printTuple(relation, tuple);
}

/** The fact without its location, which a picture shows by position, and with quotes only where needed. */
export function formatPayload({ relation, tuple }: GroundFact): string {
  const payload = tuple.slice(1).map(formatBare);
  return payload.length === 0 ? relation : `${relation}(${payload.join(', ')})`;
}

function formatBare(value: Value): string {
  return typeof value === 'string' && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) ? value : printValue(value);
}
