/** What a body consists of: atoms, `notin` atoms and comparisons. */
import type { Atom, Comparison, ComparisonOperator, Premise, Term } from '../program.js';
import type { Cursor } from './cursor.js';
import { parseTerm } from './terms.js';
import { parseTime } from './times.js';
import type { Identifier } from './token.js';

const COMPARISONS: readonly ComparisonOperator[] = ['==', '!=', '<', '<=', '>', '>='];

export function parsePremise(cursor: Cursor): Premise {
  const { token, following } = cursor;
  if (token.kind === 'mark' && [';', ',', ')'].includes(token.text))
    cursor.unexpected('a premise', token.text === ';' ? 'is there a `,` too many before it?' : undefined);
  if (token.kind !== 'identifier') return parseComparison(cursor);
  if (following.kind === 'mark' && following.text === '(') {
    if (token.text === '_') cursor.unexpected('a premise', '`_` stands for a value, not for a relation');
    return parseAtom(cursor, token, undefined);
  }
  if (following.kind !== 'identifier') return parseComparison(cursor);
  cursor.advance();
  if (token.text === 'notin') return parseNegated(cursor, token, following);
  const negation = ['not', 'notIn', 'no', 'NOT', 'NOTIN', 'Not'].includes(token.text);
  return cursor.unexpected(
    '`(` or a comparison',
    negation ? `negation is written \`notin ${following.text}(...)\`` : undefined,
  );
}

function parseNegated(cursor: Cursor, notin: Identifier, relation: Identifier): Atom {
  const { following } = cursor;
  if (relation.text === '_') cursor.unexpected('a relation after `notin`');
  if (following.kind === 'mark' && following.text === '(') return parseAtom(cursor, relation, notin);
  cursor.advance();
  return cursor.unexpected('`(`', 'only atoms are negated; turn the comparison round instead');
}

function parseAtom(cursor: Cursor, name: Identifier, notin: Identifier | undefined): Atom {
  cursor.advance();
  cursor.advance();
  const terms: Term[] = [];
  do terms.push(parseTerm(cursor));
  while (cursor.accept(','));
  if (!cursor.accept(')')) cursor.unexpected('`,`, `)` or an operator');
  const time = parseTime(cursor);
  if (time !== undefined && time.kind !== 'absolute') {
    cursor.report('DED112', `a premise cannot be \`@${time.kind}\``, {
      span: time.span,
      expected: 'an absolute time such as `@1`, or nothing',
      hint: `\`@${time.kind}\` stands on the head: \`p(X)@${time.kind} :- ...\``,
    });
  }
  return {
    kind: 'atom',
    relation: name.text,
    terms,
    negated: notin !== undefined,
    time: time?.kind === 'absolute' ? time.time : undefined,
    span: cursor.spanSince((notin ?? name).span),
  };
}

function parseComparison(cursor: Cursor): Comparison {
  const first = cursor.token.span;
  const left = parseTerm(cursor);
  const operator = COMPARISONS.find((candidate) => cursor.isMark(candidate));
  if (operator === undefined) cursor.unexpected('a comparison', comparisonHint(cursor));
  cursor.advance();
  const right = parseTerm(cursor);
  if (COMPARISONS.some((candidate) => cursor.isMark(candidate)))
    cursor.unexpected(
      '`,` or `;`',
      'comparisons do not chain, and aggregates such as `count<X>` stand in heads only',
    );
  return { kind: 'comparison', operator, left, right, span: cursor.spanSince(first) };
}

function comparisonHint(cursor: Cursor): string | undefined {
  const { token } = cursor;
  if (token.kind !== 'mark') return undefined;
  if (token.text === '=' || token.text === ':=') return 'equality is written `==`';
  if (token.text === ')' || token.text === ',' || token.text === ';')
    return 'a premise is an atom such as `p(X)`, or a comparison such as `X != Y`';
  return undefined;
}
