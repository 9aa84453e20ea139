/** What ldfi tells of itself, but for what is sent: the log, and where the environment wants signals to go. */
import { describe, expect, it } from 'vitest';
import { Counts } from '../../src/cli/signals/counts.js';
import { send } from '../../src/cli/signals/send.js';
import { readExportSettings } from '../../src/cli/signals/settings.js';
import { told } from './folders.js';
import { ldfi } from './harness.js';

const settingsOf = (variables: Readonly<Record<string, string>>) => readExportSettings(variables, '1.2.3');

const PROGRAM = `// ldfi: nodes a, b
// ldfi: bounds 3/2/0
told("b", "a")@1;
heard(B)@async :- told(B, _);
pre(X) :- told(X, _);
post(X) :- heard(X), told(X, _);
`;

/** A request that survived the failure of a call. */
const SHOP = JSON.stringify([
  { traceId: 'a1', id: '01', kind: 'SERVER', name: 'get /', localEndpoint: { serviceName: 'shop' } },
  {
    ...{ traceId: 'a1', id: '02', parentId: '01', kind: 'CLIENT', name: 'get /ads' },
    ...{
      localEndpoint: { serviceName: 'shop' },
      remoteEndpoint: { serviceName: 'ads' },
      tags: { error: '503' },
    },
  },
]);

interface Line {
  readonly event_name: string;
  readonly severity_text: string;
  readonly body?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function linesOf(err: string): readonly Line[] {
  return err
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

describe('where signals go', () => {
  it('is where the variables of OpenTelemetry say', () => {
    expect(settingsOf({})).toBeUndefined();
    expect(
      settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'TRUE' }),
    ).toBeUndefined();
    const both = settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/base/' });
    expect([...both!.destinations].map(([kind, { url }]) => `${kind} ${url.href}`)).toEqual([
      'traces http://c:4318/base/v1/traces',
      'metrics http://c:4318/base/v1/metrics',
    ]);
    const own = settingsOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t/as/it/is',
      OTEL_METRICS_EXPORTER: 'none',
    });
    expect([...own!.destinations].map(([, { url }]) => url.href)).toEqual(['https://t/as/it/is']);
    expect(() => settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' })).toThrow('http://');
  });

  it('goes with the headers, the name and the attributes that the user gives', () => {
    const { destinations, resource, timeout } = settingsOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x=1',
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x=2',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,team=core',
      OTEL_SERVICE_NAME: 'nightly',
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    })!;
    expect(destinations.get('traces')!.headers).toEqual({ authorization: 'Bearer abc', x: '1' });
    expect(destinations.get('metrics')!.headers).toEqual({ authorization: 'Bearer abc', x: '2' });
    expect(Object.fromEntries(resource)).toEqual({
      'service.name': 'nightly',
      'service.version': '1.2.3',
      team: 'core',
    });
    expect(timeout).toBe(100);
  });

  it('may be where nobody answers', async () => {
    const nobody = { url: new URL('http://127.0.0.1:9/v1/traces'), headers: {} };
    expect(await send(nobody, '{}', 5_000)).toMatch(/ECONNREFUSED|bad port/);
  });
});

describe('counts', () => {
  it('are told apart by their attributes, and add up', () => {
    const counts = new Counts();
    counts.add('ldfi.checks', 1, new Map([['ldfi.verdict', 'certified']]));
    counts.add('ldfi.checks', 1, new Map([['ldfi.verdict', 'violated']]));
    counts.add('ldfi.checks', 1, new Map([['ldfi.verdict', 'certified']]));
    counts.add('ldfi.firings', 7);
    const written = JSON.parse(counts.write(new Map([['service.name', 'ldfi']]), 1n, 2n)) as object;
    const point = (asInt: string, ...attributes: readonly object[]) => ({
      attributes,
      startTimeUnixNano: '1',
      timeUnixNano: '2',
      asInt,
    });
    const verdict = (stringValue: string) => ({ key: 'ldfi.verdict', value: { stringValue } });
    expect(written).toMatchObject({
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              metrics: [
                {
                  name: 'ldfi.checks',
                  sum: { dataPoints: [point('2', verdict('certified')), point('1', verdict('violated'))] },
                },
                { name: 'ldfi.firings', sum: { isMonotonic: true, dataPoints: [point('7')] } },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('a log', () => {
  it('has each line of standard error, and leaves standard output as it is', async () => {
    const files = { 'told.ded': PROGRAM, 'wrong.ded': 'p(' };
    const usual = await ldfi(['check', 'told.ded', 'wrong.ded', '--json'], { files });
    const logged = await ldfi(['check', 'told.ded', 'wrong.ded', '--json', '--log', 'json'], { files });
    const withoutTimes = (text: string) => text.replace(/"(elapsed|elapsedMs|processor)":[\d.]+/g, '');
    expect(withoutTimes(logged.out)).toBe(withoutTimes(usual.out));
    expect(logged.code).toBe(usual.code);
    const lines = linesOf(logged.err);
    const names = lines.map(({ event_name }) => event_name);
    expect(names[0]).toBe('ldfi.begin');
    expect(names.at(-1)).toBe('ldfi.end');
    expect(names).toContain('ldfi.diagnostic');
    expect(lines.find(({ event_name }) => event_name === 'ldfi.check.end')?.attributes).toMatchObject({
      'ldfi.scenario': 'told.ded',
      'ldfi.bounds': '3/2/0',
    });
    expect(lines.find(({ event_name }) => event_name === 'ldfi.diagnostic')).toMatchObject({
      severity_text: 'ERROR',
      attributes: { 'code.file.path': 'wrong.ded' },
    });
    expect(lines.at(-1)?.attributes).toEqual({ 'process.exit.code': usual.code });
  });

  it('of traces has what was read of each place, and what came of it', async () => {
    const files = { 'shop.json': SHOP, 'wrong.json': '{' };
    const usual = await told('trace shop.json wrong.json', files);
    const logged = await told('trace shop.json wrong.json --log json', files);
    expect([logged.out, logged.code]).toEqual([usual.out, usual.code]);
    const events = linesOf(logged.err).map(({ event_name, attributes }) => [event_name, attributes] as const);
    expect(events.map(([name]) => name)).toEqual([
      'ldfi.begin',
      'ldfi.trace.read',
      'ldfi.diagnostic',
      'ldfi.trace.read',
      'ldfi.trace.end',
      'ldfi.end',
    ]);
    expect(events.map(([, attributes]) => attributes)).toMatchObject([
      { 'ldfi.command': 'trace' },
      { 'ldfi.source': 'shop.json', 'ldfi.records': 2 },
      {},
      { 'ldfi.source': 'wrong.json', 'ldfi.records': 0 },
      {
        'ldfi.traces': 1,
        'ldfi.traces.sound': 0,
        'ldfi.spans': 2,
        'ldfi.requests': 1,
        'ldfi.requests.good': 1,
        'ldfi.calls.survived': 1,
        'ldfi.calls.never_survived': 0,
      },
      {},
    ]);
  });

  it('is of JSON, and of nothing else', async () => {
    expect(
      (await ldfi(['check', 'told.ded', '--log', 'text'], { files: { 'told.ded': PROGRAM } })).code,
    ).toBe(2);
  });
});
