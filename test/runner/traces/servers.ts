/** Servers of a test's own, on a free port of this machine alone. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../../at-end.js';

/** @returns its address */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers paths with JSON, and all others with 404; what was asked for is kept. */
export async function serveJson(
  answers: Readonly<Record<string, unknown>>,
): Promise<{ readonly address: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const address = await serve((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    asked.push(request.url ?? '');
    if (!Object.hasOwn(answers, path)) response.writeHead(404).end('no such page');
    else response.writeHead(200).end(JSON.stringify(answers[path]));
  });
  return { address, asked };
}
