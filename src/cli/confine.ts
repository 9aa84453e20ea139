/**
 * Limits from where files are read. A program of Dedalus may come from somebody else, and what it includes is shown
 * where it is wrong; so it may include what lies beside it and in its repository, and nothing else of the machine.
 * Modules are no concern of this: a module that is run can read what it likes.
 */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../index.js';
import { diagnostic, type ScenarioHost, visible } from '../toolkit.js';
import { spanOf } from './options.js';

export interface Confinement {
  /** Files and folders that the user named: each may be read, wherever it is, unless a root is given. */
  readonly named: readonly string[];
  /** The one folder to read from; by default where the user works and what was named, with their repositories. */
  readonly root: string | undefined;
}

/** Undefined for a root that there is, or none. */
export function rootProblem(host: ScenarioHost, root: string | undefined): Diagnostic | undefined {
  if (root === undefined || host.entry(root) === 'folder') return undefined;
  return diagnostic('RUN214', `there is no folder ${visible(root)}`, {
    span: spanOf('--root', root),
    expected: 'the folder that files may be read from',
  });
}

/** The same host, which reads nothing outside of some folders. Links count by where they lead. */
export function confine(host: ScenarioHost, { named, root }: Confinement): ScenarioHost {
  const roots = root === undefined ? defaultRoots(host, named) : [host.realPath(root)];
  const free = new Set(root === undefined ? named.map((path) => host.realPath(path)) : []);
  const mayRead = (real: string) => free.has(real) || roots.some((folder) => isWithin(real, folder));
  return {
    ...host,
    read: (path) => {
      const outside = { kind: 'outside', roots } as const;
      if (!mayRead(host.realPath(path))) return outside;
      const text = host.read(path);
      // A link may have been turned elsewhere in between.
      return text.kind === 'text' && !mayRead(text.identity) ? outside : text;
    },
  };
}

function defaultRoots(host: ScenarioHost, named: readonly string[]): readonly string[] {
  const folders = ['.', ...named.map((path) => (host.entry(path) === 'folder' ? path : dirname(path)))];
  const all = new Set(folders.map((path) => repositoryOf(host.realPath(path), host)));
  return [...all].filter((folder) => ![...all].some((other) => other !== folder && isWithin(folder, other)));
}

/** The nearest folder around a folder that is a repository; where there is none, the folder itself. */
function repositoryOf(folder: string, host: ScenarioHost): string {
  for (let around = folder; ; around = dirname(around)) {
    if (host.entry(join(around, '.git')) !== 'missing') return around;
    if (dirname(around) === around) return folder;
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
