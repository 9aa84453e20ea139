/**
 * Text to tokens. Every problem becomes a diagnostic and an `invalid` token, so that the parser can go on
 * at the next clause and all problems of a file are found in one pass.
 */
import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic, DiagnosticDetails } from '../../diagnostics/diagnostics.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { quote, readEscape } from '../../text/quote.js';
import { MARKS } from './token.js';
import type { Token } from './token.js';

export interface Lexed {
  /** The last one is the only `end`. */
  readonly tokens: readonly Token[];
  /** The `//` comments that speak to the program: `// ldfi: ...`. */
  readonly directives: readonly SourceSpan[];
  readonly diagnostics: readonly Diagnostic[];
}

export function tokenize(source: Source): Lexed {
  return new Lexer(source).run();
}

/**
 * Each matches at the place it is asked for (sticky), never further on. None repeats more than a class of
 * characters: repeating a choice, a regular expression runs out of stack on a long enough text.
 */
const BLANK = /\s+/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const NUMBER = /[0-9][A-Za-z0-9_?.]*/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_.?]*/y;
const DIRECTIVE = /^\/\/\s*ldfi:/;
const STARTS_TOKEN = /[\sA-Za-z0-9_"():;,@=<>+\-*/]|!=/y;

class Lexer {
  private at = 0;
  private readonly tokens: Token[] = [];
  private readonly directives: SourceSpan[] = [];
  private readonly diagnostics: Diagnostic[] = [];

  constructor(private readonly source: Source) {}

  run(): Lexed {
    const { text } = this.source;
    while (this.at < text.length) this.step();
    this.tokens.push({ kind: 'end', span: this.spanFrom(text.length) });
    return { tokens: this.tokens, directives: this.directives, diagnostics: this.diagnostics };
  }

  private step(): void {
    const start = this.at;
    if (this.take(BLANK) !== undefined) return;
    const comment = this.take(LINE_COMMENT);
    if (comment !== undefined) {
      if (DIRECTIVE.test(comment)) this.directives.push(this.spanFrom(start));
      return;
    }
    if (this.source.text.startsWith('/*', start)) {
      this.blockComment();
      return;
    }
    if (this.source.text[start] === '"') {
      this.string();
      return;
    }
    const identifier = this.take(IDENTIFIER);
    if (identifier !== undefined) {
      this.tokens.push({ kind: 'identifier', text: identifier, span: this.spanFrom(start) });
      return;
    }
    const digits = this.take(NUMBER);
    if (digits === undefined) this.mark();
    else this.number(withoutDots(digits), start);
  }

  private blockComment(): void {
    const start = this.at;
    const close = this.source.text.indexOf('*/', start + 2);
    if (close !== -1) {
      this.at = close + 2;
      return;
    }
    this.at = this.source.text.length;
    this.diagnostics.push(
      diagnostic('DED106', 'this comment is never closed', {
        span: { source: this.source, start, end: start + 2 },
        expected: '`*/`',
      }),
    );
  }

  private string(): void {
    const { text } = this.source;
    const start = this.at++;
    let value = '';
    let valid = true;
    for (;;) {
      const character = text[this.at];
      if (this.at >= text.length || character === '\n' || character === '\r') {
        this.invalid('DED102', 'this string is never closed', start, { expected: '`"` on the same line' });
        return;
      }
      if (character === '"') break;
      const escape = character === '\\' ? readEscape(text, this.at) : undefined;
      if (character === '\\' && escape === undefined) {
        this.escapeProblem();
        valid = false;
      }
      value += escape === undefined ? character : escape.value;
      this.at = escape === undefined ? this.at + 1 : escape.end;
    }
    this.at++;
    const span = this.spanFrom(start);
    this.tokens.push(valid ? { kind: 'text', value, span } : { kind: 'invalid', span });
  }

  private escapeProblem(): void {
    const end = Math.min(this.at + 2, this.source.text.length);
    this.diagnostics.push(
      diagnostic('DED103', 'this is no escape', {
        span: { source: this.source, start: this.at, end },
        expected: '`\\"`, `\\\\`, `\\n`, `\\t` or `\\u{hex}`',
        hint: 'a backslash itself is written `\\\\`',
      }),
    );
  }

  private number(digits: string, start: number): void {
    // A dot at the end is taken for the end of a clause, as Prolog writes it.
    this.at = start + digits.length;
    const value = Number(digits);
    if (!/^[0-9]+$/.test(digits)) {
      const hint = digits.includes('.') ? 'there are no fractions' : 'names start with a letter or `_`';
      this.invalid('DED104', `\`${shorten(digits)}\` is no integer`, start, {
        expected: 'digits only',
        hint,
      });
    } else if (value > Number.MAX_SAFE_INTEGER) {
      this.invalid('DED105', `${shorten(digits)} is too large`, start, {
        expected: `an integer up to ${Number.MAX_SAFE_INTEGER} (2^53 - 1)`,
      });
    } else {
      this.tokens.push({ kind: 'integer', value, span: this.spanFrom(start) });
    }
  }

  private mark(): void {
    const start = this.at;
    const mark = MARKS.find((candidate) => this.source.text.startsWith(candidate, start));
    if (mark === undefined) {
      this.unexpected();
      return;
    }
    this.at += mark.length;
    this.tokens.push({ kind: 'mark', text: mark, span: this.spanFrom(start) });
  }

  /** A run of characters that start no token, reported once. */
  private unexpected(): void {
    const { text } = this.source;
    const start = this.at;
    do this.at++;
    while (this.at < text.length && !this.matches(STARTS_TOKEN));
    const run = text.slice(start, this.at);
    this.invalid('DED101', `unexpected ${quote(shorten(run))}`, start, {
      hint: hintFor(run, this.previous()),
    });
  }

  private previous(): Token | undefined {
    return this.tokens.at(-1);
  }

  private invalid(code: DiagnosticCode, message: string, start: number, details: DiagnosticDetails): void {
    const span = this.spanFrom(start);
    this.diagnostics.push(diagnostic(code, message, { span, ...details }));
    this.tokens.push({ kind: 'invalid', span });
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match[0];
  }

  private matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.source.text);
  }

  private spanFrom(start: number): SourceSpan {
    return { source: this.source, start, end: this.at };
  }
}

/** Without the dots at its end. A search for them by `/\.+$/` begins anew at each of very many. */
function withoutDots(text: string): string {
  let end = text.length;
  while (text[end - 1] === '.') end--;
  return text.slice(0, end);
}

/** Cut after code points, not within one. */
function shorten(text: string): string {
  const head = /^.{0,24}/su.exec(text)![0];
  return head.length < text.length ? `${head}…` : text;
}

/** What the same characters mean in languages that people come from. */
function hintFor(run: string, previous: Token | undefined): string | undefined {
  if (/^[!~\\¬]/.test(run)) return 'negation is written `notin p(X)`';
  if (/^['‘’“”„«»`]/.test(run)) return 'strings stand in double quotes: "a"';
  if (/^[#%]/.test(run)) return 'comments start with `//`';
  if (/^[&|∧∨]/.test(run)) return 'premises are separated by `,`; write alternatives as rules of their own';
  if (/^[≠≤≥]/.test(run)) return 'comparisons are written `==` `!=` `<` `<=` `>` `>=`';
  if (run === '.' && previous?.kind === 'mark' && previous.text === ')') return 'clauses end in `;`';
  if (/^\p{L}/u.test(run)) return 'names are made of ASCII letters, digits, `_`, `.` and `?`';
  return undefined;
}
