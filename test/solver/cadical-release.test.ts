/** What is changed of `cadical-wasm` from within fits the version that is there. */
import { Cadical, createModule, type CadicalModule } from 'cadical-wasm';
import { describe, expect, it } from 'vitest';
import { keepingWhatFailed } from '../../src/solver/cadical-release.js';
import { NativeInstance } from '../../src/solver/checked.js';

interface Watched {
  readonly instance: NativeInstance;
  readonly solver: Cadical;
  /** How many solvers the native code was told to free. */
  readonly released: () => number;
}

async function watched(): Promise<Watched> {
  const module = await createModule({ print: () => undefined, printErr: () => undefined });
  let released = 0;
  const cwrap: CadicalModule['cwrap'] = (name, returned, given) => {
    const native = module.cwrap(name, returned, given);
    if (name !== 'ccadical_release') return native;
    return (...parameters) => {
      released++;
      return native(...parameters) as unknown;
    };
  };
  const watching = Object.create(module, { cwrap: { value: cwrap } }) as CadicalModule;
  const instance = new NativeInstance('cadical', 'some');
  const solver = new Cadical(keepingWhatFailed(watching, instance), { quiet: true });
  return { instance, solver, released: () => released };
}

describe('the release of a solver', () => {
  it('happens where the instance is as it should be', async () => {
    const { solver, released } = await watched();
    solver.addClause([1]);
    expect(solver.solve()).toBe('satisfiable');
    solver.dispose();
    expect(released()).toBe(1);
  });

  it('is left out where the instance has failed', async () => {
    const { instance, solver, released } = await watched();
    const fail = () => {
      throw new Error('out of memory');
    };
    expect(() => instance.attempt(fail)).toThrow();
    solver.dispose();
    expect(released()).toBe(0);
  });
});
