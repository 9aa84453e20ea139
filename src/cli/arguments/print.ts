/** `ldfi print`, as it is typed. */
import type { Invocation } from '../invocation.js';
import { OptionReader } from '../options.js';
import type { DescribedCommand } from './command.js';
import { coloured, configured, describeSetting, grepping, together } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, selectionOf, sessionOf, typedSettings } from './read.js';

interface RawPrintOptions extends RawOptions {
  readonly typescript?: boolean;
  readonly asp?: boolean;
}

export const describePrint: DescribedCommand = (program, ask) => {
  const command = program
    .command('print [file...]')
    .description('Show programs of rules as Dedalus, with inferred types and strata.')
    .option('--typescript', 'show them as scenarios in TypeScript instead')
    .option('--asp', 'show them as answer-set programs for clingo, with the faults as choices');
  describeSetting(grepping(command), 'modules');
  coloured(configured(together(command))).action((files: string[], raw: RawPrintOptions) => {
    ask(readPrint(files, raw));
  });
};

function readPrint(files: readonly string[], raw: RawPrintOptions): Invocation {
  const reader = new OptionReader();
  const selection = selectionOf(files, raw, reader);
  if (raw.typescript === true && raw.asp === true)
    reader.report('RUN101', '--typescript and --asp are two languages', { expected: 'one of them' });
  const language = raw.typescript === true ? 'typescript' : raw.asp === true ? 'asp' : 'dedalus';
  const settings = typedSettings(raw, reader);
  return orWrong({ kind: 'print', language, ...selection, settings, session: sessionOf(raw) }, reader);
}
