/** Weighted choices that shrink: towards the first option, and within each. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

export interface Weighted<T> {
  readonly arbitrary: Arbitrary<T>;
  readonly weight: number;
}

export function weighted<T>(...options: Weighted<T>[]): Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, ...options);
}

/** The values with their weights; the first is the simplest. */
export function chosen<T>(...options: readonly (readonly [value: T, weight: number])[]): Arbitrary<T> {
  return weighted(...options.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));
}

/** True `percent` of the time, which shrinks to false. */
export function chance(percent: number): Arbitrary<boolean> {
  return chosen([false, 100 - percent], [true, percent]);
}

/** Present `percent` of the time, which shrinks to undefined. */
export function optional<T>(percent: number, arbitrary: Arbitrary<T>): Arbitrary<T | undefined> {
  return weighted<T | undefined>(
    { arbitrary: fc.constant(undefined), weight: 100 - percent },
    { arbitrary, weight: percent },
  );
}
