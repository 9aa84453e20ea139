/** What the page of traces has to be, whatever is on it. How it looks and behaves is tried in a browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { span, spanId } from '../../../lineage/traces/spans.js';
import { pageOf, PLAIN, shop } from './pages.js';

/** What is read on the page, without its markup. */
const textOf = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',');

describe('the page of traces', () => {
  it('says what the report says', async () => {
    const text = textOf(await pageOf(shop()));
    expect(text).toContain('3 requests, 2 with a good outcome');
    expect(text).toContain(
      `shop -> stock GET 2 failed with the request 1 time, as in ${'3'.padStart(32, 'a')}`,
    );
    expect(text).toContain(`shop -> ads GET 1 survived 1 time, as in ${'2'.padStart(32, 'a')}`);
    expect(text).toContain('100 of 100: 3 of 3 traces without a flaw');
  });

  it('says where a request that failed went another way than one that did not', async () => {
    const text = textOf(await pageOf(shop()));
    expect(text).toContain(
      `no good outcome . Unlike in ${'1'.padStart(32, 'a')}, shop -&gt; stock GET failed; so shop GET /cart failed.`.replace(
        '&gt;',
        '>',
      ),
    );
  });

  it('concludes nothing where the result does not', async () => {
    const flawed = shop().map((span) => ({ ...span, parentId: span.parentId && 'feedfeedfeedfeed' }));
    const text = textOf(await pageOf(flawed, { strict: true }));
    expect(text).toContain('Concluded nothing');
    expect(text).toContain('whose parent is missing');
    expect(text).not.toContain('with a good outcome');
  });

  it('runs no script, asks for nothing, and leads nowhere but to itself, whatever the names', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '</style><script>',
        '__proto__',
        "javascript:alert('x')",
        '\u202Eevil',
        '&lt;b>',
      ),
    );
    await fc.assert(
      fc.asyncProperty(name, name, async (stock, operation) => {
        const page = await pageOf(shop({ ...PLAIN, stock, operation }));
        const tags = page.match(/<[a-z][^>]*>/g)!;
        expect(
          tags.filter((tag) => /^<(?:script|img|link|iframe|object|base)\b|\son[a-z]+=|\ssrc=/.test(tag)),
        ).toEqual([]);
        const ids = new Set([...page.matchAll(/\sid="?([\w-]+)/g)].map(([, id]) => id));
        for (const [, target] of page.matchAll(/\shref="?([^\s">]*)/g))
          expect(ids.has(target.slice(1))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('says where a trace is too large to be explained', async () => {
    const chain = Array.from({ length: 20_002 }, (_, index) =>
      span({
        spanId: spanId(index + 1),
        parentId: index === 0 ? undefined : spanId(index),
        kind: 'server',
        service: index % 2 === 0 ? 'a' : 'b',
      }),
    );
    const text = textOf(await pageOf(chain));
    expect(text).toContain('It is too large to say of all of it what its outcome rested on.');
    expect(text).toContain('19,752 more spans not shown');
  });

  it('leaves out what nobody would read, and says so', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      shop({ ...PLAIN, operation: `GET /${'x'.repeat(index + 1)}` }),
    ).flatMap((spans, index) =>
      spans.map((span) => ({
        ...span,
        traceId: `${span.traceId.slice(0, 28)}${String(index).padStart(4, '0')}`,
      })),
    );
    const text = textOf(await pageOf(many));
    expect(text).toContain('20 more operations with fewer requests');
  });
});
