/** `ldfi protect`, as it is typed. */
import { optionForms } from '../../toolkit.js';
import { PROTECT_HELP } from '../help.js';
import type { Invocation, ProtectInvocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { configured, describeRunSettings, describeSetting, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, scenariosOf, sessionOf } from './read.js';

interface RawProtectOptions extends RawOptions {
  readonly limit?: string;
}

export const describeProtect: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('protect [file...]'))
    .description('The smallest sets of messages, nodes and channels that must not fail for a certificate.')
    .option('--limit <sets>', 'the most sets to find (default: 10)');
  describeRunSettings(command);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema protect')
    .addHelpText('after', PROTECT_HELP)
    .action((files: string[], raw: RawProtectOptions) => {
      ask(readProtect(files, raw));
    });
};

function readProtect(files: readonly string[], raw: RawProtectOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ProtectInvocation = {
    kind: 'protect',
    ...scenariosOf(files, raw, reader),
    limit: reader.read(optionForms.amount, typed('--limit', raw.limit))?.value,
    session: { ...sessionOf(raw), document: 'protections' },
  };
  return orWrong(invocation, reader);
}
