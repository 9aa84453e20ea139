/** Settings in the environment: `LDFI_MAX_RUNS=50` is `--max-runs 50`. */
import { suggest } from '../../model/check/suggest.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import { OptionReader, typed } from './options.js';
import { readSettings, SETTING_NAMES, variableOf, type Settings } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export function readEnvironment(environment: Environment): {
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reader = new OptionReader();
  const settings = readSettings((name, form) => {
    const variable = variableOf(name);
    const text = environment[variable];
    return reader.read(form, typed(variable, text === '' ? undefined : text));
  });
  return { settings, diagnostics: [...reader.diagnostics, ...slips(environment)] };
}

/** Variables that are nearly those of settings. Others with the prefix may be other programs'. */
function slips(environment: Environment): readonly Diagnostic[] {
  const known = SETTING_NAMES.map(variableOf);
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('LDFI_') && !known.includes(name),
  );
  return unknown.sort().flatMap((name) => {
    const hint = suggest(name, known);
    return hint === undefined ? [] : [diagnostic('RUN213', `there is no setting ${name}`, { hint })];
  });
}
