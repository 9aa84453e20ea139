/** One mistake of each kind that only rules in TypeScript can have, for the page of diagnostics. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  checkProgram,
  locateProgram,
  program,
  relation,
  string,
  location,
  variables,
} from '../../../../src/index.js';
import type { ConstantAtom, Diagnostic, Part } from '../../../../src/index.js';

const { node, message } = variables({ node: location(['a', 'b']), message: string });
const typed = relation('log', { node, message });

/** The same, to those whom no compiler tells. */
const log = typed as unknown as (columns: unknown) => ConstantAtom & Part;

const mistakes = program(
  log({ node, message }).next.when(log({ node, mesage: message })),
  log({ node: 'a' }).at(1),
  log({ node: 'c', message: 'hello' }).at(1),
  relation('two words', { node }).persists(),
  log({ node: 'a', message: 'hello' }),
);

/** Under a name that does not depend on where this file is. */
export function samplesOfRules(): readonly Diagnostic[] {
  const text = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  return checkProgram(locateProgram(mistakes, () => ({ name: 'p.ts', text }))).diagnostics;
}
