/**
 * Copies the declarations to `dist/commonjs`, where the compiler takes them for those of CommonJS. The program itself
 * is there once, since Node lets `require` load modules of ECMAScript from 20.19 on. But of the compiler's settings
 * only `module: nodenext` knows that, and others refuse to `require` what is declared as such a module.
 */
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = 'dist/commonjs';

rmSync(target, { recursive: true, force: true });
const files = readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.d.ts'));
for (const file of files) cpSync(join('dist', file), join(target, file));
writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n');
