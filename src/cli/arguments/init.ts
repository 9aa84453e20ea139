/** `ldfi init`, as it is typed. */
import { INIT_HELP } from '../help.js';
import type { DescribedCommand } from './command.js';
import { coloured } from './describe.js';
import type { RawPresentation } from './raw-options.js';
import { sessionOf } from './read.js';

export const describeInit: DescribedCommand = (program, ask) => {
  coloured(
    program
      .command('init [name]')
      .description('Write a first scenario with its repair, and what is needed to check it.'),
  )
    .addHelpText('after', INIT_HELP)
    .action((name: string | undefined, raw: RawPresentation) => {
      ask({ kind: 'init', name, session: sessionOf(raw) });
    });
};
