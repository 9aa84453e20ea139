/** What the lexer hands to the parser. */
import type { SourceSpan } from '../../diagnostics/source.js';

export type Token = Identifier | Integer | Text | Mark | Invalid | End;

export interface Identifier {
  readonly kind: 'identifier';
  readonly text: string;
  readonly span: SourceSpan;
}

export interface Integer {
  readonly kind: 'integer';
  readonly value: number;
  readonly span: SourceSpan;
}

export interface Text {
  readonly kind: 'text';
  readonly value: string;
  readonly span: SourceSpan;
}

/** Punctuation and operators; `=`, `:` and `:=` are no part of the grammar, but likely slips. */
export interface Mark {
  readonly kind: 'mark';
  readonly text: string;
  readonly span: SourceSpan;
}

/** Something the lexer has reported already; the parser gives up the clause without another word. */
export interface Invalid {
  readonly kind: 'invalid';
  readonly span: SourceSpan;
}

export interface End {
  readonly kind: 'end';
  readonly span: SourceSpan;
}

/** Longest first, so that the first that matches is right. `<-` is none of them: `X <-1` is a comparison. */
export const MARKS = [
  ':-',
  ':=',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '(',
  ')',
  ',',
  ';',
  '@',
  '=',
  ':',
] as const;

/** As a message names it. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'identifier':
    case 'mark':
      return `\`${token.text}\``;
    case 'integer':
      return `\`${token.value}\``;
    case 'text':
      return 'string';
    case 'invalid':
      return 'invalid text';
    case 'end':
      return 'end of the file';
  }
}
