/** The program as built, on modules, ended by Ctrl-C. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Folder } from '../docs/folder.js';
import { greeting, IMPORTS } from './folders.js';

const program = join(import.meta.dirname, '../../dist/cli/main.js');
const folder = new Folder();

afterAll(() => {
  folder.remove();
});

it('checks a module again when what it imports changes, until Ctrl-C', async () => {
  const imported = (eot: number) => `export const eot = ${eot};\n`;
  folder.write('bounds.ts', imported(4));
  const scenario = greeting({ name: 'greeting' }).replace('eot: 4', 'eot');
  folder.write('s.ts', `${IMPORTS}import { eot } from './bounds.js';\nexport default ${scenario};\n`);
  folder.write('other.ts', `${IMPORTS}export default ${greeting({ name: 'other' })};\n`);
  const words = [program, 'check', 's.ts', 'other.ts', '--quiet', '--watch'];
  const child = spawn(process.execPath, words, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let rounds = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    rounds += text.split('Ctrl-C ends\n').length - 1;
    if (rounds === 1) writeFileSync(join(folder.path, 'bounds.ts'), imported(5));
    if (rounds === 2) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(130);
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^violated +4\/2\/0 +greeting /),
    expect.stringMatching(/^violated +4\/2\/0 +other /),
    expect.stringMatching(/^violated +5\/2\/0 +greeting /),
  ]);
});
