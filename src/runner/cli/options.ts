/**
 * What was typed, made into values. Every value is checked here and nowhere else, all wrong ones are
 * reported together, and each report points into what was typed.
 */
import { suggest } from '../../model/check/suggest.js';
import type { DiagnosticCode } from '../../model/codes.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import type { Span } from '../../model/source.js';

/** A value with the place where it was given. */
export interface Given<Value> {
  readonly value: Value;
  readonly span: Span;
}

/** The longest run that is offered; it guards against slips of the keyboard, not against patience. */
export const LONGEST_EOT = 10_000;

export interface IntegerRange {
  readonly least: number;
  readonly most?: number;
  readonly code?: DiagnosticCode;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

export class OptionReader {
  readonly diagnostics: Diagnostic[] = [];

  integer(flag: string, text: string | undefined, range: IntegerRange): Given<number> | undefined {
    if (text === undefined) return undefined;
    const { least, most = Number.MAX_SAFE_INTEGER, code = 'RUN101' } = range;
    const span = spanOf(flag, text);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return { value, span };
    const expected =
      most === Number.MAX_SAFE_INTEGER ? `an integer from ${least}` : `an integer from ${least} to ${most}`;
    this.report(code, `${flag} cannot be \`${text}\``, { span, expected });
    return undefined;
  }

  choice<Name extends string>(
    flag: string,
    text: string | undefined,
    names: readonly Name[],
  ): Name | undefined {
    const found = names.find((name) => name === text);
    if (found === undefined && text !== undefined)
      this.report('RUN101', `${flag} cannot be \`${text}\``, {
        span: spanOf(flag, text),
        expected: `one of ${names.join(', ')}`,
        hint: suggest(text, names),
      });
    return found;
  }

  /** Milliseconds from `90`, `90s`, `1.5m`, `500ms`. */
  duration(flag: string, text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text);
    const milliseconds = match === null ? 0 : Number(match[1]) * UNITS.get(match[2])!;
    if (milliseconds > 0 && Number.isFinite(milliseconds)) return milliseconds;
    this.report('RUN101', `${flag} cannot be \`${text}\``, {
      span: spanOf(flag, text),
      expected: 'a time such as `90` or `90s` (seconds), `500ms`, `2m`, `1h`',
    });
    return undefined;
  }

  /** Names separated by commas. */
  nodes(flag: string, text: string | undefined): readonly string[] | undefined {
    if (text === undefined) return undefined;
    const names: string[] = [];
    let start = 0;
    for (const part of text.split(',')) {
      const name = part.trim();
      const from = start + part.length - part.trimStart().length;
      const span = { ...spanOf(flag, text), start: from, end: from + name.length };
      if (name === '')
        this.report('RUN102', 'a node has no name', { span, expected: 'names such as `a,b,c`' });
      else if (names.includes(name)) this.report('RUN102', `node ${name} is given twice`, { span });
      else names.push(name);
      start += part.length + 1;
    }
    return names;
  }

  private report(...parameters: Parameters<typeof diagnostic>): void {
    this.diagnostics.push(diagnostic(...parameters));
  }
}

/** The whole of what was typed for an option. */
export function spanOf(flag: string, text: string): Span {
  return { source: { name: flag, text }, start: 0, end: text.length };
}
