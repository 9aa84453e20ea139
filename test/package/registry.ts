/**
 * A registry on this machine, which has ldfi as it is packed and what that depends on as it is installed here. With
 * it npm installs as it does for users, without a network, and nothing is published.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pack, packPublished, type Packed } from './pack.js';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
}

export class Registry {
  private constructor(
    private readonly server: Server,
    /** Where npm finds it. */
    readonly url: string,
  ) {}

  /** @param root the folder of this package, built @param folder where to put what is packed */
  static async open(root: string, folder: string): Promise<Registry> {
    const packed = [await packPublished(root, folder), ...(await pack(dependencies(root), folder))];
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '/').slice(1);
      const found = packed.find(({ name, filename }) => path === name || path === filename);
      if (found === undefined) response.writeHead(404).end();
      else if (path === found.filename) response.end(readFileSync(join(folder, found.filename)));
      else response.end(JSON.stringify(document(found, root, `http://${request.headers.host ?? ''}`)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new Registry(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** The folders of all packages that a user gets with this one. */
function dependencies(root: string): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path !== '' && dev !== true && optional !== true)
    .map(([path]) => join(root, path));
}

/** What a registry says of a package: its one version. */
function document({ name, version, filename }: Packed, root: string, url: string): object {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly name: string };
  const folder = name === own.name ? root : join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
  const dist = { tarball: `${url}/${filename}` };
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, name, version, dist } },
  };
}
