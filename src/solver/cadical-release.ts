/**
 * What is changed of the package `cadical-wasm` from within, and all that is. It frees each solver when it is garbage
 * collected, if not before, and there an instance in an undefined state would end or hang the program; and nothing that
 * the package offers keeps it from that. The version of the package is pinned: another may do this in another way, and
 * a test tells.
 */
import type { CadicalModule } from 'cadical-wasm';
import type { NativeInstance } from './checked.js';

/** The function of the module that frees a solver. */
const RELEASE = 'ccadical_release';

/** The module, except that it frees no solver once its instance has failed. */
export function keepingWhatFailed(module: CadicalModule, instance: NativeInstance): CadicalModule {
  const cwrap: CadicalModule['cwrap'] = (name, returned, given) => {
    const native = module.cwrap(name, returned, given);
    if (name !== RELEASE) return native;
    return (pointer) => {
      if (instance.isUsable) native(pointer);
    };
  };
  return Object.create(module, { cwrap: { value: cwrap } }) as CadicalModule;
}
