/** A real server of Zipkin's: what it is sent, `ldfi trace` reads out of it. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ldfi } from '../../cli/harness.js';

/** Continuous integration has it; elsewhere tests go without where there is no Java to run it, or no Maven to get it. */
const isRequired = process.env.LDFI_TEST_ZIPKIN === 'required';
const isPossible = ['java', 'mvn'].every((name) => spawnSync(name, ['-version']).status === 0);

const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe.skipIf(!isRequired && !isPossible)('Zipkin (with Java and Maven)', () => {
  it('serves what it was sent', async () => {
    const address = await startZipkin();
    const now = Date.now() * 1000;
    const endpoint = (serviceName: string) => ({ serviceName });
    const spans = Array.from({ length: 3 }, (_, index) => {
      const traceId = `000000000000000${index + 1}`;
      const common = { traceId, timestamp: now, duration: 1000 };
      return [
        { ...common, id: traceId, kind: 'SERVER', name: 'get /cart', localEndpoint: endpoint('shop') },
        {
          ...common,
          id: '00000000000000ff',
          parentId: traceId,
          kind: 'CLIENT',
          name: 'get',
          localEndpoint: endpoint('shop'),
        },
        {
          ...common,
          id: '00000000000000ff',
          parentId: traceId,
          kind: 'SERVER',
          shared: true,
          name: 'get /price',
          localEndpoint: endpoint('pricing'),
          ...(index === 2 && { tags: { error: 'timeout' } }),
        },
      ];
    });
    const sent = await fetch(`${address}/api/v2/spans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spans.flat()),
    });
    expect(sent.status).toBe(202);
    await until(async () => {
      const answer = await fetch(`${address}/api/v2/traces?serviceName=shop&endTs=${Date.now() + 10_000}`);
      return ((await answer.json()) as readonly unknown[]).length === 3;
    });
    const { code, out, err } = await ldfi(['trace', '--from', address, '--service', 'shop']);
    expect(err).toBe('');
    expect(out).toContain('3 traces, 9 spans, Zipkin v2 JSON');
    expect(out).toContain('Calls whose failure was survived\n    shop -> pricing get /price\n      1 time');
    expect(code).toBe(0);
  });
});

/** @returns its address, once it answers */
async function startZipkin(): Promise<string> {
  const script = fileURLToPath(new URL('../../../tools/zipkin.sh', import.meta.url));
  const jar = execFileSync(script, { encoding: 'utf8' }).trim();
  const port = await freePort();
  const settings = [`--server.port=${port}`, '--server.address=127.0.0.1'];
  running.push(spawn('java', ['-Xmx256m', '-jar', jar, ...settings], { stdio: 'ignore' }));
  const address = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${address}/health`)).ok);
  return address;
}

/** Waits for something of another process; where it never comes, the test ends by its time. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await wait(100);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
