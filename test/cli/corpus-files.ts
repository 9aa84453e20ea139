/** The files of a folder, by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function filesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
