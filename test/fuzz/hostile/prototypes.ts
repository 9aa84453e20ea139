/** What every object inherits must be as it was, whatever was read. */
import { expect } from 'vitest';

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];

/** Taken before anything hostile is read. */
export function takeStock(): () => void {
  const before = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);
  return () => {
    const now = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);
    if (now.some((count, index) => count !== before[index])) {
      expect(
        PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype)).flat(),
        'what objects inherit',
      ).toEqual([]);
    }
  };
}
