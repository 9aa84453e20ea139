/** `ldfi completion`, as it is typed. */
import type { Command } from 'commander';
import { diagnostic, visible } from '../../toolkit.js';
import { completionScript, SHELLS } from '../completion.js';
import type { Invocation } from '../invocation.js';
import type { DescribedCommand } from './command.js';
import { wrong } from './read.js';

export const describeCompletion: DescribedCommand = (program, ask) => {
  program
    .command('completion <shell>')
    .description('Print a script by which a shell completes commands and options: bash, zsh or fish.')
    .action((shell: string) => {
      ask(readCompletion(shell, program));
    });
};

function readCompletion(name: string, program: Command): Invocation {
  const shell = SHELLS.find((each) => each === name);
  if (shell !== undefined) return { kind: 'text', text: completionScript(program, shell), misused: false };
  return wrong(
    diagnostic('RUN101', `there is no completion for \`${visible(name)}\``, {
      expected: SHELLS.map((each) => `\`${each}\``).join(', '),
    }),
  );
}
