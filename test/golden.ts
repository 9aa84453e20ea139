/** Golden files: `npm run golden` writes them anew, and a difference fails. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export async function expectGolden(text: string, name: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(fileOf(name));
}

export function readGolden(name: string): string {
  return readFileSync(fileOf(name), 'utf8');
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`./golden/${name.replace(/[ ,]+/g, '-')}.txt`, import.meta.url));
}

/** Wall-clock times differ from run to run. */
export function withoutTimes(text: string): string {
  return text.replace(/\d+(?:\.\d+)? m?s(?=$| by the clock| of the processor)/gm, '# ms');
}
