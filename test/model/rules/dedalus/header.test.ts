import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printChecked } from '../../../../src/model/rules/dedalus/print-checked.js';
import type { Header, HeaderCheck } from '../../../../src/model/rules/dedalus/header.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import { withoutSpans } from './trees.js';

it('nodes and bounds are read from the comments before the first clause', () => {
  const { header, diagnostics } = readDedalusText(`
    // ldfi: nodes a, b1 ,C
    /* ldfi: nodes x */
    // Something about ldfi: nodes and bounds.
    //ldfi:bounds 6/4/1   expect violated
    // ldfi: bounds 7/0/0
    // ldfi: bounds 7/3/0 omissions 2 expect certified
    p("a")@1; // ldfi: bounds 8/0/0`);
  expect(withoutSpans(header)).toEqual({
    nodes: [{ name: 'a' }, { name: 'b1' }, { name: 'C' }],
    checks: [
      { bounds: { eot: 6, eff: 4, crashes: 1 }, expect: 'violated' },
      { bounds: { eot: 7, eff: 0, crashes: 0 } },
      { bounds: { eot: 7, eff: 3, crashes: 0, omissions: 2 }, expect: 'certified' },
    ],
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['DED503']);
});

it('each entry knows its place', () => {
  const { header } = readDedalusText('// ldfi: nodes a, bb\n// ldfi: bounds 6/4/1\np("a")@1;');
  const text = ({ span: { source, start, end } }: Pick<HeaderCheck, 'span'>): string =>
    source.text.slice(start, end);
  expect(header.nodes!.map(text)).toEqual(['a', 'bb']);
  expect(header.checks.map(text)).toEqual(['// ldfi: bounds 6/4/1']);
});

it('a header that fails to parse does not hide the rest of it', () => {
  const { header, checked } = readDedalusText(
    '// ldfi: nodes a\n// ldfi: bounds x\n// ldfi: bounds 3/1/0\np("a")@1;',
  );
  expect(checked).toBeUndefined();
  expect(header.nodes).toHaveLength(1);
  expect(header.checks).toHaveLength(1);
});

it('what is printed is read again', () => {
  const figure = fc.nat(999_999_999);
  const headers = fc.record({
    nodes: fc.option(fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.-]{1,4}$/), { minLength: 1 }), {
      nil: undefined,
    }),
    checks: fc.array(
      fc.record({
        bounds: fc.record(
          { eot: figure, eff: figure, crashes: figure, omissions: figure },
          { requiredKeys: ['eot', 'eff', 'crashes'] },
        ),
        verdict: fc.constantFrom(undefined, 'violated', 'certified', 'vacuous', 'inconclusive'),
      }),
    ),
  });
  const { checked } = readDedalusText('p("a")@1;');
  const [{ span }] = checked!.program.clauses;
  fc.assert(
    fc.property(headers, ({ nodes, checks }) => {
      const header = {
        ...(nodes !== undefined && { nodes: nodes.map((name) => ({ name, span })) }),
        checks: checks.map(({ bounds, verdict }) => ({
          bounds,
          ...(verdict !== undefined && { expect: verdict }),
          span,
        })),
      } as Header;
      const read = readDedalusText(printChecked(checked!, header));
      expect(read.diagnostics).toEqual([]);
      expect(withoutSpans(read.header)).toEqual(withoutSpans(header));
    }),
  );
});
