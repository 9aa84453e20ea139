import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { otlpJson, span, spanId, TRACE_ID } from '../lineage/traces/spans.js';
import { told } from './folders.js';
import { ldfi } from './harness.js';

const root = span({ spanId: spanId(1) });
const orphan = span({ spanId: spanId(3), parentId: spanId(9) });

describe('ldfi trace', () => {
  it('reads files and folders, and says how far they can be relied on', async () => {
    const other = span({ ...root, traceId: TRACE_ID.replace('5', '6') });
    const files = {
      'a.json': otlpJson([root, orphan]),
      'more/b.jsonl': otlpJson([other]),
      'more/notes.txt': 'no traces',
    };
    const { code, out, err } = await told('trace a.json more', files);
    expect(err).toBe('');
    expect(out).toContain('2 traces, 3 spans, OTLP/JSON');
    expect(out).toContain('Health  50 of 100: 1 of 2 traces without a flaw');
    expect(out).toContain('  1 span whose parent is missing (1 trace)');
    expect(code).toBe(0);
  });

  it('refuses flawed traces with --strict, and no others', async () => {
    const strict = await told('trace a.json --strict', { 'a.json': otlpJson([root, orphan]) });
    expect(strict.code).toBe(2);
    expect(strict.err).toContain('error RUN502: there are flaws in 1 of 1 trace');
    expect((await told('trace a.json --strict', { 'a.json': otlpJson([root]) })).code).toBe(0);
  });

  it('says what it cannot read, and reads the rest', async () => {
    const { code, out, err } = await told('trace a.json b.json none.json', {
      'a.json': otlpJson([root]),
      'b.json': 'not JSON \u001b[31m',
    });
    expect(code).toBe(2);
    expect(out).toContain('1 trace, 1 span');
    expect(err).toBe(
      'error RUN501: none.json: there is no such file\nerror RUN501: b.json: it is neither JSON nor protobuf\n',
    );
  });

  it('says where there are no spans, and where nothing is named', async () => {
    expect((await told('trace a.json', { 'a.json': '[]' })).err).toContain('RUN503');
    expect((await told('trace', {})).err).toContain('no traces are named');
  });

  it('draws the calls of a trace', async () => {
    const call = span({
      spanId: spanId(2),
      parentId: spanId(1),
      kind: 'client',
      name: 'GET /ads',
      status: 'error',
      attributes: new Map([['peer.service', 'ads']]),
    });
    const files = { 'a.json': otlpJson([{ ...root, kind: 'server', name: 'GET /cart' }, call]) };
    const { code, out } = await told(`trace a.json --picture ${TRACE_ID.slice(0, 8)}`, files);
    expect(code).toBe(0);
    expect(out.slice(out.indexOf('\nshop GET /cart in trace'))).toBe(`
shop GET /cart in trace ${TRACE_ID}: the outcome is good

   time  shop   ads
      1  ●╌╌╌╌╌╌✗   GET /ads
      2  │      │   end: the outcome is read
  ✗ one that failed
`);
    const none = await told('trace a.json --picture none', files);
    expect([none.code, none.err]).toEqual([
      2,
      'error RUN510: there is no trace whose id begins with "none"\n',
    ]);
    expect((await told('trace a.json --picture none --json', files)).code).toBe(2);
  });

  it('shows names of any kind as text', async () => {
    const hostile = span({ spanId: '\u001b[31m<script>', traceId: '__proto__' });
    const { out } = await told('trace a.json -v', { 'a.json': otlpJson([hostile]) });
    expect(out).toContain('trace __proto__ span \ufffd[31m<script>');
  });

  it('says what was survived, what was not, and what to let fail next', async () => {
    const call = (number: number, name: string, status: 'unset' | 'error' = 'unset') =>
      span({
        spanId: spanId(number),
        parentId: spanId(1),
        kind: 'client',
        name: 'get',
        status,
        attributes: new Map([['peer.service', name]]),
      });
    const survived = otlpJson([root, call(2, 'price'), call(3, 'ads', 'error')]);
    const { code, out } = await told('trace a.json', { 'a.json': survived });
    expect(code).toBe(0);
    expect(out).toContain('Calls whose failure was never survived\n    shop -> price get\n');
    expect(out).toContain('Calls whose failure was survived\n    shop -> ads get\n');
    expect(out).toContain('    1: shop -> price get\n');
    const failed = otlpJson([span({ ...root, status: 'error' }), call(2, 'price', 'error')]);
    const bad = await told('trace a.json', { 'a.json': failed });
    expect(bad.out).toContain('failed with the request 1 time');
    expect(bad.code).toBe(1);
  });

  it('prints a document of the schema that it prints', async () => {
    const schema = await ldfi(['schema', 'trace']);
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(schema.out) as object);
    const files = { 'a.json': otlpJson([root, orphan]), 'b.json': 'none' };
    for (const line of ['a.json', 'a.json b.json', 'b.json', 'a.json --strict', '--max-faults 0 a.json']) {
      const { out } = await told(`trace --json ${line}`, files);
      const document: unknown = JSON.parse(out);
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it('says where a predicate is none', async () => {
    const { code, err } = await ldfi(['trace', 'a.json', '--where', 'latency > fast']);
    expect(code).toBe(2);
    expect(err).toContain('RUN505: --where is no predicate: expected a time with its unit');
  });
});
