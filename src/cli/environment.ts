/** Settings in the environment: `LDFI_MAX_RUNS=50` is `--max-runs 50`. */
import { delimiter } from 'node:path';
import type { Diagnostic } from '../index.js';
import { diagnostic, suggest } from '../toolkit.js';
import { OptionReader, typed } from './options.js';
import { readSettings, SETTING_NAMES, variableOf, type Settings } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What `--with` is there; several paths stand apart as those of `PATH` do. */
const WITH = 'LDFI_WITH';

export function readEnvironment(environment: Environment): {
  readonly settings: Settings;
  /** Undefined where it is not given. */
  readonly with: readonly string[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reader = new OptionReader();
  const settings = readSettings((name, form) => {
    const variable = variableOf(name);
    const text = environment[variable];
    return reader.read(form, typed(variable, text === '' ? undefined : text));
  });
  const parts = environment[WITH]?.split(delimiter).filter((path) => path !== '');
  return {
    settings,
    with: parts?.length === 0 ? undefined : parts,
    diagnostics: [...reader.diagnostics, ...slips(environment)],
  };
}

/** Variables that are nearly those of settings. Others with the prefix may be other programs'. */
function slips(environment: Environment): readonly Diagnostic[] {
  const known = [WITH, ...SETTING_NAMES.map(variableOf)];
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('LDFI_') && !known.includes(name),
  );
  return unknown.sort().flatMap((name) => {
    const hint = suggest(name, known);
    return hint === undefined ? [] : [diagnostic('RUN213', `there is no setting ${name}`, { hint })];
  });
}
