import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ldfi = fileURLToPath(new URL('src/index.ts', import.meta.url));

export default defineConfig({
  // Scenarios import the program by its name.
  resolve: { alias: [{ find: /^ldfi$/, replacement: ldfi }] },
  // On two cores, vitest by itself would leave one idle.
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, maxWorkers: '100%' },
});
