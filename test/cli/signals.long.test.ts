/** What the built program sends of itself, to a collector of its own, and to none. `npm test` builds it first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Span } from '../../src/lineage/traces/span.js';
import { TraceSet } from '../../src/lineage/traces/trace-set.js';
import { readTraces } from '../../src/runner/traces/read.js';
import { TraceReceiver } from '../../src/runner/traces/receive.js';
import { findSources } from '../../src/runner/traces/sources.js';
import { SERVICES } from '../runner/live/shop.js';
import type { Told } from './harness.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ldfi-signals-'));
const kafka = fileURLToPath(new URL('../../scenarios/dedalus/kafka.ded', import.meta.url));

const SHOP = `import { defineSystem } from 'ldfi';
const service = (name) => ({ command: [process.execPath, name + '.mjs'], folder: import.meta.dirname });
export default defineSystem({
  name: 'shop',
  services: { shop: service('shop'), cart: service('cart'), stock: service('stock') },
  request: { path: '/checkout' },
  kinds: ['refused'],
  patience: 60_000,
  state: 'nothing to reset',
});
`;

beforeAll(() => {
  expect(existsSync(main), 'the program is not built: run `npm run build`').toBe(true);
  for (const [name, source] of Object.entries(SERVICES)) writeFileSync(join(folder, `${name}.mjs`), source);
  writeFileSync(join(folder, 'system.js'), SHOP);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function ldfi(words: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Told> {
  const child = spawn(process.execPath, [main, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code: code ?? -1, out, err };
}

/** Runs it with a collector of traces, and reads what that got, as a program and as a user. */
async function sent(words: readonly string[]) {
  const receiver = new TraceReceiver({ host: '127.0.0.1', port: 0 });
  try {
    const port = await receiver.listen();
    const endpoint = `http://127.0.0.1:${port}/v1/traces`;
    const told = await ldfi(words, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint });
    await receiver.close();
    const traces = new TraceSet(() => true);
    for (const source of findSources([receiver.folder], '.').sources) await readTraces(source.open(), traces);
    const spans = [...traces.traces()].flatMap(({ nodes }) => nodes.map(({ span }) => span!));
    return { told, spans, read: await ldfi(['trace', receiver.folder]) };
  } finally {
    receiver.dispose();
  }
}

function treeOf(spans: readonly Span[]): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const way = (span: Span): string => {
    const parent = span.parentId === undefined ? undefined : byId.get(span.parentId);
    return parent === undefined ? span.name : `${way(parent)} / ${span.name}`;
  };
  return spans.map(way);
}

const withoutTimes = (out: string): string => out.replace(/\d+(\.\d+)? m?s\b/g, '');

describe('spans of ldfi itself', () => {
  it('are those of a command, of each check and of what it was busy with', async () => {
    const usual = await ldfi(['check', kafka, '--quiet']);
    const { told, spans, read } = await sent(['check', kafka, '--quiet']);
    expect({ ...told, out: withoutTimes(told.out) }).toEqual({ ...usual, out: withoutTimes(usual.out) });
    const tree = treeOf(spans);
    expect(tree.filter((way) => way === `ldfi check / ${kafka}`)).toHaveLength(3);
    expect(tree).toContain('ldfi check');
    expect(tree).toContain(`ldfi check / ${kafka} / prepare`);
    expect(tree).toContain(`ldfi check / ${kafka} / search`);
    expect(tree).toContain(`ldfi check / ${kafka} / replay`);
    const verdicts = spans.flatMap(({ attributes }) => attributes.get('ldfi.verdict') ?? []);
    expect(verdicts).toEqual(['certified', 'violated', 'violated']);
    expect(read.out).toMatch(
      new RegExp(`^TRACES  1 trace, ${spans.length} spans, OTLP/JSON\nHealth  100 of 100`),
    );
  });

  it('are one of each request to a running system, linked to its trace', async () => {
    const { told, spans } = await sent(['check', 'system.js', '--json']);
    const { systems } = JSON.parse(told.out) as { readonly systems: readonly { readonly runs: number }[] };
    const requests = spans.filter(({ name }) => name === 'request');
    // Those that were not survived were sent once more.
    expect(requests.length).toBeGreaterThanOrEqual(systems[0].runs);
    expect(treeOf(requests.slice(0, 1).concat(spans))[0]).toBe('ldfi check / shop / search / request');
    const linked = requests.flatMap(({ links }) => links.map(({ traceId }) => traceId));
    expect(new Set(linked).size).toBe(requests.length);
    expect(linked).not.toContain(spans[0].traceId);
  });

  it('are those of each place that traces are read from, and of what is concluded', async () => {
    const span = { traceId: 'a1', id: '01', kind: 'SERVER', name: 'get /' };
    writeFileSync(
      join(folder, 'one.json'),
      JSON.stringify([{ ...span, localEndpoint: { serviceName: 'shop' } }]),
    );
    const { spans } = await sent(['trace', 'one.json']);
    expect(treeOf(spans)).toEqual(['ldfi trace / read', 'ldfi trace / conclude', 'ldfi trace']);
    expect(spans[0].attributes.get('ldfi.source')).toBe('one.json');
    expect(spans[2].attributes.get('ldfi.traces')).toBe(1);
  });

  it('are lost in silence but for one warning where nobody takes them, and change no verdict', async () => {
    const usual = await ldfi(['check', kafka, '--json']);
    const closed = new TraceReceiver({ host: '127.0.0.1', port: 0 });
    const port = await closed.listen();
    await closed.close();
    closed.dispose();
    const told = await ldfi(['check', kafka, '--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    const elapsed = /"(elapsed\w*|processor)":[\d.]+/g;
    expect(told.out.replace(elapsed, '')).toBe(usual.out.replace(elapsed, ''));
    expect(told.code).toBe(usual.code);
    expect(told.err.match(/RUN133/g)).toHaveLength(1);
  });
});
