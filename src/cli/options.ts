/**
 * What was typed, made into values. Every value is checked here and nowhere else, all wrong ones are
 * reported together, and each report points into what was typed.
 */
import type { Diagnostic, DiagnosticCode, SourceSpan } from '../index.js';
import {
  diagnostic,
  type Form,
  formatNodeName,
  QUOTED_NAME,
  readNodeName,
  splitNodeNames,
  suggest,
} from '../toolkit.js';

/** A value with the place where it was given. */
export interface Given<Value> {
  readonly value: Value;
  /** Undefined where the place is not known. */
  readonly span: SourceSpan | undefined;
}

/** Text that is to be a value, and where it stands. */
export interface GivenText {
  /** What complaints call the place: an option, a variable of the environment, a field of a file. */
  readonly label: string;
  readonly text: string;
  readonly span: SourceSpan | undefined;
  /** Of complaints, where the place has one of its own. */
  readonly code?: DiagnosticCode;
}

const WHOLE_QUOTE = new RegExp(`^${QUOTED_NAME}$`, 'u');

export class OptionReader {
  readonly diagnostics: Diagnostic[] = [];

  read<Value>(form: Form<Value>, written: GivenText | undefined): Given<Value> | undefined {
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
  pattern(flag: string, text: string): Given<RegExp> | undefined {
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
export function spanOf(flag: string, text: string): SourceSpan {
  return { source: { name: flag, text }, start: 0, end: text.length };
}

export function typed(label: string, text: string | undefined): GivenText | undefined {
  return text === undefined ? undefined : { label, text, span: spanOf(label, text) };
}
