/**
 * The files that a scenario is read from, as their texts tell: what a program of Dedalus includes, and what a module imports
 * by a path, or by one of the `paths` of a tsconfig.json, which then is one of them; each with what these need in turn. A
 * module need not be run for that, so that files which cannot be read, or which are not there yet, are among them.
 * Packages are not followed.
 */
import { dirname, join, resolve } from 'node:path';
import { isDedalus, isModule, type ScenarioHost } from './host.js';
import { importPaths, type ImportPaths } from './tsconfig.js';

/** @returns absolute paths, the file itself first */
export function filesBehind(
  file: string,
  host: Pick<ScenarioHost, 'read' | 'entry' | 'realPath'>,
): readonly string[] {
  const own = host.realPath(file);
  const behind = new Set([own]);
  const paths = isModule(own) ? importPaths(dirname(own), host) : NO_PATHS;
  // What is added to a set while it is walked is walked as well.
  for (const path of behind) {
    const read = host.read(path);
    if (read.kind === 'text') for (const other of namedIn(path, read.text, host, paths)) behind.add(other);
  }
  return [...behind];
}

const NO_PATHS: ImportPaths = { files: [], of: () => [] };

/** A word in a comment may look like one; then it does no harm. */
const INCLUDE = /\binclude\s+"((?:[^"\\\n]|\\.)*)"/g;
const IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
const PATH = /^(?:\.{1,2}(?:\/|$)|\/)/;

function namedIn(
  path: string,
  text: string,
  host: Pick<ScenarioHost, 'entry'>,
  paths: ImportPaths,
): readonly string[] {
  const from = (name: string) => resolve(dirname(path), name);
  if (isDedalus(path)) return [...text.matchAll(INCLUDE)].map(([, name]) => from(name));
  if (!isModule(path)) return [];
  return [...text.matchAll(IMPORT)].flatMap(([, , name]) => {
    const isPath = PATH.test(name);
    const places = (isPath ? [from(name)] : paths.of(name)).flatMap(placesOf);
    const found = places.find((place) => host.entry(place) === 'file');
    const beside = isPath || places.length === 0 ? [] : paths.files;
    return [...beside, ...(found === undefined ? places : [found])];
  });
}

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** Where what is imported may be: TypeScript imports what it is compiled to. */
function placesOf(path: string): readonly string[] {
  const written = path.replace(/\.([mc]?)js$/, '.$1ts');
  return [
    path,
    ...(written === path ? [] : [written]),
    ...EXTENSIONS.map((extension) => path + extension),
    ...EXTENSIONS.map((extension) => join(path, `index${extension}`)),
  ];
}
