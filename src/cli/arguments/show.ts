/** `ldfi show`, as it is typed. */
import { SHOW_HELP } from '../help.js';
import type { DescribedCommand } from './command.js';
import { coloured } from './describe.js';
import type { RawPresentation } from './raw-options.js';
import { sessionOf } from './read.js';

interface RawShowOptions extends RawPresentation {
  readonly output?: string;
  readonly open?: boolean;
}

export const describeShow: DescribedCommand = (program, ask) => {
  const command = program
    .command('show <document> [file...]')
    .description(
      'Write a JSON document of checks, or of what is tolerated, as a page with its counterexamples.',
    )
    .option('-o, --output <file>', 'where to write it (default: beside the document)')
    .option('--open', 'open it in the browser');
  coloured(command)
    .addHelpText('after', SHOW_HELP)
    .action((document: string, files: string[], raw: RawShowOptions) => {
      const { output, open = false } = raw;
      ask({ kind: 'show', document, files, output, open, session: sessionOf(raw) });
    });
};
