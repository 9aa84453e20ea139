/** The value of a term without variables, or why it has none. */
import type { DiagnosticCode } from '../../diagnostics/codes.js';
import { applyOperator } from '../arithmetic.js';
import type { Arithmetic, Term, Value } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';

export type Folded = FoldedConstant | FoldedOpen | FoldedProblem;

export interface FoldedConstant {
  readonly kind: 'constant';
  readonly value: Value;
}

/** It depends on a variable or wildcard, the first of which is at `span`. */
export interface FoldedOpen {
  readonly kind: 'open';
  readonly span: SourceSpan;
}

export interface FoldedProblem {
  readonly kind: 'problem';
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly span: SourceSpan;
}

export function fold(term: Term): Folded {
  switch (term.kind) {
    case 'constant':
      return { kind: 'constant', value: term.value };
    case 'variable':
    case 'wildcard':
      return { kind: 'open', span: term.span };
    case 'arithmetic':
      return foldArithmetic(term);
  }
}

function foldArithmetic(term: Arithmetic): Folded {
  const left = fold(term.left);
  if (left.kind === 'problem') return left;
  const right = fold(term.right);
  if (right.kind === 'problem') return right;
  if (term.operator === '/' && right.kind === 'constant' && right.value === 0)
    return { kind: 'problem', code: 'DED206', message: 'division by zero', span: term.right.span };
  if (left.kind === 'open') return left;
  if (right.kind === 'open') return right;
  const stringSide = [term.left, term.right].find(
    (_, index) => typeof [left, right][index].value === 'string',
  );
  if (stringSide !== undefined)
    return {
      kind: 'problem',
      code: 'DED202',
      message: 'arithmetic takes integers, not strings',
      span: stringSide.span,
    };
  return calculate(term, left.value as number, right.value as number);
}

function calculate(term: Arithmetic, left: number, right: number): Folded {
  const value = applyOperator(term.operator, left, right);
  if (value !== undefined && Number.isSafeInteger(value)) return { kind: 'constant', value };
  return {
    kind: 'problem',
    code: 'DED207',
    message: 'the value passes 2^53 - 1 in size, beyond which integers are not exact',
    span: term.span,
  };
}
