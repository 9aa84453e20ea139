/** A port for a service that is about to start. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Between the ports that systems' own services have and those that a system hands out by itself (from 32,768 on, or
 * from 49,152): no connection that anybody opens meanwhile gets one of these before the service listens there.
 */
const FIRST = 20_000;
const END = 32_768;

/** How many ports are tried, each by listening there. */
const TRIES = 50;

/** @returns a port of this machine at which nobody listens. @throws the system's error where there seems to be none */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(FIRST, END);
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve();
      });
    });
  });
}
