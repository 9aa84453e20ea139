/** `ldfi codes`, as it is typed. */
import { codes, type DiagnosticCode } from '../../index.js';
import { diagnostic, suggest, visible } from '../../toolkit.js';
import type { Invocation } from '../invocation.js';
import type { DescribedCommand } from './command.js';
import { wrong } from './read.js';

export const describeCodes: DescribedCommand = (program, ask) => {
  program
    .command('codes [code...]')
    .description('Say what the codes of diagnostics mean, and what to do; all of them where none is named.')
    .action((names: string[]) => {
      ask(readCodes(names));
    });
};

function readCodes(names: readonly string[]): Invocation {
  const known = Object.keys(codes) as DiagnosticCode[];
  const asked = names.map((name) => known.find((code) => code === name.toUpperCase()) ?? { unknown: name });
  const problems = asked.flatMap((each) =>
    typeof each === 'string'
      ? []
      : diagnostic('RUN101', `there is no code \`${visible(each.unknown)}\``, {
          hint: suggest(each.unknown.toUpperCase(), known) ?? '`ldfi codes` lists all that there are',
        }),
  );
  return {
    kind: 'codes',
    codes: asked.filter((each) => typeof each === 'string'),
    unknown: problems.length > 0 ? wrong(...problems) : undefined,
  };
}
