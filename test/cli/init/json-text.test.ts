import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMember } from '../../../src/cli/init/json-text.js';

const keys = fc.constantFrom('name', 'files', 'a "quoted" \\ key', '{', 'é', 'version');

/** The text of a manifest, as someone may have set it. */
const manifests = fc
  .record({
    before: fc.dictionary(keys, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    scripts: fc.option(fc.dictionary(keys, fc.string(), { maxKeys: 3 }), { nil: undefined }),
    after: fc.dictionary(fc.constantFrom('x', 'y'), fc.jsonValue({ maxDepth: 2 })),
    indent: fc.constantFrom<string | number | undefined>(undefined, 1, 2, 4, '\t'),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    end: fc.constantFrom('', '\n', '\n\n'),
  })
  .map(({ before, scripts, after, indent, lineBreak, end }) => {
    const value = { ...before, ...(scripts !== undefined && { scripts }), ...after };
    return (JSON.stringify(value, undefined, indent) + end).replaceAll('\n', lineBreak);
  });

describe('a member added to a JSON text', () => {
  it('is there beside all that was there', () => {
    fc.assert(
      fc.property(manifests, fc.string(), (text, value) => {
        const before = JSON.parse(text) as { readonly scripts?: object };
        const after: unknown = JSON.parse(addMember(text, 'scripts', 'ldfi', value));
        expect(after).toEqual({ ...before, scripts: { ...before.scripts, ldfi: value } });
      }),
    );
  });

  it('leaves every other character where it is', () => {
    fc.assert(
      fc.property(manifests, (text) => {
        const after = addMember(text, 'scripts', 'ldfi', 'v');
        // What is new stands in one place; an empty object may lose the blanks within it.
        let start = 0;
        while (start < text.length && text[start] === after[start]) start++;
        const rest = text.slice(start).replace(/^\s*/, '');
        expect(after.endsWith(rest)).toBe(true);
      }),
    );
  });

  it.each([
    ['{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "scripts": {\n    "ldfi": "v"\n  }\n}\n'],
    ['{\n\t"scripts": {\n\t\t"a": "b"\n\t}\n}', '{\n\t"scripts": {\n\t\t"a": "b",\n\t\t"ldfi": "v"\n\t}\n}'],
    [
      '{\n    "scripts": {},\n    "x": [1, 2]\n}',
      '{\n    "scripts": {\n        "ldfi": "v"\n    },\n    "x": [1, 2]\n}',
    ],
    ['{"name":"x"}', '{"name":"x","scripts": {"ldfi": "v"}}'],
    ['{ "name": "x" }', '{ "name": "x", "scripts": { "ldfi": "v" } }'],
    ['{}', '{\n  "scripts": {\n    "ldfi": "v"\n  }\n}'],
    [
      '{\r\n  "name": "x"\r\n}\r\n',
      '{\r\n  "name": "x",\r\n  "scripts": {\r\n    "ldfi": "v"\r\n  }\r\n}\r\n',
    ],
  ])('is set as %j is', (text, expected) => {
    expect(addMember(text, 'scripts', 'ldfi', 'v')).toBe(expected);
  });
});
