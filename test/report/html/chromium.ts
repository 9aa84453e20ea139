/** The browser that pages are tried in. */
import { spawnSync } from 'node:child_process';

/** Continuous integration has it; elsewhere tests go without where there is none. */
const isRequired = process.env.LDFI_TEST_CHROMIUM === 'required';

export const executable = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim();

/** Whether tests are to be made, which fail where it is required and not there. */
export const isWanted = isRequired || executable !== '';
