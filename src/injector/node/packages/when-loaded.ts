/**
 * Puts injection into packages that a service has, once it loads them, and knows of none that it does not. All of them
 * are in CommonJS, and Node loads such a file in one way, whether it is imported or required: by `load` of its module.
 * Hooks of `import` itself (`module.register`) would cost a thread, and serve packages in ECMAScript alone.
 */
import Module from 'node:module';
import type { Injector } from '../injector.js';
import { replaceMethod } from './replace-method.js';

export interface WrappedPackage {
  /** The file whose exports are wrapped, from the folder that packages are in: `pg/lib/index.js`. */
  readonly file: string;
  /** Mends prototypes, so that whoever took an export already has it as well. @throws Error where it is not as it is known */
  readonly wraps: readonly ((exports: never, injector: Injector) => void)[];
}

/** What Node does not document, and what other tools have relied on for as long as it exists. */
interface LoadingModule {
  load(this: Module, file: string): void;
}

/** @param complain told of a package that is not as it is known to be; it stays as it is */
export function wrapWhenLoaded(
  packages: readonly WrappedPackage[],
  injector: Injector,
  complain: (file: string, reason: string) => void,
): void {
  replaceMethod(
    Module.prototype as unknown as LoadingModule,
    'load',
    (load) =>
      function (file) {
        Reflect.apply(load, this, [file]);
        const known = packageOf(file, packages);
        if (known === undefined) return;
        try {
          for (const wrap of known.wraps) wrap(this.exports as never, injector);
        } catch (error) {
          complain(known.file, error instanceof Error ? error.message : String(error));
        }
      },
  );
}

function packageOf(file: string, packages: readonly WrappedPackage[]): WrappedPackage | undefined {
  const path = file.replaceAll('\\', '/');
  return packages.find((each) => path.endsWith(`/node_modules/${each.file}`));
}
