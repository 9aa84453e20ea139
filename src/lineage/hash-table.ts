/**
 * Open addressing from a pair or triple of integers to the node that carries them, without copying the
 * keys: they are read back from the node arrays. JavaScript's own maps would box a key for every gate.
 */
export function hashPair(a: number, b: number): number {
  return mix(Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b));
}

export function hashTriple(a: number, b: number, c: number): number {
  return mix(Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35));
}

function mix(hash: number): number {
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** A copy of twice the length, or of at least `length`. */
export function grown(array: Int32Array, length = array.length * 2): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
