/**
 * Joins the modules of the program into few files, since Node takes longer to find two hundred small modules
 * than to run them. Dependencies stay packages of their own, and the entries keep their places in `dist/`.
 */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const entries = ['index.ts', 'vitest/index.ts', 'fast-check/index.ts', 'runner/main.ts'];

// Their names change with what is in them.
rmSync('dist/chunks', { recursive: true, force: true });

await build({
  entryPoints: entries.map((entry) => `src/${entry}`),
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  // What the command line and the library share is one module to both.
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
});

chmodSync('dist/runner/main.js', 0o755);
