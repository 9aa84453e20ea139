/** `ldfi replay`, as it is typed. */
import { RUN_FORMS } from '../../toolkit.js';
import { REPLAY_HELP } from '../help.js';
import type { Invocation, ReplayInvocation } from '../invocation.js';
import { OptionReader } from '../options.js';
import type { DescribedCommand } from './command.js';
import { configured, describeRunSettings, joined, presented, selecting } from './describe.js';
import type { RawOptions } from './raw-options.js';
import { orWrong, readForm, scenariosOf, sessionOf } from './read.js';

interface RawReplayOptions extends RawOptions {
  readonly inject?: string;
  readonly watch?: string;
  readonly as?: string;
}

export const describeReplay: DescribedCommand = (program, ask) => {
  const command = selecting(program.command('replay [file...]'))
    .description('Run once under given faults, and show the run.')
    .option('--inject <faults>', 'such as "drop a->b@1; crash C@6" (default: no faults)', joined('; '))
    .option('--as <form>', `${RUN_FORMS.join(', ')} (default: text)`)
    .option(
      '--watch <names>',
      'show nodes, fields or relations beside the picture, such as a,b.term,log',
      joined(','),
    );
  describeRunSettings(command);
  presented(configured(command))
    .addHelpText('after', REPLAY_HELP)
    .action((files: string[], raw: RawReplayOptions) => {
      ask(readReplay(files, raw));
    });
};

function readReplay(files: readonly string[], raw: RawReplayOptions): Invocation {
  const reader = new OptionReader();
  const watch = (raw.watch ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const invocation: ReplayInvocation = {
    kind: 'replay',
    ...scenariosOf(files, raw, reader),
    inject: raw.inject ?? '',
    watch,
    session: { ...sessionOf(raw), watch, runForm: readForm(RUN_FORMS, raw, reader) },
  };
  return orWrong(invocation, reader);
}
