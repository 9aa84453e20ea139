/** Terms: variables, wildcards, constants, arithmetic by precedence climbing, and the aggregates of heads. */
import type { Aggregate, AggregateFunction, ArithmeticOperator, Term } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { suggest } from '../../text/suggest.js';
import type { Cursor } from './cursor.js';
import type { Identifier } from './token.js';

/**
 * The most operators and parentheses in one term. It bounds the depth of every term, so that the parser
 * and whatever reads the tree may recurse.
 */
export const TERM_LIMIT = 200;

const AGGREGATES: readonly AggregateFunction[] = ['count', 'min', 'max', 'sum', 'avg'];

export function parseTerm(cursor: Cursor): Term {
  return new TermParser(cursor).sum();
}

/** A term of a head, where `count<X>` and its like may stand. */
export function parseHeadTerm(cursor: Cursor): Term | Aggregate {
  const { token, following } = cursor;
  return token.kind === 'identifier' && following.kind === 'mark' && following.text === '<'
    ? parseAggregate(cursor, token)
    : parseTerm(cursor);
}

function parseAggregate(cursor: Cursor, name: Identifier): Aggregate {
  const aggregate = AGGREGATES.find((candidate) => candidate === name.text);
  if (aggregate === undefined) {
    cursor.fail('DED114', `there is no aggregate \`${name.text}\``, {
      span: name.span,
      expected: AGGREGATES.map((each) => `\`${each}<X>\``).join(', '),
      hint: suggest(name.text, AGGREGATES),
    });
  }
  cursor.advance();
  cursor.advance();
  const variable = cursor.token;
  if (variable.kind === 'identifier' && variable.text === '_') {
    cursor.fail('DED114', 'an aggregate ranges over a variable, not a wildcard', {
      span: variable.span,
      expected: 'a variable that the body binds',
      hint: `name the column in the body, as in \`${aggregate}<X>\` with X for \`_\` there`,
    });
  }
  if (variable.kind !== 'identifier') cursor.unexpected('a variable');
  cursor.advance();
  if (!cursor.accept('>')) cursor.unexpected('`>`', 'an aggregate ranges over one variable');
  return {
    kind: 'aggregate',
    function: aggregate,
    variable: { kind: 'variable', name: variable.text, span: variable.span },
    span: cursor.spanSince(name.span),
  };
}

class TermParser {
  private size = 0;

  constructor(private readonly cursor: Cursor) {}

  sum(): Term {
    return this.chain(['+', '-'], () => this.chain(['*', '/'], () => this.factor()));
  }

  /** Operands joined by operators of one precedence, to the left. */
  private chain(operators: readonly ArithmeticOperator[], operand: () => Term): Term {
    const { cursor } = this;
    let left = operand();
    for (;;) {
      const operator = operators.find((candidate) => cursor.isMark(candidate));
      if (operator === undefined) return left;
      this.grow();
      cursor.advance();
      const right = operand();
      left = { kind: 'arithmetic', operator, left, right, span: cursor.spanSince(left.span) };
    }
  }

  private factor(): Term {
    const { cursor } = this;
    const { token } = cursor;
    switch (token.kind) {
      case 'identifier':
        cursor.advance();
        return token.text === '_'
          ? { kind: 'wildcard', span: token.span }
          : { kind: 'variable', name: token.text, span: token.span };
      case 'integer':
      case 'text':
        cursor.advance();
        return { kind: 'constant', value: token.value, span: token.span };
      case 'mark':
        if (token.text === '(') return this.parenthesized(token.span);
        if (token.text === '-') return this.negation(token.span);
        return this.noTerm();
      case 'invalid':
      case 'end':
        return this.noTerm();
    }
  }

  private noTerm(): never {
    this.cursor.unexpected('a variable, a constant or `_`');
  }

  /** The span keeps the parentheses, so that a caret under the whole of an operand takes them in. */
  private parenthesized(open: SourceSpan): Term {
    const { cursor } = this;
    this.grow();
    cursor.advance();
    const term = this.sum();
    if (!cursor.accept(')')) cursor.unexpected('`)` or an operator');
    return { ...term, span: cursor.spanSince(open) };
  }

  /** `-5` is a constant; any other `-x` is `0 - x`. */
  private negation(sign: SourceSpan): Term {
    const { cursor } = this;
    this.grow();
    cursor.advance();
    const { token } = cursor;
    if (token.kind === 'integer') {
      cursor.advance();
      return { kind: 'constant', value: 0 - token.value, span: cursor.spanSince(sign) };
    }
    const right = this.factor();
    const left: Term = { kind: 'constant', value: 0, span: sign };
    return { kind: 'arithmetic', operator: '-', left, right, span: cursor.spanSince(sign) };
  }

  private grow(): void {
    this.size++;
    if (this.size <= TERM_LIMIT) return;
    this.cursor.fail('DED109', `a term has more than ${TERM_LIMIT} operators and parentheses`, {
      span: this.cursor.token.span,
      hint: 'derive a part of it by a relation of its own',
    });
  }
}
