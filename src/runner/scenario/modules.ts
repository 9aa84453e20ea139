/**
 * Runs modules of TypeScript and JavaScript. jiti takes the types out and gives every import of `ldfi` this very
 * program, wherever it was installed: a program that was started by `npx` is in no folder that the scenario's
 * imports are looked for in, and a second copy of it would be another program.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type * as Package from 'jiti';
import type { ModuleLoading } from './host.js';

export interface Library {
  /** What `import ... from 'ldfi'` gives. */
  readonly exports: object;
  /** Files of the entries below it, such as `ldfi/vitest`, by name. */
  readonly entries: Readonly<Record<string, string>>;
}

export type ModuleLoader = (path: string) => Promise<ModuleLoading>;

export function moduleLoader(library: Library): ModuleLoader {
  let jiti: Package.Jiti | undefined;
  return async (path) => {
    jiti ??= newJiti(library);
    const waiting = new EndlessWait();
    const loading = jiti.import<Readonly<Record<string, unknown>>>(resolve(path)).then(
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
function newJiti(library: Library): Package.Jiti {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof Package;
  return createJiti(import.meta.url, {
    virtualModules: { ldfi: library.exports },
    alias: library.entries,
    interopDefault: false,
    // A user's folder is not to fill up with what jiti made of his files.
    fsCache: false,
  });
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
