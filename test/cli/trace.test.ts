import { describe, expect, it } from 'vitest';
import { otlpJson, span, spanId, TRACE_ID } from '../lineage/traces/spans.js';
import { told } from './folders.js';

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

  it('shows names of any kind as text', async () => {
    const hostile = span({ spanId: '\u001b[31m<script>', traceId: '__proto__' });
    const { out } = await told('trace a.json -v', { 'a.json': otlpJson([hostile]) });
    expect(out).toContain('trace __proto__ span \ufffd[31m<script>');
  });
});
