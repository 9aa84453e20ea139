/**
 * What callers put where a value is expected, looked at: the compiler has done so for those who use types, and
 * for the others a mistake is a diagnostic like that of a Dedalus file.
 */
import { printTerm, printValue } from '../print.js';
import { suggest } from '../../text/suggest.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { ColumnType, Term } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import type { Typed } from './types.js';
import { isObject } from './written.js';

/** An expression, as this folder makes them. */
export interface Drafted extends Typed {
  /** Its term; `span` is where it is used, for what has no place of its own. */
  term(span: SourceSpan): Term;
  readonly problems: readonly Diagnostic[];
  /** How many operators it has. */
  readonly size: number;
}

export interface ReadOperand {
  readonly term: Term;
  /** Undefined of a constant, whose value tells. */
  readonly type: ColumnType | undefined;
  readonly size: number;
  readonly problems: readonly Diagnostic[];
}

/** @param span where it is used */
export function readOperand(operand: unknown, span: SourceSpan): ReadOperand {
  if (isDrafted(operand)) {
    const { type, size, problems } = operand;
    return { term: operand.term(span), type, size, problems };
  }
  if (typeof operand === 'string' || (typeof operand === 'number' && Number.isSafeInteger(operand)))
    return { term: { kind: 'constant', value: operand, span }, type: undefined, size: 0, problems: [] };
  return { term: { kind: 'wildcard', span }, type: undefined, size: 0, problems: [noValue(operand, span)] };
}

function isDrafted(operand: unknown): operand is Drafted {
  return isObject(operand) && 'term' in operand && 'size' in operand;
}

function noValue(operand: unknown, span: SourceSpan): Diagnostic {
  if (isObject(operand) && 'aggregate' in operand)
    return diagnostic('DED114', 'an aggregate stands in the head of a rule only', {
      span,
      hint: 'aggregate in a rule of its own, and read the result from there',
    });
  return diagnostic('DED803', `${describe(operand)} is no value`, {
    span,
    expected: 'a string, an integer of at most 2^53 - 1 in size, a variable or an expression',
  });
}

/** Whether it can stand where something typed is expected. @param place what that is called */
export function checkOperand(
  { term, type }: ReadOperand,
  expected: Typed,
  place: string,
  span: SourceSpan,
): readonly Diagnostic[] {
  if (type === undefined && term.kind !== 'constant') return [];
  const given = type ?? (term.kind === 'constant' && typeof term.value === 'number' ? 'integer' : 'string');
  const text = type === undefined && given === 'string' && expected.type === 'location';
  if (given !== expected.type && !text) {
    const message = `${printTerm(term)} is ${article(given)}, but ${place} is ${article(expected.type)}`;
    return [diagnostic('DED202', message, { span, expected: article(expected.type) })];
  }
  if (term.kind !== 'constant' || expected.values === undefined || expected.values.includes(term.value))
    return [];
  return [
    diagnostic('DED803', `${printValue(term.value)} is no value of ${place}`, {
      span,
      expected: expected.values.map(printValue).join(', '),
      hint: suggest(String(term.value), expected.values.map(String)),
    }),
  ];
}

export function article(type: ColumnType): string {
  return type === 'integer' ? 'an integer' : `a ${type}`;
}

/** What a thing that does not belong there is called. */
export function describe(thing: unknown): string {
  if (typeof thing === 'string') return printValue(thing);
  if (typeof thing === 'function') return 'schema' in thing ? 'a relation' : 'a function';
  if (typeof thing !== 'object' || thing === null) return String(thing);
  return Array.isArray(thing) ? 'an array' : 'an object';
}
