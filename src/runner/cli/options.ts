/**
 * What was typed, made into values. Every value is checked here and nowhere else, all wrong ones are
 * reported together, and each report points into what was typed.
 */
import { suggest } from '../../model/check/suggest.js';
import type { DiagnosticCode } from '../../model/codes.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import { formatNodeName, QUOTED_NAME, readNodeName, splitNodeNames } from '../../model/node-names.js';
import type { Span } from '../../model/source.js';

/** A value with the place where it was given. */
export interface Given<Value> {
  readonly value: Value;
  /** Undefined where the place is not known. */
  readonly span: Span | undefined;
}

/** Text that is to be a value, and where it stands. */
export interface Written {
  /** What complaints call the place: an option, a variable of the environment, a field of a file. */
  readonly label: string;
  readonly text: string;
  readonly span: Span | undefined;
  /** Of complaints, where the place has one of its own. */
  readonly code?: DiagnosticCode;
}

/** How a value is written. */
export interface Form<Value> {
  /** Undefined where the text is no such value. */
  readonly read: (text: string) => Value | undefined;
  /** What there is to write. */
  readonly expected: string;
  /** Of complaints; by default RUN101. */
  readonly code?: DiagnosticCode;
  /** The closest of these is suggested. */
  readonly names?: readonly string[];
  /** As what JavaScript values it may be given too, besides text. */
  readonly types: readonly ('string' | 'number' | 'boolean')[];
}

export interface IntegerRange {
  readonly least: number;
  readonly most?: number;
  readonly code?: DiagnosticCode;
}

export function integer({ least, most = Number.MAX_SAFE_INTEGER, code }: IntegerRange): Form<number> {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
  return {
    read: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
    },
    expected: `an integer from ${least}${upTo}`,
    types: ['number'],
    ...(code !== undefined && { code }),
  };
}

export function choice<Name extends string>(names: readonly Name[]): Form<Name> {
  return {
    read: (text) => names.find((name) => name === text),
    expected: `one of ${names.join(', ')}`,
    names,
    types: ['string'],
  };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds from `90`, `90s`, `1.5m`, `500ms`. */
export const duration: Form<number> = {
  read: (text) => {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text);
    const milliseconds = match === null ? 0 : Number(match[1]) * UNITS.get(match[2])!;
    return milliseconds > 0 && Number.isFinite(milliseconds) ? milliseconds : undefined;
  },
  expected: 'a time such as `90` or `90s` (seconds), `500ms`, `2m`, `1h`',
  types: ['string', 'number'],
};

export const toggle: Form<boolean> = {
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  expected: '`true` or `false`',
  types: ['boolean'],
};

/** A number from 1, or `true` for `otherwise`, or `false` for one. */
export function limit(otherwise: number): Form<number> {
  const number = integer({ least: 1 });
  return {
    read: (text) => (text === 'true' ? otherwise : text === 'false' ? 1 : number.read(text)),
    expected: `${number.expected}, or \`true\` for ${otherwise}`,
    types: ['number', 'boolean'],
  };
}

const WHOLE_QUOTE = new RegExp(`^${QUOTED_NAME}$`, 'u');

export class OptionReader {
  readonly diagnostics: Diagnostic[] = [];

  read<Value>(form: Form<Value>, written: Written | undefined): Given<Value> | undefined {
    if (written === undefined) return undefined;
    const { label, text, span, code = form.code ?? 'RUN101' } = written;
    const value = form.read(text);
    if (value !== undefined) return { value, span };
    const hint = form.names && suggest(text, form.names);
    this.report(code, `${label} cannot be \`${text}\``, { span, expected: form.expected, hint });
    return undefined;
  }

  /** Names separated by commas; in double quotes those that hold one. */
  nodes(flag: string, text: string | undefined): readonly string[] | undefined {
    if (text === undefined) return undefined;
    const names: string[] = [];
    for (const { text: item, start } of splitNodeNames(text)) {
      const span = { ...spanOf(flag, text), start, end: start + item.length };
      const name = readNodeName(item);
      if (item === '')
        this.report('RUN102', 'a node has no name', { span, expected: 'names such as `a,b,c`' });
      else if (item.includes('"') && !WHOLE_QUOTE.test(item))
        this.report('RUN102', 'a quote in a name of a node is not closed, or is not around all of it', {
          span,
          expected: String.raw`a name such as \`"a,b"\`; a quote within it is written \`\"\``,
        });
      else if (names.includes(name))
        this.report('RUN102', `node ${formatNodeName(name)} is given twice`, { span });
      else names.push(name);
    }
    return names;
  }

  /** A regular expression as JavaScript writes it. */
  pattern(flag: string, text: string | undefined): Given<RegExp> | undefined {
    if (text === undefined) return undefined;
    const span = spanOf(flag, text);
    try {
      return { value: new RegExp(text, 'u'), span };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const reason = error.message.replace(/^Invalid regular expression: .*: /, '');
      this.report('RUN207', `${flag} is no regular expression: ${reason}`, {
        span,
        expected: 'a pattern such as `^retry`',
        hint: String.raw`a sign with a meaning of its own, such as ( or *, is written \( or \*`,
      });
      return undefined;
    }
  }

  report(...parameters: Parameters<typeof diagnostic>): void {
    this.diagnostics.push(diagnostic(...parameters));
  }
}

/** The whole of what was typed for an option. */
export function spanOf(flag: string, text: string): Span {
  return { source: { name: flag, text }, start: 0, end: text.length };
}

export function typed(label: string, text: string | undefined): Written | undefined {
  return text === undefined ? undefined : { label, text, span: spanOf(label, text) };
}
