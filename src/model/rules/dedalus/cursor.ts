/**
 * The parser's place in the tokens, and the one way in which it raises diagnostics. Giving up a clause is
 * an exception that never leaves the parser: results that every caller would have to test for failure would
 * hide the grammar.
 */
import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic, DiagnosticDetails } from '../../diagnostics/diagnostics.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { describeToken } from './token.js';
import type { Token } from './token.js';

/** The clause is given up; the reason has been reported. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

export class Cursor {
  private index = 0;
  /** One for all, since making one costs a trace of the stack. */
  private readonly abandoned = new Abandoned();
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly source: Source,
    private readonly tokens: readonly Token[],
  ) {}

  get token(): Token {
    return this.tokens[this.index];
  }

  /** The token after the current one. */
  get following(): Token {
    return this.tokens[Math.min(this.index + 1, this.tokens.length - 1)];
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  advance(): Token {
    const { token } = this;
    if (!this.atEnd) this.index++;
    return token;
  }

  isMark(text: string): boolean {
    return this.token.kind === 'mark' && this.token.text === text;
  }

  accept(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.advance();
    return true;
  }

  /** From the start of `first` to the end of the last token taken. */
  spanSince(first: SourceSpan): SourceSpan {
    return { source: this.source, start: first.start, end: this.lastEnd };
  }

  /** Reports and goes on. */
  report(code: DiagnosticCode, message: string, details: DiagnosticDetails): void {
    this.diagnostics.push(diagnostic(code, message, details));
  }

  /** Reports and gives up the clause. */
  fail(code: DiagnosticCode, message: string, details: DiagnosticDetails): never {
    this.report(code, message, details);
    throw this.abandoned;
  }

  /** The current token cannot stand here. What the lexer rejected has been reported already. */
  unexpected(expected: string, hint?: string): never {
    const { token } = this;
    if (token.kind === 'invalid') throw this.abandoned;
    this.fail('DED107', `unexpected ${describeToken(token)}`, { span: token.span, expected, hint });
  }

  /** Whether the current token looks like the start of a clause: a relation at the first column. */
  get atClauseStart(): boolean {
    const { token, following } = this;
    if (token.kind !== 'identifier') return false;
    const { start } = token.span;
    if (start > 0 && this.source.text[start - 1] !== '\n') return false;
    return (following.kind === 'mark' && following.text === '(') || following.kind === 'text';
  }

  /** An empty span after the last token taken, where something is missing. */
  get gap(): SourceSpan {
    return { source: this.source, start: this.lastEnd, end: this.lastEnd };
  }

  /**
   * To the next clause after one was given up: past a `;`, or to what looks like the start of a clause.
   * @param failed what {@link place} was at the start of the clause given up; at least one token is skipped
   */
  recover(failed: number): void {
    while (!this.atEnd && !(this.atClauseStart && this.index !== failed)) {
      if (this.accept(';')) return;
      this.advance();
    }
  }

  get place(): number {
    return this.index;
  }

  private get lastEnd(): number {
    return this.index === 0 ? 0 : this.tokens[this.index - 1].span.end;
  }
}
