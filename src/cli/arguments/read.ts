/** What several commands ask for, from what was typed. */
import type { Diagnostic } from '../../index.js';
import { choice } from '../../toolkit.js';
import type { ConfigChoice } from '../config.js';
import type { Invocation, Selection, SessionOptions, WrongInvocation } from '../invocation.js';
import { type OptionReader, typed } from '../options.js';
import { flagOf, readSettings, type Settings } from '../settings.js';
import type { RawOptions, RawPresentation, RawSelection, RawSettings } from './raw-options.js';

export function sessionOf({
  json,
  quiet,
  verbose,
  color,
  ascii,
  asExpected,
  log,
}: RawPresentation): SessionOptions {
  return {
    presentation: json === true ? 'document' : quiet === true ? 'line' : 'report',
    verbose: verbose === true,
    colour: color !== false,
    ascii: ascii === true,
    asExpected: asExpected === true,
    log: log === 'json',
  };
}

export function selectionOf(
  files: readonly string[],
  { grep, config, root, with: parts }: RawSelection,
  reader: OptionReader,
): Selection {
  const choice: ConfigChoice =
    config === false
      ? { kind: 'none' }
      : config === undefined
        ? { kind: 'default' }
        : { kind: 'file', file: config };
  return {
    files,
    with: parts,
    patterns: (grep ?? []).flatMap((text) => reader.pattern('--grep', text) ?? []),
    config: choice,
    root,
  };
}

export function typedSettings(raw: RawSettings, reader: OptionReader): Settings {
  return readSettings((name, form) => {
    const text = raw[name];
    return reader.read(form, typed(flagOf(name), text === undefined ? undefined : String(text)));
  });
}

/** What every command that goes through scenarios is told of them. */
export function scenariosOf(files: readonly string[], raw: RawOptions, reader: OptionReader) {
  return {
    ...selectionOf(files, raw, reader),
    nodes: reader.nodes('--nodes', raw.nodes),
    settings: typedSettings(raw, reader),
  };
}

/** How a result is written that is printed; as text where nothing is said. */
export function readForm<Name extends string>(
  forms: readonly (Name | 'text')[],
  { as, json }: { readonly as?: string; readonly json?: boolean },
  reader: OptionReader,
): Name | 'text' {
  if (as !== undefined && json === true)
    reader.report('RUN101', '--as and --json are two forms', { expected: 'one of them' });
  return reader.read(choice(forms), typed('--as', as))?.value ?? 'text';
}

/** What is asked for, unless something typed is wrong. */
export function orWrong(
  invocation: Exclude<Invocation, { readonly kind: 'init' | 'text' | 'schema' | 'codes' | 'wrong' }>,
  { diagnostics }: OptionReader,
): Invocation {
  return diagnostics.length === 0 ? invocation : { kind: 'wrong', diagnostics, session: invocation.session };
}

/** Of what has no options. */
export function wrong(...diagnostics: readonly Diagnostic[]): WrongInvocation {
  return { kind: 'wrong', diagnostics, session: sessionOf({}) };
}
