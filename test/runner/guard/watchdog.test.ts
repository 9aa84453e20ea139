import { withPigeonholes } from '../../solver/pigeonholes.js';
import { describe, expect, it } from 'vitest';
import { runGuarded } from '../../../src/runner/guard/watchdog.js';
import { loadBackend } from '../../../src/solver/backends.js';

const forever = () => {
  for (;;);
};

describe('guarded work', () => {
  it('hands over what it returns and what it throws', () => {
    expect(runGuarded(() => [1, 2], { timeoutMs: undefined })).toEqual({ kind: 'finished', value: [1, 2] });
    expect(() => runGuarded(() => JSON.parse('{') as unknown, { timeoutMs: 1000 })).toThrow(SyntaxError);
  });

  it('ends a loop', () => {
    expect(runGuarded(forever, { timeoutMs: 50 })).toEqual({ kind: 'timeout' });
  });

  it('ends a loop that catches everything, without running its handlers', () => {
    const handlers: string[] = [];
    const stubborn = () => {
      try {
        forever();
      } catch {
        handlers.push('catch');
      } finally {
        handlers.push('finally');
      }
    };
    expect(runGuarded(stubborn, { timeoutMs: 50 })).toEqual({ kind: 'timeout' });
    expect(handlers).toEqual([]);
  });

  it.each(['minisat', 'cadical'] as const)(
    'ends %s in the middle of a search, and the next one works',
    async (name) => {
      const hard = withPigeonholes((await loadBackend(name)).create(), 13);
      expect(runGuarded(() => hard.solve(), { timeoutMs: 200 })).toEqual({ kind: 'timeout' });
      const next = withPigeonholes((await loadBackend(name)).create(), 3);
      expect(runGuarded(() => next.solve(), { timeoutMs: 10_000 })).toEqual({
        kind: 'finished',
        value: 'unsatisfiable',
      });
    },
  );

  it('ends the inner of two guards alone', () => {
    const outer = runGuarded(() => runGuarded(forever, { timeoutMs: 50 }), { timeoutMs: 60_000 });
    expect(outer).toEqual({ kind: 'finished', value: { kind: 'timeout' } });
  });
});
