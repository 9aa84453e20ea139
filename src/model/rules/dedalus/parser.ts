/**
 * One file to its clauses and includes. Hand-written recursive descent rather than a parser library:
 * the grammar is small, and clauses are the natural unit to resume at after an error, with messages
 * that know what people coming from other languages write.
 *
 *     clause:  'include' string ';'  |  head [time] ';'  |  head ['@next' | '@async'] ':-' premise {',' premise} ';'
 *     head:    name '(' headTerm {',' headTerm} ')'
 *     premise: ['notin'] name '(' term {',' term} ')' ['@' integer]  |  term comparison term
 *
 * `include` and `notin` are keywords only where a string or a name follows, so that they can be names too.
 */
import { fold } from '../check/fold.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Aggregate, Clause, Constant, Fact, Head, Rule, Term } from '../program.js';
import type { Source, SourceSpan } from '../../diagnostics/source.js';
import { Abandoned, Cursor } from './cursor.js';
import { tokenize } from './lexer.js';
import { parsePremise } from './premises.js';
import { parseHeadTerm } from './terms.js';
import { parseTime } from './times.js';
import type { AnnotatedTime } from './times.js';
import type { Token } from './token.js';

export interface ParsedFile {
  readonly items: readonly (Clause | Include)[];
  /** The `// ldfi:` comments. */
  readonly directives: readonly SourceSpan[];
  /** Where the first fact or rule starts, even one that could not be read; the length of the text if none does. */
  readonly firstClause: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Include {
  readonly kind: 'include';
  readonly path: string;
  /** Of the quoted path. */
  readonly span: SourceSpan;
}

/** Errors after which a file is taken to be no program: each costs memory, and nobody reads so many. */
const MOST_ERRORS = 10_000;

/**
 * Reads everything that can be read: a clause with an error is left out, or, where its meaning is plain,
 * repaired (a fact without a time gets time 1; a head at an absolute time becomes `@next`), so that the
 * checks go on without errors that only follow from the first. What stands after too many errors is not read.
 */
export function parseFile(source: Source): ParsedFile {
  const { tokens, directives, diagnostics } = tokenize(source);
  const cursor = new Cursor(source, tokens);
  const items: (Clause | Include)[] = [];
  let firstClause = source.text.length;
  while (!cursor.atEnd && cursor.diagnostics.length < MOST_ERRORS) {
    const start = cursor.place;
    if (!startsInclude(cursor)) firstClause = Math.min(firstClause, cursor.token.span.start);
    try {
      const item = startsInclude(cursor) ? parseInclude(cursor) : parseClause(cursor);
      if (item !== undefined) items.push(item);
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      cursor.recover(start);
    }
  }
  return { items, directives, firstClause, diagnostics: diagnostics.concat(cursor.diagnostics) };
}

function startsInclude({ token, following }: Cursor): boolean {
  return token.kind === 'identifier' && token.text === 'include' && following.kind === 'text';
}

function parseInclude(cursor: Cursor): Include {
  cursor.advance();
  const path = cursor.advance() as Token & { kind: 'text' };
  endClause(cursor, '`;`');
  return { kind: 'include', path: path.value, span: path.span };
}

/** Undefined where the clause was read, but means nothing that later checks could use. */
function parseClause(cursor: Cursor): Clause | undefined {
  const first = cursor.token.span;
  const head = parseHead(cursor);
  const time = parseTime(cursor);
  if (isArrow(cursor)) return parseRule(cursor, first, head, time);
  endClause(cursor, time === undefined ? '`:-`, `@` or `;`' : '`:-` or `;`');
  return makeFact(cursor, first, head, time);
}

function parseHead(cursor: Cursor): Head {
  const { token } = cursor;
  if (token.kind !== 'identifier' || token.text === '_') {
    cursor.unexpected('a relation, as in `p(X)`', cursor.isMark(';') ? 'clauses end in one `;`' : undefined);
  }
  cursor.advance();
  if (!cursor.accept('('))
    cursor.unexpected('`(` after the name of the relation', headHint(token.text, cursor));
  const terms: (Term | Aggregate)[] = [];
  do terms.push(parseHeadTerm(cursor));
  while (cursor.accept(','));
  if (!cursor.accept(')')) cursor.unexpected('`,` or `)`');
  return { relation: token.text, terms, span: cursor.spanSince(token.span) };
}

function headHint(name: string, cursor: Cursor): string | undefined {
  if (name === 'include') return 'the file stands in double quotes: `include "file.ded";`';
  if (cursor.isMark('@')) return 'a time stands after the columns: `p(X)@next`';
  return undefined;
}

/** Takes `:-`, and says so where another language's arrow stands there. */
function isArrow(cursor: Cursor): boolean {
  if (cursor.accept(':-')) return true;
  const { following } = cursor;
  const leftArrow = cursor.isMark('<') && following.kind === 'mark' && following.text === '-';
  if (leftArrow || cursor.isMark('<=') || cursor.isMark(':=') || cursor.isMark('=') || cursor.isMark(':'))
    cursor.unexpected('`:-`', 'rules are written `head :- body;`');
  return false;
}

function parseRule(cursor: Cursor, first: SourceSpan, head: Head, time: AnnotatedTime | undefined): Rule {
  const body = [parsePremise(cursor)];
  while (cursor.accept(',')) body.push(parsePremise(cursor));
  endClause(cursor, '`,` or `;`');
  if (time?.kind === 'absolute') {
    cursor.report('DED111', 'the head of a rule cannot be at an absolute time', {
      span: time.span,
      expected: '`@next`, `@async` or nothing',
      hint: `to fire at one time only, put it on a premise: \`p(X)@${time.time}\``,
    });
  }
  const timing = time === undefined ? 'deductive' : time.kind === 'absolute' ? 'next' : time.kind;
  return { kind: 'rule', head, timing, body, span: cursor.spanSince(first) };
}

function makeFact(
  cursor: Cursor,
  first: SourceSpan,
  head: Head,
  time: AnnotatedTime | undefined,
): Fact | undefined {
  const span = cursor.spanSince(first);
  if (time === undefined) {
    cursor.report('DED110', `the fact ${head.relation}(...) has no time`, {
      span: head.span,
      expected: 'a time after it, such as `@1`',
      hint: `add \`@1\`; to keep it, add a rule that derives ${head.relation} \`@next\` from itself`,
    });
  } else if (time.kind !== 'absolute') {
    cursor.report('DED112', `a fact cannot be \`@${time.kind}\``, {
      span: time.span,
      expected: 'an absolute time such as `@1`, or a body after `:-`',
    });
  }
  const terms: Constant[] = [];
  for (const term of head.terms) {
    const constant = constantOf(cursor, term);
    if (constant !== undefined) terms.push(constant);
  }
  if (terms.length < head.terms.length) return undefined;
  return {
    kind: 'fact',
    relation: head.relation,
    terms,
    time: time?.kind === 'absolute' ? time.time : 1,
    span,
  };
}

function constantOf(cursor: Cursor, term: Term | Aggregate): Constant | undefined {
  if (term.kind === 'aggregate') {
    cursor.report('DED114', 'a fact has nothing to aggregate', {
      span: term.span,
      expected: 'a constant',
    });
    return undefined;
  }
  const folded = fold(term);
  switch (folded.kind) {
    case 'constant':
      return { kind: 'constant', value: folded.value, span: term.span };
    case 'problem':
      cursor.report(folded.code, folded.message, { span: folded.span });
      return undefined;
    case 'open':
      reportOpen(cursor, folded.span);
      return undefined;
  }
}

function reportOpen(cursor: Cursor, span: SourceSpan): void {
  const name = span.source.text.slice(span.start, span.end);
  const wildcard = name === '_';
  cursor.report('DED113', wildcard ? 'a fact cannot hold `_`' : `${name} is a variable, in a fact`, {
    span,
    expected: 'a string or an integer',
    hint: wildcard ? undefined : `a string stands in quotes: "${name}"`,
  });
}

/** Takes the `;`; one that is missing before a plain start of a clause is reported, and supplied. */
function endClause(cursor: Cursor, expected: string): void {
  if (cursor.accept(';')) return;
  if (cursor.atClauseStart || cursor.atEnd) {
    cursor.report('DED108', 'this clause has no `;` at its end', { span: cursor.gap, expected });
    return;
  }
  cursor.unexpected(expected, endHint(cursor));
}

function endHint({ token, following }: Cursor): string | undefined {
  if (token.kind === 'identifier' && ['and', 'or'].includes(token.text.toLowerCase()))
    return 'premises are separated by `,`; write alternatives as rules of their own';
  if (token.kind === 'identifier' && following.kind === 'mark' && following.text === '(')
    return 'is a `,` missing before it, or a `;`?';
  if (token.kind === 'mark' && token.text === ':-') return 'is a `;` missing before the head of this rule?';
  return undefined;
}
