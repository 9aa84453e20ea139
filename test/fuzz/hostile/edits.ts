/** Texts damaged by a few edits, as mutation-based fuzzers do; they shrink by dropping edits. */
import fc, { type Arbitrary } from 'fast-check';

interface Edit {
  readonly kind: 'replace' | 'insert' | 'delete' | 'copy' | 'repeat';
  /** Where, as a share of the text. */
  readonly at: number;
  readonly length: number;
  readonly token: number;
  readonly times: number;
}

/** In characters; what is repeated stays below it. */
const LONGEST = 100_000;

const share = fc.integer({ min: 0, max: 9_999 }).map((part) => part / 10_000);

const edit: Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'insert', 'insert', 'delete', 'copy', 'repeat'),
  at: share,
  length: fc.oneof({ arbitrary: fc.nat(4), weight: 4 }, { arbitrary: fc.nat(200), weight: 1 }),
  token: fc.nat(0xffff),
  // Most texts stay short, so that there can be many.
  times: fc.oneof({ arbitrary: fc.nat(5), weight: 60 }, { arbitrary: fc.nat(20_000), weight: 1 }),
});

/** @param tokens what is put in, beside any character */
export function damaged(bases: readonly string[], tokens: readonly string[]): Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...bases), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([base, edits]) => edits.reduce((text, each) => apply(each, text, tokens), base));
}

function apply({ kind, at, length, token, times }: Edit, text: string, tokens: readonly string[]): string {
  const start = Math.floor(at * (text.length + 1));
  const [before, after] = [text.slice(0, start), text.slice(start)];
  const put = tokenOf(token, tokens);
  switch (kind) {
    case 'replace':
      return before + put + after.slice(Math.max(1, length));
    case 'insert':
      return before + put + after;
    case 'delete':
      return before + after.slice(length);
    case 'copy':
      return before + after + after.slice(0, length);
    case 'repeat': {
      const part = put + after.slice(0, length % 10);
      return before + part.repeat(Math.min(times, Math.floor(LONGEST / part.length))) + after;
    }
  }
}

/** Every fourth is some character, lone surrogates and controls among them. */
function tokenOf(token: number, tokens: readonly string[]): string {
  return token % 4 === 0 ? String.fromCharCode(token >> 2) : tokens[(token >> 2) % tokens.length];
}
