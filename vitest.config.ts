import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { scriptTextsOfVite } from './tools/script-text.js';

/** Scenarios import the program by its name. */
export const resolve = {
  alias: [{ find: /^ldfi$/, replacement: join(import.meta.dirname, 'src/index.ts') }],
};

/** What takes long begins first, so that in the end no core waits for another. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('.long.test.ts');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const LONG = 'test/**/*.long.test.ts';

/** What mocks modules needs them for itself. */
const MOCKING = [
  'test/cli/bad-input.long.test.ts',
  'test/injector/made-up.long.test.ts',
  'test/runner/check-limits.long.test.ts',
  'test/runner/repair/undecided.long.test.ts',
];

export default defineConfig({
  resolve,
  plugins: [scriptTextsOfVite],
  test: {
    // What hangs is to end at some time. Nothing else ends by these, however busy the machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // What is tested says the same wherever tests run: on a server of CI it would tell of long work.
    env: { CI: '' },
    setupFiles: ['test/setup.ts'],
    // On two cores, vitest by itself would leave one idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
    projects: [
      // A process loads each module once, for all the files that it tests.
      {
        extends: true,
        test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [LONG], isolate: false },
      },
      { extends: true, test: { name: 'long', include: [LONG], exclude: MOCKING, isolate: false } },
      { extends: true, test: { name: 'mocking', include: MOCKING, isolate: true } },
    ],
  },
});
