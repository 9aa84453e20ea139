/**
 * Joins the modules of the program and of small packages into few files, since Node takes longer to find a module
 * than to run it. The entries keep their places in `dist/`. Packages that few runs need stay on their own, to be
 * loaded when they are needed; so do those that the user's own program shares.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { flattenLists } from './flatten-lists.js';
import { mergeChunks } from './merge-chunks.js';
import { scriptTexts } from './script-text.js';

const entries = [
  'index.ts',
  'injector/node/inject.ts',
  'runner/run-thread.ts',
  'testing/vitest/index.ts',
  'testing/fast-check/index.ts',
  'cli/main.ts',
  'cli/thread.ts',
];

/** Packages in CommonJS ask for Node's modules with it. The bundler does not know of names here, and has to meet them nowhere else. */
const REQUIRE = `import { createRequire as __requireFrom } from 'node:module';
const require = __requireFrom(import.meta.url);`;

/** Files that are in scripts for browsers. */
const inScripts = [];

const { metafile, outputFiles } = await build({
  entryPoints: entries.map((entry) => `src/${entry}`),
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  // What the command line and the library share is one module to both.
  splitting: true,
  external: ['cadical-wasm', 'fast-check', 'jiti', 'logic-solver', 'vitest'],
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [flattenLists, scriptTexts((files) => inScripts.push(...files))],
  metafile: true,
  write: false,
  logLevel: 'warning',
});

// Their names change with what is in them.
rmSync('dist/chunks', { recursive: true, force: true });
const files = new Map(
  outputFiles.map(({ path, text }) => [relative('.', path).replaceAll(sep, '/'), withRequire(text)]),
);
await mergeChunks(
  files,
  Object.fromEntries(
    entries.map((entry) => [entry.replace(/\.ts$/, ''), `dist/${entry.replace(/\.ts$/, '.js')}`]),
  ),
  {
    main: 'dist/cli/main.js',
    program: [...files.keys()].find((path) => path.startsWith('dist/chunks/program-')),
    thread: 'dist/cli/thread.js',
    library: 'dist/index.js',
  },
);

chmodSync('dist/cli/main.js', 0o755);
writeFileSync(
  'dist/licenses.txt',
  bundledPackages([...Object.keys(metafile.inputs), ...inScripts])
    .map(noticeOf)
    .join('\n\n'),
);

/** Only where it is asked for, since each file that makes it has to when it is loaded. */
function withRequire(text) {
  return text.includes('typeof require') ? `${REQUIRE}\n${text}` : text;
}

/** The folders of the packages that are in what was built, by name. */
function bundledPackages(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted((a, b) => (a < b ? -1 : 1));
}

/** What has to go with every copy of a package. */
function noticeOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} says nowhere under which license it is`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
