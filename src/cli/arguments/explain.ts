/** `ldfi explain`, as it is typed. */
import { integerForm } from '../../toolkit.js';
import { EXPLAIN_HELP } from '../help.js';
import { EXPLANATION_FORMS, type ExplainInvocation, type Invocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { configured, describeRunSettings, joined, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, readForm, scenariosOf, sessionOf } from './read.js';

interface RawExplainOptions extends RawOptions {
  readonly inject?: string;
  readonly depth?: string;
  readonly as?: string;
}

const DEPTH = integerForm({ least: 1, most: 100 });
const DEFAULT_DEPTH = 4;

export const describeExplain: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('explain <file> [question...]'))
    .description('Say why something is so in a run, or why it is not.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)', joined('; '))
    .option('--depth <steps>', `how many steps are told, one behind another (default: ${DEFAULT_DEPTH})`)
    .option('--as <form>', `${EXPLANATION_FORMS.join(', ')} (default: text)`);
  describeRunSettings(command);
  presented(configured(command), 'ldfi schema explain')
    .addHelpText('after', EXPLAIN_HELP)
    .action((file: string, words: string[], raw: RawExplainOptions) => {
      ask(readExplain(file, words, raw));
    });
};

/** @param words of the question */
function readExplain(file: string, words: readonly string[], raw: RawExplainOptions): Invocation {
  const reader = new OptionReader();
  const invocation: ExplainInvocation = {
    kind: 'explain',
    ...scenariosOf([file], raw, reader),
    question: words.length === 0 ? 'why' : words.join(' '),
    inject: raw.inject,
    depth: reader.read(DEPTH, typed('--depth', raw.depth))?.value ?? DEFAULT_DEPTH,
    form: readForm(EXPLANATION_FORMS, raw, reader),
    session: { ...sessionOf(raw), document: 'explanations' },
  };
  return orWrong(invocation, reader);
}
