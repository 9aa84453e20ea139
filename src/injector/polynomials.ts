/**
 * Ways to choose, by how many are chosen: a list whose element k is the number of ways to choose k. To choose from two
 * things apart is to multiply the lists, as polynomials are.
 */
export type Ways = readonly bigint[];

/** Up to `most` in all. */
export function product(a: Ways, b: Ways, most: number): Ways {
  const both = new Array<bigint>(Math.min(a.length + b.length - 1, most + 1)).fill(0n);
  for (const [i, some] of a.entries())
    for (let j = 0; j < b.length && i + j < both.length; j++) both[i + j] += some * b[j];
  return both;
}

/** Ways of the one or the other. */
export function eitherOf(a: Ways, b: Ways): Ways {
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, index) => (a[index] ?? 0n) + (b[index] ?? 0n),
  );
}

/**
 * Up to `most` in all, from so many alike. Each element follows from those before it (J. C. P. Miller's recurrence; Knuth,
 * The Art of Computer Programming, 4.7): to multiply one by one takes the square of the time.
 *
 * @param ways the first of which is 1: there is one way to choose nothing
 */
export function power(ways: Ways, times: number, most: number): Ways {
  const powers = [1n];
  const degree = ways.length - 1;
  const length = Math.min(most, degree * times);
  for (let k = 1; k <= length; k++) {
    let sum = 0n;
    for (let i = 1; i <= Math.min(k, degree); i++)
      sum += BigInt(i * (times + 1) - k) * ways[i] * powers[k - i];
    powers.push(sum / BigInt(k));
  }
  return powers;
}
