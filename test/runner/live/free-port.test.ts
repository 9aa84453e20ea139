import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../../../src/runner/live/free-port.js';

/** The least port that a system gives to connections by itself. */
const HANDED_OUT = 32_768;

it('gives ports that a system hands out to nobody else, and at which one can listen', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(Math.max(...ports)).toBeLessThan(HANDED_OUT);
  for (const port of new Set(ports)) {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  }
});
