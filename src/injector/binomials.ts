/** Ways to choose. */

/** C(n, 0), C(n, 1), ... C(n, `most`): each from the one before it, since to begin anew takes the square of the time. */
export function binomials(n: number, most: number): readonly bigint[] {
  const row = [1n];
  for (let k = 1; k <= most; k++) row.push(k > n ? 0n : (row[k - 1] * BigInt(n - k + 1)) / BigInt(k));
  return row;
}
