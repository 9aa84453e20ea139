/**
 * Runs modules of TypeScript and JavaScript. jiti takes the types out and gives every import of `ldfi` this very
 * program, wherever it was installed: a program that was started by `npx` is in no folder that the scenario's
 * imports are looked for in, and a second copy of it would be another program.
 */
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type * as Package from 'jiti';
import type { ModuleLoading } from './host.js';
import { newTransform } from './transform.js';

export interface Library {
  /** What `import ... from 'ldfi'` gives; loaded with the first module, since checks of `.ded` files do without most of it. */
  readonly exports: () => object | Promise<object>;
  /** Files of the entries below it, such as `ldfi/vitest`, by name. */
  readonly entries: () => Readonly<Record<string, string>>;
}

export type ModuleLoader = (path: string) => Promise<ModuleLoading>;

export function moduleLoader(library: Library): ModuleLoader {
  // By folder, since each may have a tsconfig.json of its own. What they load is one module to all.
  const jitis = new Map<string, Promise<Package.Jiti>>();
  return async (path) => {
    const file = resolve(path);
    const folder = dirname(file);
    const making = jitis.get(folder) ?? newJiti(library, folder);
    jitis.set(folder, making);
    const jiti = await making;
    const waiting = new EndlessWait();
    const loading = jiti.import<Readonly<Record<string, unknown>>>(file).then(
      (exports): ModuleLoading => ({ kind: 'loaded', exports }),
      (error: unknown): ModuleLoading => ({ kind: 'failed', error }),
    );
    try {
      return await Promise.race([loading, waiting.noticed]);
    } finally {
      waiting.stop();
    }
  };
}

/**
 * Only where it is needed, since a check of a `.ded` file can do without the time that it takes to load. By
 * `require`, since to `import` a package in CommonJS is to read through it for its exports first.
 */
async function newJiti(library: Library, folder: string): Promise<Package.Jiti> {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof Package;
  const plain = createJiti(import.meta.url, { fsCache: false, interopDefault: false });
  const options: Package.JitiOptions = {
    transform: await newTransform((module) => ({ code: plain.transform(module) })),
    virtualModules: { ldfi: await library.exports() },
    alias: library.entries(),
    interopDefault: false,
    // A user's folder is not to fill up with what jiti made of his files.
    fsCache: false,
  };
  try {
    // Imports by the `paths` of the tsconfig.json that is nearest.
    return createJiti(import.meta.url, { ...options, tsconfigPaths: folder });
  } catch {
    // It cannot be read, or extends what is not installed. Most modules do without it, and of those that do not it is
    // told that what they import is missing.
    return createJiti(import.meta.url, options);
  }
}

/** Notices that nothing is left that could end a wait: a module's `await` that nothing will ever fulfil. */
class EndlessWait {
  private readonly listener: () => void;
  readonly noticed: Promise<ModuleLoading>;

  constructor() {
    let notice: () => void = () => undefined;
    this.noticed = new Promise((fulfil) => {
      notice = () => {
        fulfil({ kind: 'endless' });
      };
    });
    this.listener = notice;
    process.once('beforeExit', this.listener);
  }

  stop(): void {
    process.off('beforeExit', this.listener);
  }
}
