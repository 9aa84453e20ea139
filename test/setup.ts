/** Run for each test file, before it. */
import { afterAll } from 'vitest';
import { endFile } from './at-end.js';

// Random laws draw anew each time, but where they are told from where, as on a server of CI.
const seed = process.env.LDFI_TEST_SEED;
if (seed !== undefined) (await import('fast-check')).configureGlobal({ seed: Number(seed) });

afterAll(endFile);
