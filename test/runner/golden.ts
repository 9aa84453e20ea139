/** Golden files: `npm run golden` writes them anew, and a difference fails. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export async function expectGolden(text: string, name: string): Promise<void> {
  const file = new URL(`../golden/${name.replace(/[ ,]+/g, '-')}.txt`, import.meta.url);
  await expect(text).toMatchFileSnapshot(fileURLToPath(file));
}

/** Wall-clock times differ from run to run. */
export function withoutTimes(text: string): string {
  return text.replace(/\d+(?:\.\d+)? m?s$/gm, '# ms');
}
