/** Where a server is to be found. */
import type { Server } from 'node:net';

/**
 * Lets a server listen.
 *
 * @param place its port, where 0 is any that is free, and the address that it listens at
 * @returns the port that it listens at
 * @throws Error where it cannot
 */
export async function listenAt(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
