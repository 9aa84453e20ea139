/**
 * Where the `paths` of a tsconfig.json lead, as TypeScript reads them, and jiti, which runs modules. Only for who wants to
 * know which files there are: what cannot be read, or is no such file, leads nowhere.
 */
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { ScenarioHost } from './host.js';

type Host = Pick<ScenarioHost, 'read' | 'entry'>;

/** What is imported by other names than those of packages and files. */
export interface ImportPaths {
  /** The configuration, and all that it extends. */
  readonly files: readonly string[];
  /** Paths that an import may mean, the likeliest first, without what is added to find a file; none of a package. */
  readonly of: (specifier: string) => readonly string[];
}

/** @param folder in which, or above which, the configuration is */
export function importPaths(folder: string, host: Host): ImportPaths {
  const found = foldersFrom(folder).find((each) => host.entry(join(each, NAME)) === 'file');
  const chain = found === undefined ? [] : extended(join(found, NAME), host);
  const files = chain.map(({ file }) => file);
  const base = chain.find(({ baseUrl }) => baseUrl !== undefined);
  const own = chain.find(({ paths }) => paths !== undefined);
  const baseUrl = base === undefined ? undefined : resolve(dirname(base.file), base.baseUrl!);
  const from = baseUrl ?? (own === undefined ? undefined : dirname(own.file));
  if (from === undefined) return { files, of: () => [] };
  const patterns = Object.entries(own?.paths ?? {}).toSorted(([a], [b]) => rankOf(b) - rankOf(a));
  return {
    files,
    of: (specifier) => {
      for (const [pattern, targets] of patterns) {
        const matched = matchOf(pattern, specifier);
        if (matched !== undefined)
          return targets.map((each) =>
            resolve(
              from,
              each.replace('*', () => matched),
            ),
          );
      }
      return baseUrl === undefined ? [] : [join(baseUrl, specifier)];
    },
  };
}

const NAME = 'tsconfig.json';

function foldersFrom(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** Without a star before all others; then by what stands before the star, the longest first. */
function rankOf(pattern: string): number {
  const star = pattern.indexOf('*');
  return star === -1 ? Infinity : star;
}

/** What stands for the star. */
function matchOf(pattern: string, specifier: string): string | undefined {
  const [before, after] = pattern.split('*');
  if (after === undefined) return pattern === specifier ? '' : undefined;
  const isLong = specifier.length >= before.length + after.length;
  if (!isLong || !specifier.startsWith(before) || !specifier.endsWith(after)) return undefined;
  return specifier.slice(before.length, specifier.length - after.length);
}

/** A file, and what it says itself. */
interface Config {
  readonly file: string;
  readonly baseUrl: string | undefined;
  readonly paths: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The file itself, then what it extends, that which counts most first. */
function extended(file: string, host: Host, known: ReadonlySet<string> = new Set()): readonly Config[] {
  if (known.has(file)) return [];
  const read = host.read(file);
  const { compilerOptions, extends: bases = [] } = read.kind === 'text' ? parsed(read.text) : {};
  const own: Config = { file, baseUrl: compilerOptions?.baseUrl, paths: compilerOptions?.paths };
  const others = [bases].flat().flatMap((name) => {
    const place = placeOf(name, dirname(file), host);
    return place === undefined ? [] : [extended(place, host, new Set([...known, file]))];
  });
  return [own, ...others.toReversed().flat()];
}

/** By a path, or in a package. */
function placeOf(name: string, folder: string, host: Host): string | undefined {
  const isPath = name.startsWith('.') || isAbsolute(name);
  const roots = isPath ? [folder] : foldersFrom(folder).map((each) => join(each, 'node_modules'));
  const places = roots
    .map((root) => resolve(root, name))
    .flatMap((path) => [path, `${path}.json`, join(path, NAME)]);
  return places.find((place) => host.entry(place) === 'file');
}

interface ConfigText {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: Partial<Pick<Config, 'baseUrl' | 'paths'>>;
}

/** JSON with comments, and with commas where nothing comes any more. */
function parsed(text: string): ConfigText {
  const string = '"(?:[^"\\\\\\n]|\\\\.)*"';
  const bare = text
    .replace(new RegExp(`(${string})|//.*|/\\*[^]*?\\*/`, 'g'), '$1')
    .replace(new RegExp(`(${string})|,(?=\\s*[}\\]])`, 'g'), '$1');
  try {
    const value: unknown = JSON.parse(bare);
    return isConfig(value) ? value : {};
  } catch {
    return {};
  }
}

function isConfig(value: unknown): value is ConfigText {
  const { extends: bases = [], compilerOptions = {} } = isObject(value) ? value : { extends: value };
  if (![bases].flat().every((each) => typeof each === 'string') || !isObject(compilerOptions)) return false;
  const { baseUrl = '', paths = {} } = compilerOptions;
  return (
    typeof baseUrl === 'string' &&
    isObject(paths) &&
    Object.values(paths).every((each) => Array.isArray(each) && each.every((one) => typeof one === 'string'))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
