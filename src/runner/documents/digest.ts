/** Texts told apart by a few characters. */

/** Of a text, as UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  // Every check would wait for it, were it imported.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
