/** `ldfi schema`, as it is typed. */
import { diagnostic, visible } from '../../toolkit.js';
import type { Invocation, SchemaName } from '../invocation.js';
import type { DescribedCommand } from './command.js';
import { wrong } from './read.js';

/** By the command that prints such a document. */
const SCHEMA_OF: ReadonlyMap<string, SchemaName> = new Map([
  ['list', 'lists'],
  ['trace', 'traces'],
  ['explain', 'explanations'],
  ['tolerance', 'tolerances'],
  ['protect', 'protections'],
  ['repair', 'repairs'],
]);

export const describeSchema: DescribedCommand = (program, ask) => {
  program
    .command('schema [command]')
    .description(
      'Print the JSON Schema of what --json prints; those of `list`, `trace`, `explain`, `tolerance`, `protect` and `repair` are their own.',
    )
    .action((document: string | undefined) => {
      ask(readSchema(document));
    });
};

/** @param document the command whose document is meant; undefined for that of all others */
function readSchema(document: string | undefined): Invocation {
  if (document === undefined) return { kind: 'schema', document: 'checks' };
  const named = SCHEMA_OF.get(document);
  if (named !== undefined) return { kind: 'schema', document: named };
  return wrong(
    diagnostic('RUN101', `there is no schema \`${visible(document)}\``, {
      expected: '`list`, `trace`, `explain`, `tolerance`, `protect`, `repair`, or nothing',
    }),
  );
}
