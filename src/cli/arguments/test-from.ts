/** `ldfi test-from`, as it is typed. */
import { choice, TEST_RUNNERS } from '../../toolkit.js';
import { TEST_FROM_HELP } from '../help.js';
import type { Invocation, TestFromInvocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import { flagOf, SETTING_NAMES, SETTINGS } from '../settings.js';
import type { DescribedCommand } from './command.js';
import { coloured, configured, describeRunSettings, joined, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, scenariosOf, sessionOf } from './read.js';

interface RawTestFromOptions extends RawOptions {
  readonly inject?: string;
  readonly runner?: string;
  readonly output?: string;
}

export const describeTestFrom: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('test-from <counterexample>'))
    .description('Write a test from a saved counterexample, or from a scenario and faults.')
    .option('--inject <faults>', 'of a scenario, such as "drop a->b@1; crash C@6"', joined('; '))
    .option('--runner <name>', `${TEST_RUNNERS.join(', or ')} for node:test (default: ${TEST_RUNNERS[0]})`)
    .option('-o, --output <file>', 'where to write it (default: beside the scenario)');
  describeRunSettings(command);
  coloured(configured(command))
    .addHelpText('after', TEST_FROM_HELP)
    .action((counterexample: string, raw: RawTestFromOptions) => {
      ask(readTestFrom(counterexample, raw));
    });
};

/** Settings that are bounds: all that a run heeds but one. */
const BOUNDS = SETTING_NAMES.filter((name) => SETTINGS[name].replays && name !== 'modules');

function readTestFrom(counterexample: string, raw: RawTestFromOptions): Invocation {
  const reader = new OptionReader();
  const isSaved = counterexample.endsWith('.json');
  if (isSaved && raw.inject !== undefined)
    reader.report('RUN101', 'a saved counterexample has its own faults', { hint: 'leave out --inject' });
  if (!isSaved && raw.inject === undefined)
    reader.report('RUN101', 'of a scenario, the faults have to be said', {
      expected: '--inject <faults>, or a file of `ldfi-regressions/` instead of the scenario',
    });
  const { files, ...selection } = scenariosOf([counterexample], raw, reader);
  const bound = BOUNDS.find((name) => selection.settings[name] !== undefined);
  if (isSaved && bound !== undefined)
    reader.report('RUN101', 'a saved counterexample has its own bounds', {
      hint: `leave out ${flagOf(bound)}`,
    });
  const invocation: TestFromInvocation = {
    kind: 'test-from',
    ...selection,
    files: isSaved ? [] : files,
    saved: isSaved ? counterexample : undefined,
    inject: raw.inject ?? '',
    runner: reader.read(choice(TEST_RUNNERS), typed('--runner', raw.runner))?.value ?? TEST_RUNNERS[0],
    output: raw.output,
    session: sessionOf(raw),
  };
  return orWrong(invocation, reader);
}
