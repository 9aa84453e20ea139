/** Services that do what none should. Each is within the process of the test, and only asked. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listenAt } from '../../../src/injector/node/listen.js';
import { checkSystem } from '../../../src/runner/live/check-system.js';
import { SpanCollector } from '../../../src/runner/live/collector.js';
import {
  defineSystem,
  type SystemAnswer,
  type SystemDefinition,
} from '../../../src/runner/scenario/define-system.js';
import { loadMinisat } from '../../../src/solver/minisat.js';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
});

async function reasonOf(answer: RequestListener, more: Partial<SystemDefinition> = {}): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  const port = await listenAt(server, { port: 0, host: '127.0.0.1' });
  const system = defineSystem({
    name: 'hostile',
    services: { hostile: { at: `http://127.0.0.1:${port}` } },
    request: { path: '/' },
    state: 'nothing to reset',
    ...more,
  });
  const { verdict } = await checkSystem(system, { factory: await loadMinisat(), injection: 'file:///none' });
  return verdict.kind === 'violated' ? verdict.counterexamples[0].reason : verdict.kind;
}

test('one that never answers is waited for no longer than the system says', async () => {
  const never: RequestListener = () => undefined;
  expect(await reasonOf(never, { patience: 50 })).toBe('there is no answer: none came within 50 ms');
});

test('one that answers without end is not heard to the end', async () => {
  let sent = 0;
  const chunk = Buffer.alloc(2 ** 16, 'a');
  const reason = await reasonOf((_, response) => {
    const send = (): void => {
      while (!response.destroyed && sent < 2 ** 30) {
        sent += chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', send);
          return;
        }
      }
    };
    send();
  });
  expect(reason).toBe('there is no answer: it is longer than 4194304 bytes');
  expect(sent).toBeLessThan(2 ** 28);
});

test('one that sends a byte now and then is not waited for', async () => {
  const dripping: RequestListener = (_, response) => {
    const timer = setInterval(() => response.write('.'), 10);
    response.on('close', () => {
      clearInterval(timer);
    });
  };
  expect(await reasonOf(dripping, { patience: 100 })).toBe('there is no answer: none came within 100 ms');
});

test('one that closes half-way has not answered', async () => {
  const reason = await reasonOf((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  expect(reason).toMatch(/^there is no answer: /);
});

test('what is asked afterwards, and never answers, does not hold', async () => {
  const nothing: RequestListener = () => undefined;
  const request = (): Promise<SystemAnswer> => Promise.resolve({ status: 200, body: '' });
  const never = (): Promise<boolean> => new Promise(() => undefined);
  expect(await reasonOf(nothing, { request, outcome: never, patience: 50 })).toBe(
    'it was not judged within 50 ms',
  );
  expect(await reasonOf(nothing, { request, invariants: { stock: never }, patience: 50 })).toBe(
    'stock: it was not judged within 50 ms',
  );
});

test('spans of other requests are dropped, and too many of one end the campaign', async () => {
  const collector = new SpanCollector();
  const port = await collector.listen();
  const own = 'a'.repeat(32);
  const tell = (traceId: string, spans: number): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        resourceSpans: [
          { scopeSpans: [{ spans: new Array(spans).fill({ traceId, spanId: 'b'.repeat(16), name: 'x' }) }] },
        ],
      }),
    });
  collector.expect(own);
  await tell('c'.repeat(32), 1);
  await tell(own, 1);
  expect(await collector.take(own, 0)).toHaveLength(1);
  collector.expect(own);
  await tell(own, 10_001);
  await expect(collector.take(own, 0)).rejects.toThrow('more than 10000 calls');
  await collector.close();
});
