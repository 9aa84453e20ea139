import { defineConfig } from 'vitest/config';
import { resolve } from './vitest.config.js';

/** Of `npm run fuzz`, which starts a process for each campaign. */
export default defineConfig({
  resolve,
  test: {
    include: ['test/fuzz/run.fuzz.ts'],
    pool: 'forks',
    // What takes more is without bound: then the process ends, and the command says at which case.
    execArgv: ['--max-old-space-size=1024'],
    // The command watches over each case.
    testTimeout: 0,
    hookTimeout: 0,
  },
});
