/** `ldfi verify-certificate`, as it is typed. */
import { SAT_BACKENDS } from '../../index.js';
import { optionForms } from '../../toolkit.js';
import { VERIFY_HELP } from '../help.js';
import type { Invocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { describeSetting, presented, together } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, sessionOf, typedSettings } from './read.js';

interface RawVerifyOptions extends RawOptions {
  readonly samples?: string;
}

export const describeVerify: DescribedCommand = (program, ask) => {
  const command = program
    .command('verify-certificate <folder> [file...]')
    .description('Verify what `check --certificate` wrote: one certificate, or all that a folder holds.')
    .option('--samples <number>', 'the most fault sets to run the scenario under (default: 200)')
    .option('--seed <number>', 'of the choice of fault sets (default: 0)')
    .option('--solver <name>', `${SAT_BACKENDS.join(' or ')} (default: the one that did not decide)`);
  describeSetting(command, 'timeout');
  presented(together(command).option('--root <folder>', 'read scenarios in this folder alone'))
    .addHelpText('after', VERIFY_HELP)
    .action((folder: string, files: string[], raw: RawVerifyOptions) => {
      ask(readVerify(folder, files, raw));
    });
};

function readVerify(folder: string, files: readonly string[], raw: RawVerifyOptions): Invocation {
  const reader = new OptionReader();
  const samples = reader.read(optionForms.amount, typed('--samples', raw.samples));
  const { seed, solver, timeout } = typedSettings(raw, reader);
  const options = {
    ...(samples !== undefined && { samples: samples.value }),
    ...(seed !== undefined && { seed: seed.value }),
    ...(solver !== undefined && { solver: solver.value }),
    ...(timeout !== undefined && { timeout: timeout.value }),
  };
  const { root, with: parts } = raw;
  const session = sessionOf(raw);
  return orWrong({ kind: 'verify', folder, files, with: parts, options, root, session }, reader);
}
