import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionReader } from '../../../src/cli/options.js';
import { formatNodeName, formatNodeNames, readNodeName } from '../../../src/model/text/node-names.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';

/** Any string at all, half surrogate pairs included, and many with signs of the notations. */
const anyName = fc.oneof(
  fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.stringMatching(/^[a-b,;@>" \\/\n-]{0,5}$/),
);
const names = fc.uniqueArray(anyName, { minLength: 1, maxLength: 4 });

function listed(text: string): readonly string[] | undefined {
  const reader = new OptionReader();
  const read = reader.nodes('--nodes', text);
  expect(reader.diagnostics).toEqual([]);
  return read;
}

describe('a name of a node', () => {
  it.each([
    ['a', 'a'],
    ['node-1', 'node-1'],
    ['日本', '日本'],
    ['10.0.0.1:80', '10.0.0.1:80'],
    ['', '""'],
    [' a', '" a"'],
    ['a,b', '"a,b"'],
    ['a->b', '"a->b"'],
    ['a;b@1', '"a;b@1"'],
    ['say "a"', String.raw`"say \"a\""`],
    ['two\nlines', String.raw`"two\nlines"`],
    ['\ud83d', String.raw`"\u{d83d}"`],
    ['soft\u00adhyphen', String.raw`"soft\u{ad}hyphen"`],
  ])('%j is written %s', (name, written) => {
    expect(formatNodeName(name)).toBe(written);
    expect(readNodeName(written)).toBe(name);
  });

  it('is read as itself in a list, whatever it is', () => {
    fc.assert(
      fc.property(names, fc.constantFrom(',', ', '), (nodes, separator) => {
        expect(listed(formatNodeNames(nodes, separator))).toEqual(nodes);
      }),
    );
  });

  it('is read as itself in a header, whatever it is', () => {
    fc.assert(
      fc.property(names, (nodes) => {
        const { header, diagnostics } = readDedalusText(
          `// ldfi: nodes ${formatNodeNames(nodes, ', ')}\np("a")@1;`,
        );
        expect(diagnostics).toEqual([]);
        expect(header.nodes!.map(({ name }) => name)).toEqual(nodes);
      }),
    );
  });

  it('needs no quotes for blanks within it', () => {
    expect(listed('node one, b')).toEqual(['node one', 'b']);
  });

  it.each([
    ['a,"b', '"b'],
    ['"a"b,c', '"a"b'],
    ['a"b"', 'a"b"'],
    [String.raw`"a\"`, String.raw`"a\"`],
  ])('is not half in quotes: %s', (text, at) => {
    const reader = new OptionReader();
    reader.nodes('--nodes', text);
    expect(reader.diagnostics.map(({ code, span }) => [code, text.slice(span!.start, span!.end)])).toEqual([
      ['RUN102', at],
    ]);
  });
});
