/** Dedalus as text within TypeScript. */
import { parseFile } from '../dedalus/parser.js';
import { printValue } from '../print.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Clause, Program, Value } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import type { Schema } from './columns.js';
import { describe } from './operands.js';
import { callerSpan, templateSource } from '../../diagnostics/place.js';
import { isProgram, program } from './program.js';
import { isObject } from './written.js';

/** A value, which is quoted; a relation, which is named; or, between clauses, a program, which is included. */
export type Interpolation = Value | { readonly schema: Schema } | Program;

/**
 * The program that a text in Dedalus is. Diagnostics name the line of the file, as long as no interpolation
 * runs over several lines.
 *
 * @example
 * const log = relation('log', { node: location(), message: string });
 * const delivery = dedalus`
 *   ${log}(N, M)@next :- ${log}(N, M);
 *   ${log}(${'a'}, "hello")@1;
 * `;
 */
export function dedalus(strings: TemplateStringsArray, ...interpolations: readonly Interpolation[]): Program {
  const reader = new TemplateReader(callerSpan());
  for (const [index, text] of strings.raw.entries()) {
    reader.text(text);
    if (index < interpolations.length) reader.interpolation(interpolations[index]);
  }
  return reader.finish();
}

class TemplateReader {
  private readonly parts: Program[] = [];
  /** What cannot be interpolated: without it, the text means nothing. */
  private readonly broken: Diagnostic[] = [];
  /** What was read since the last program, under as many empty lines as are above it in the file. */
  private pending: string;

  constructor(private readonly place: SourceSpan) {
    this.pending = place.source.text;
  }

  text(text: string): void {
    this.pending += text;
  }

  interpolation(value: unknown): void {
    if (typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value)))
      this.pending += printValue(value);
    else if (isObject(value) && 'schema' in value) this.relation(value.schema as Schema);
    else if (isProgram(value)) this.include(value);
    else this.broken.push(notInterpolated(value, this.place));
  }

  private relation({ name, durable: span }: Schema): void {
    this.pending += name;
    if (span !== undefined) this.parts.push({ clauses: [], durable: [{ relation: name, span }] });
  }

  finish(): Program {
    if (this.broken.length > 0) return { clauses: [], problems: this.broken };
    this.parse();
    return program(...this.parts);
  }

  private include(included: Program): void {
    this.parse();
    this.parts.push(included);
    this.pending = this.pending.replace(/[^\n]/g, ' ');
  }

  private parse(): void {
    const { items, directives, diagnostics } = parseFile(templateSource(this.place, this.pending));
    const clauses = items.filter((item): item is Clause => item.kind !== 'include');
    const includes = items.filter((item) => item.kind === 'include');
    const problems = [
      ...diagnostics,
      ...includes.map(({ span }) => noFiles(span)),
      ...directives.map(idleDirective),
    ];
    this.parts.push({ clauses, problems });
  }
}

function notInterpolated(value: unknown, span: SourceSpan): Diagnostic {
  return diagnostic('DED803', `${describe(value)} cannot stand in a text in Dedalus`, {
    span,
    expected: 'a string, an integer, a relation or a program',
  });
}

function noFiles(span: SourceSpan): Diagnostic {
  return diagnostic('DED601', 'a text in TypeScript includes no files', {
    span,
    hint: 'interpolate the program: `${shared}`',
  });
}

function idleDirective(span: SourceSpan): Diagnostic {
  return diagnostic('DED503', 'a header line has no effect in TypeScript', {
    span,
    hint: 'give nodes and bounds to `defineScenario`',
  });
}
