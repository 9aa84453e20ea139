/** `ldfi repair`, as it is typed. */
import { optionForms } from '../../toolkit.js';
import { REPAIR_HELP } from '../help.js';
import { type Invocation, REPAIR_FORMS, type RepairInvocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { configured, describeRunSettings, describeSetting, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, readForm, scenariosOf, sessionOf } from './read.js';

interface RawRepairOptions extends RawOptions {
  readonly limit?: string;
  readonly as?: string;
}

const DEFAULT_REPAIRS = 3;

export const describeRepair: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('repair [file...]'))
    .description('Changes of a protocol with which a check certifies it, as patches or lines.')
    .option('--limit <repairs>', `the most repairs to find (default: ${DEFAULT_REPAIRS})`)
    .option('--as <form>', 'text, or patch for the cheapest repair alone (default: text)');
  describeRunSettings(command);
  describeSetting(command, 'timeout');
  presented(configured(command), 'ldfi schema repair')
    .addHelpText('after', REPAIR_HELP)
    .action((files: string[], raw: RawRepairOptions) => {
      ask(readRepair(files, raw));
    });
};

function readRepair(files: readonly string[], raw: RawRepairOptions): Invocation {
  const reader = new OptionReader();
  const invocation: RepairInvocation = {
    kind: 'repair',
    ...scenariosOf(files, raw, reader),
    limit: reader.read(optionForms.amount, typed('--limit', raw.limit))?.value ?? DEFAULT_REPAIRS,
    form: readForm(REPAIR_FORMS, raw, reader),
    session: { ...sessionOf(raw), document: 'repairs' },
  };
  return orWrong(invocation, reader);
}
