/** The rules for HAProxy do what the proxy does: tried with the real one, where it is installed. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pointId, type CallFault } from '../../../src/injector/node/contract.js';
import { haproxyRules, haproxyScript } from '../../../src/injector/node/haproxy.js';
import { freePort } from '../../../src/runner/live/free-port.js';
import { CAMPAIGN, headersOf, isListening, pointOf } from './services.js';

const isThere = spawnSync('haproxy', ['-v']).status === 0;

describe.skipIf(!isThere)(isThere ? 'HAProxy' : 'HAProxy, which is not installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-haproxy-'));
  let heard: IncomingHttpHeaders[] = [];
  const callee = createServer((request, response) => {
    heard.push(request.headers);
    response.end(`at ${request.url!}`);
  });
  let haproxy: ChildProcess;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    callee.listen(0, '127.0.0.1');
    await once(callee, 'listening');
    const target = `127.0.0.1:${(callee.address() as AddressInfo).port}`;
    const edge = { caller: 'cart', callee: 'pricing', listen: `127.0.0.1:${port}`, target };
    writeFileSync(join(folder, 'haproxy.cfg'), haproxyRules(edge));
    writeFileSync(join(folder, 'ldfi.lua'), haproxyScript());
    haproxy = spawn('haproxy', ['-f', 'haproxy.cfg'], {
      cwd: folder,
      env: { ...process.env, LDFI_CAMPAIGN: CAMPAIGN },
      stdio: 'ignore',
    });
    while (!(await isListening(port))) {
      if (haproxy.exitCode !== null) throw new Error('HAProxy refuses the rules');
      await delay(20);
    }
  });
  beforeEach(() => {
    heard = [];
  });
  afterAll(async () => {
    haproxy.kill('SIGKILL');
    await once(haproxy, 'exit');
    callee.closeAllConnections();
    callee.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (path: string, headers: Readonly<Record<string, string>>, patience = 60_000) => {
    const signal = AbortSignal.timeout(patience);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, signal });
      return `${answer.status} ${answer.headers.get('grpc-status') ?? ''}${await answer.text()}`;
    } catch (error) {
      return (error as Error).name;
    }
  };

  it.each<readonly [CallFault, string, number]>([
    [{ kind: 'status', code: 503 }, '503 ldfi: status 503 in place of an answer\n', 0],
    [{ kind: 'grpc', status: 'UNAVAILABLE' }, '200 14', 0],
    [{ kind: 'latency', milliseconds: 20 }, '200 at /price/17', 1],
    [{ kind: 'refused' }, 'TypeError', 0],
    [{ kind: 'timeout' }, 'TimeoutError', 0],
  ])('%j', async (fault, seen, reaches) => {
    const point = pointOf('cart', 'pricing', 'GET /price/{}', 2);
    const headers = headersOf([[point, fault]], { run: `r${fault.kind}` });
    expect(await ask('/price/17', headers)).toBe('200 at /price/17');
    expect(await ask('/price/17', headers, fault.kind === 'timeout' ? 500 : undefined)).toBe(seen);
    expect(heard).toHaveLength(1 + reaches);
  });

  it.each([
    ['/users/17/carts', 'GET /users/{}/carts'],
    ['/users/6fa459ea-ee8a-3ca4-894e-db77e160355e?a=1', 'GET /users/{}'],
    ['/deadbeefcafe1/a', 'GET /{}/a'],
    ['/defaced/x-1', 'GET /defaced/x-1'],
    ['/', 'GET /'],
  ])('passes the point of %s on', async (path, operation) => {
    await ask(path, headersOf([], { run: `r${path.replace(/\W/g, '')}` }));
    expect(heard[0].baggage).toContain(`other=1`);
    expect(heard[0].baggage).toContain(`ldfi.point=${pointId(pointOf('cart', 'pricing', operation))}`);
  });

  it('leaves alone what is not of the campaign', async () => {
    const fault: CallFault = { kind: 'status', code: 503 };
    const point = pointOf('cart', 'pricing', 'GET /');
    expect(await ask('/', headersOf([[point, fault]], { campaign: 'abad1dea' }))).toBe('200 at /');
    expect(await ask('/', {})).toBe('200 at /');
    expect(heard.at(-1)).not.toHaveProperty('baggage');
  });
});
