/** The `@` annotations: `@next` and `@async` on heads, absolute logical timesteps on facts and premises. */
import type { SourceSpan } from '../../diagnostics/source.js';
import { suggest } from '../../text/suggest.js';
import type { Cursor } from './cursor.js';

export type AnnotatedTime =
  | { readonly kind: 'next' | 'async'; readonly span: SourceSpan }
  | { readonly kind: 'absolute'; readonly time: number; readonly span: SourceSpan };

/** What stands after a head or an atom, if anything does. */
export function parseTime(cursor: Cursor): AnnotatedTime | undefined {
  const sign = cursor.token.span;
  if (!cursor.accept('@')) return undefined;
  const { token } = cursor;
  if (token.kind === 'identifier' && (token.text === 'next' || token.text === 'async')) {
    cursor.advance();
    return { kind: token.text, span: cursor.spanSince(sign) };
  }
  if (token.kind === 'identifier') {
    cursor.fail('DED112', `there is no time \`@${token.text}\``, {
      span: { ...sign, end: token.span.end },
      expected: '`@next`, `@async` or an integer from 1',
      hint: suggest(token.text, ['next', 'async']),
    });
  }
  return parseAbsolute(cursor, sign);
}

/** A time before 1 is reported, and read as 1. */
function parseAbsolute(cursor: Cursor, sign: SourceSpan): AnnotatedTime {
  const negative = cursor.accept('-');
  const { token } = cursor;
  if (token.kind !== 'integer') cursor.unexpected('`next`, `async` or an integer from 1 after `@`');
  cursor.advance();
  const span = cursor.spanSince(sign);
  if (!negative && token.value >= 1) return { kind: 'absolute', time: token.value, span };
  cursor.report('DED112', `there is no time ${negative ? '-' : ''}${token.value}`, {
    span,
    expected: 'an integer from 1',
    hint: 'the first logical timestep is 1',
  });
  return { kind: 'absolute', time: 1, span };
}
