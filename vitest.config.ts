import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ldfi = fileURLToPath(new URL('src/index.ts', import.meta.url));

export default defineConfig({
  // Scenarios import the program by its name.
  resolve: { alias: [{ find: /^ldfi$/, replacement: ldfi }] },
  test: {
    include: ['test/**/*.test.ts'],
    // What hangs is to end at some time. Nothing else ends by these, however busy the machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // On two cores, vitest by itself would leave one idle.
    maxWorkers: '100%',
  },
});
