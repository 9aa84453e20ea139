/**
 * The files that a scenario is read from, as their texts tell: what a program of Dedalus includes, and what a module imports
 * by a path, each with what these need in turn. A module need not be run for that, so that files which cannot be read, or
 * which are not there yet, are among them. Imports that only a tsconfig.json knows the place of are not followed, and
 * neither are packages.
 */
import { dirname, join, resolve } from 'node:path';
import { isDedalus, isModule, type ScenarioHost } from './host.js';

/** @returns absolute paths, the file itself first */
export function filesBehind(
  file: string,
  host: Pick<ScenarioHost, 'read' | 'entry' | 'realPath'>,
): readonly string[] {
  const behind = new Set([host.realPath(file)]);
  // What is added to a set while it is walked is walked as well.
  for (const path of behind) {
    const read = host.read(path);
    if (read.kind === 'text') for (const other of namedIn(path, read.text, host)) behind.add(other);
  }
  return [...behind];
}

/** A word in a comment may look like one; then it does no harm. */
const INCLUDE = /\binclude\s+"((?:[^"\\\n]|\\.)*)"/g;
const IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"`])(\.{1,2}\/[^'"`\n]*|\/[^'"`\n]*|\.{1,2})\1/g;

function namedIn(path: string, text: string, host: Pick<ScenarioHost, 'entry'>): readonly string[] {
  const from = (name: string) => resolve(dirname(path), name);
  if (isDedalus(path)) return [...text.matchAll(INCLUDE)].map(([, name]) => from(name));
  if (!isModule(path)) return [];
  return [...text.matchAll(IMPORT)].flatMap(([, , name]) => {
    const places = placesOf(from(name));
    const found = places.find((place) => host.entry(place) === 'file');
    return found === undefined ? places : [found];
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
