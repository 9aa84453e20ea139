/** Reads `ldfi.config.ts`. It is looked for in the working folder alone, so that what holds does not depend on what lies above. */
import { dirname, join } from 'node:path';
import { type Diagnostic, hasErrors, type Source } from '../index.js';
import {
  describeValue,
  diagnostic,
  explainFailure,
  fieldSpan,
  type FindOptions,
  type Form,
  isRecord,
  outsideRoots,
  sourcesOf,
  suggest,
} from '../toolkit.js';
import { OptionReader, type GivenText } from './options.js';
import { readSettings, SETTING_NAMES, type Settings } from './settings.js';

export type ConfigChoice =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'none' };

type ConfigOptions = Pick<FindOptions, 'host' | 'names'>;

export interface LoadedConfig {
  readonly settings: Settings;
  /** Files and folders to look at where none are named. */
  readonly files: readonly string[];
  /** Files that are parts of every program of Dedalus; undefined where it does not say. */
  readonly with: readonly string[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keys beside the settings. */
const PATHS = ['files', 'with'] as const;

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((extension) => `ldfi.config.${extension}`);

export async function loadConfig(choice: ConfigChoice, options: ConfigOptions): Promise<LoadedConfig> {
  const files = candidates(choice, options);
  if (files.length === 0) return failed();
  if (files.length > 1) {
    const message = `there are several configurations: ${files.join(', ')}`;
    return failed(diagnostic('RUN210', message, { expected: 'one of them, or `--config`' }));
  }
  return loadFile(files[0], options);
}

/** Where a configuration may be, whether it is there or not. */
export function configFiles(choice: ConfigChoice): readonly string[] {
  switch (choice.kind) {
    case 'none':
      return [];
    case 'file':
      return [choice.file];
    case 'default':
      return NAMES;
  }
}

function candidates(choice: ConfigChoice, { host }: ConfigOptions): readonly string[] {
  const files = configFiles(choice);
  return choice.kind === 'default' ? files.filter((name) => host.entry(name) === 'file') : files;
}

async function loadFile(file: string, { host, names }: ConfigOptions): Promise<LoadedConfig> {
  const text = host.read(file);
  if (text.kind === 'outside') return failed(outsideRoots(file, text.roots, undefined));
  if (text.kind !== 'text') {
    const message = `there is no configuration ${file}`;
    return failed(diagnostic('RUN210', message, { expected: 'a module such as ldfi.config.ts' }));
  }
  const loading = await host.load(text.identity);
  if (loading.kind !== 'loaded')
    return failed(explainFailure(file, loading, { read: sourcesOf(host), names: names() }));
  const source: Source = { name: file, text: text.text };
  return new ConfigReader(source).config(loading.exports.default);
}

function failed(...diagnostics: readonly Diagnostic[]): LoadedConfig {
  return { settings: {}, files: [], with: undefined, diagnostics };
}

class ConfigReader {
  private readonly reader = new OptionReader();
  /** Where the configuration begins. */
  private readonly line: number;

  constructor(private readonly source: Source) {
    const lines = source.text.split('\n');
    this.line =
      1 +
      Math.max(
        0,
        lines.findIndex((line) => /^export\s+default\b/.test(line)),
      );
  }

  config(value: unknown): LoadedConfig {
    const { name } = this.source;
    if (!isRecord(value)) {
      const message = `the default export of ${name} is ${describeValue(value)}`;
      return failed(diagnostic('RUN211', message, { expected: '`export default defineConfig({ ... })`' }));
    }
    for (const key of Object.keys(value))
      if (![...PATHS, ...SETTING_NAMES].some((known) => known === key)) this.unknownKey(key);
    const settings = readSettings((key, form) => this.reader.read(form, this.written(key, value[key], form)));
    const files =
      this.paths('files', value.files, "an array of files and folders, such as ['scenarios']") ?? [];
    const parts = this.paths('with', value.with, "an array of files, such as ['specification.ded']");
    const { diagnostics } = this.reader;
    return hasErrors(diagnostics) ? failed(...diagnostics) : { settings, files, with: parts, diagnostics };
  }

  /** As what would be typed for it, so that one place decides what is right. */
  private written(
    key: string,
    value: unknown,
    { types, expected, typed }: Form<unknown>,
  ): GivenText | undefined {
    if (value === undefined) return undefined;
    const label = `${key} of ${this.source.name}`;
    const text = isSimple(value)
      ? types.some((type) => type === typeof value) && String(value)
      : isRecord(value) && typed?.(value);
    if (typeof text === 'string') return { label, text, span: this.place(key), code: 'RUN212' };
    this.wrong(key, value, expected);
    return undefined;
  }

  private paths(
    key: (typeof PATHS)[number],
    value: unknown,
    expected: string,
  ): readonly string[] | undefined {
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((path) => typeof path === 'string' && path !== ''))
      return value.map((path: string) => join(dirname(this.source.name), path));
    this.wrong(key, value, expected);
    return undefined;
  }

  private wrong(key: string, value: unknown, expected: string): void {
    const message = `${key} of ${this.source.name} cannot be ${describeValue(value)}`;
    this.reader.report('RUN212', message, { span: this.place(key), expected });
  }

  private unknownKey(key: string): void {
    const known = [...PATHS, ...SETTING_NAMES];
    const hint = key === 'bounds' ? 'eot, eff and crashes are keys of their own' : suggest(key, known);
    this.reader.report('RUN211', `${this.source.name} has an unknown key \`${key}\``, {
      span: this.place(key),
      expected: `one of ${known.join(', ')}`,
      hint,
    });
  }

  private place(key: string) {
    return fieldSpan(this.source, this.line, [key]);
  }
}

function isSimple(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
