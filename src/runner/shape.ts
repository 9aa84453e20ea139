/**
 * Looks at values of unknown shape: what users of plain JavaScript, or of `any`, may pass. All that is wrong is
 * told, each by the path of the field.
 */
import { nearest, suggest } from '../model/text/suggest.js';
import type { DiagnosticCode } from '../model/diagnostics/codes.js';
import { diagnostic, type Diagnostic } from '../model/diagnostics/diagnostics.js';
import type { SourceSpan } from '../model/diagnostics/source.js';

/** What may stand in a field. */
export interface Field {
  readonly optional?: boolean;
  /** In words. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** The closest of these is suggested for text that is not accepted. */
  readonly names?: readonly string[];
}

export type FieldTable = Readonly<Record<string, Field>>;

/** Where a complaint is made. */
export interface ShapeContext {
  /** What the whole is called. */
  readonly whole: string;
  readonly wrong: DiagnosticCode;
  readonly unknown: DiagnosticCode;
  readonly place: (path: readonly string[]) => SourceSpan | undefined;
}

export class ShapeReader {
  readonly diagnostics: Diagnostic[] = [];
  /** Paths of fields that are there by another name, as far as can be told. */
  private readonly misspelt = new Set<string>();

  constructor(private readonly context: ShapeContext) {}

  /** Looks at the fields of an object: whether all are there, known, and of the right kind. */
  object(
    value: unknown,
    path: readonly string[],
    fields: FieldTable,
  ): value is Readonly<Record<string, unknown>> {
    if (!isRecord(value)) {
      this.wrong(path, value, `an object with ${listNames(requiredOf(fields))}`);
      return false;
    }
    this.names(Object.keys(value), path, fields);
    for (const [name, field] of Object.entries(fields)) this.field(value[name], [...path, name], field);
    return true;
  }

  /**
   * Complains of names that no field has.
   *
   * @param elsewhere where fields of other names belong
   */
  names(
    given: readonly string[],
    path: readonly string[],
    fields: FieldTable,
    elsewhere: Readonly<Record<string, string>> = {},
  ): void {
    for (const name of given) {
      if (Object.hasOwn(fields, name)) continue;
      const place = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
      this.unknown([...path, name], fields, given, place);
    }
  }

  field(value: unknown, path: readonly string[], { optional, accepts, expected, names }: Field): void {
    if (value === undefined && (optional === true || this.isMisspelt(path))) return;
    if (!accepts(value)) this.wrong(path, value, expected, names);
  }

  wrong(path: readonly string[], value: unknown, expected: string, names: readonly string[] = []): void {
    const { whole, wrong, place } = this.context;
    const what = path.length === 0 ? whole : `\`${path.join('.')}\` of ${whole}`;
    const found = isRecord(value) && Object.keys(value).length === 0 ? 'empty' : describeValue(value);
    const message = value === undefined ? `${what} is missing` : `${what} is ${found}`;
    const hint = typeof value === 'string' ? suggest(value, names) : undefined;
    // What is missing is told where it is missing.
    const span = place(value === undefined ? path.slice(0, -1) : path);
    this.diagnostics.push(diagnostic(wrong, message, { span, expected, hint }));
  }

  /** Whether a field seems to be there by another name, which was told. */
  isMisspelt(path: readonly string[]): boolean {
    return this.misspelt.has(path.join('.'));
  }

  /** Complains of a name that a list has twice. */
  repetition(path: readonly string[], name: string): void {
    const { whole, wrong, place } = this.context;
    const message = `\`${path.join('.')}\` of ${whole} names ${describeValue(name)} twice`;
    this.diagnostics.push(
      diagnostic(wrong, message, { span: place(path), expected: "each name once, such as ['a', 'b']" }),
    );
  }

  /** Complains of a field that cannot stand beside another. */
  contradiction(name: string, expected: string): void {
    const { whole, wrong, place } = this.context;
    const message = `\`${name}\` of ${whole} contradicts another field`;
    this.diagnostics.push(diagnostic(wrong, message, { span: place([name]), expected }));
  }

  /** Names that are given already are not what was meant. */
  private unknown(
    path: readonly string[],
    fields: FieldTable,
    given: readonly string[],
    belongs: string | undefined,
  ): void {
    const { whole, unknown, place } = this.context;
    const known = Object.keys(fields);
    const free = known.filter((name) => !given.includes(name));
    const meant = belongs === undefined ? nearest(path.at(-1)!, free) : undefined;
    if (meant !== undefined) this.misspelt.add([...path.slice(0, -1), meant].join('.'));
    this.diagnostics.push(
      diagnostic(unknown, `${whole} has no field \`${path.join('.')}\``, {
        span: place(path),
        expected: `one of ${known.join(', ')}`,
        hint: belongs ?? (meant === undefined ? undefined : `did you mean \`${meant}\`?`),
      }),
    );
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const anything: Field = { expected: '', accepts: () => true };

export const aFunction: Field = {
  expected: 'a function',
  accepts: (value) => typeof value === 'function',
};

export function optional(field: Field): Field {
  return { ...field, optional: true };
}

/** A value in a few words. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string')
    return value.length <= 40 ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, 40))}…`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return value instanceof Promise ? 'a promise' : 'an object';
  return `a ${typeof value}`;
}

function requiredOf(fields: FieldTable): readonly string[] {
  const required = Object.entries(fields).filter(([, field]) => field.optional !== true);
  return required.map(([name]) => name);
}

function listNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
