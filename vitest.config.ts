import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ldfi = fileURLToPath(new URL('src/index.ts', import.meta.url));

/** What takes long begins first, so that in the end no core waits for another. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('.long.test.ts');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    sequence: { sequencer: LongFirst },
  },
});
