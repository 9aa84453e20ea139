/** Columns by name, as they are written, to terms in the order in which they were declared. */
import { suggest } from '../../text/suggest.js';
import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Aggregate, Constant, Term } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { AggregateDraft } from './aggregates.js';
import { article, checkOperand, describe, readOperand } from './operands.js';
import type { Typed } from './types.js';

/** A relation's name, and its columns in order. */
export interface Schema {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: Typed])[];
  /** Where it is declared durable, that place. */
  readonly durable?: SourceSpan;
  /** What is wrong with the declaration. */
  readonly problems: readonly Diagnostic[];
}

/** Columns as somebody wrote them, one for each that the relation has. */
export interface ReadColumns {
  /** A column that was left out is a wildcard. */
  readonly terms: readonly (Term | Aggregate)[];
  readonly problems: readonly Diagnostic[];
}

export function readColumns(schema: Schema, given: unknown, span: SourceSpan): ReadColumns {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { terms: [], problems: [...schema.problems, notByName(schema, given, span)] };
  const read = schema.columns.map(([name, type]) =>
    readColumn(
      `column ${name} of ${schema.name}`,
      type,
      (given as Readonly<Record<string, unknown>>)[name],
      span,
    ),
  );
  return {
    terms: read.map(({ term }) => term),
    problems: [
      ...schema.problems,
      ...unknownColumns(schema, given, span),
      ...read.flatMap(({ problems }) => problems),
    ],
  };
}

function readColumn(
  place: string,
  type: Typed,
  given: unknown,
  span: SourceSpan,
): { readonly term: Term | Aggregate; readonly problems: readonly Diagnostic[] } {
  if (given === undefined) return { term: { kind: 'wildcard', span }, problems: [] };
  if (given instanceof AggregateDraft) {
    const problems = given.type === type.type ? [] : [aggregateMismatch(given.aggregate, type, place, span)];
    return { term: given.term(span), problems: [...given.problems, ...problems] };
  }
  const operand = readOperand(given, span);
  return { term: operand.term, problems: [...operand.problems, ...checkOperand(operand, type, place, span)] };
}

function notByName({ name, columns }: Schema, given: unknown, span: SourceSpan): Diagnostic {
  const names = columns.map(([column]) => column).join(', ');
  return diagnostic('DED803', `${describe(given)} is no list of columns by name`, {
    span,
    expected: `${name}({ ${names} })`,
  });
}

function unknownColumns({ name, columns }: Schema, given: object, span: SourceSpan): readonly Diagnostic[] {
  const known = columns.map(([column]) => column);
  return Object.keys(given)
    .filter((column) => !known.includes(column))
    .map((column) =>
      diagnostic('DED801', `${name} has no column ${column}`, {
        span,
        expected: known.join(', '),
        hint: suggest(column, known),
      }),
    );
}

function aggregateMismatch(aggregate: string, expected: Typed, place: string, span: SourceSpan): Diagnostic {
  const message = `this ${aggregate} does not fit ${place}, which is ${article(expected.type)}`;
  return diagnostic('DED202', message, { span, expected: article(expected.type) });
}

/** Of a head or a fact, which must say all that it derives. Where another problem is known, that comes first. */
export function missingColumns(
  { name, columns }: Schema,
  { terms, problems }: ReadColumns,
  span: SourceSpan,
): readonly Diagnostic[] {
  if (problems.length > 0) return [];
  const missing = columns
    .filter((_, index) => terms.at(index)?.kind === 'wildcard')
    .map(([column]) => column);
  if (missing.length === 0) return [];
  const what = missing.length === 1 ? 'a column' : 'columns';
  return [
    diagnostic('DED802', `${name} is derived without ${what}: ${missing.join(', ')}`, {
      span,
      expected: 'every column, for it says what is derived; only premises may leave some out',
    }),
  ];
}

/** Of a premise, where nothing is aggregated. */
export function plainTerms(
  { terms }: ReadColumns,
  span: SourceSpan,
): { readonly terms: readonly Term[]; readonly problems: readonly Diagnostic[] } {
  return {
    terms: terms.filter((term) => term.kind !== 'aggregate'),
    problems: terms
      .filter((term) => term.kind === 'aggregate')
      .map(({ function: aggregate }) =>
        misplaced('DED114', `${aggregate} stands in a premise`, 'a variable, a constant or nothing', span),
      ),
  };
}

/** Of a fact. A column that is missing is another problem. */
export function constantTerms(
  { terms }: ReadColumns,
  span: SourceSpan,
): { readonly terms: readonly Constant[]; readonly problems: readonly Diagnostic[] } {
  return {
    terms: terms.filter((term) => term.kind === 'constant'),
    problems: terms
      .filter(({ kind }) => kind !== 'constant' && kind !== 'wildcard')
      .map((term) =>
        misplaced('DED113', `a fact cannot hold ${nameOf(term)}`, 'a string or an integer', span),
      ),
  };
}

function nameOf(term: Term | Aggregate): string {
  if (term.kind === 'variable') return `the variable ${term.name}`;
  return term.kind === 'aggregate' ? 'an aggregate' : 'an expression';
}

function misplaced(code: DiagnosticCode, message: string, expected: string, span: SourceSpan): Diagnostic {
  return diagnostic(code, message, { span, expected });
}
