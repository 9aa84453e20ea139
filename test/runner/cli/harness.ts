/** The command line in this process, on files that are not there or in a folder of their own. */
import { join, relative } from 'node:path';
import * as library from '../../../src/index.js';
import { runCli } from '../../../src/runner/cli/cli.js';
import { scenarioHost } from '../../../src/runner/cli/host.js';
import type { CliIo, Screen } from '../../../src/runner/cli/io.js';
import type { ScenarioHost } from '../../../src/runner/scenario/host.js';
import { moduleLoader } from '../../../src/runner/scenario/modules.js';

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** By name; undefined for the file system. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of the file system, the working folder. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly interruption?: Promise<void>;
}

const fileSystem = scenarioHost(moduleLoader({ exports: library, entries: {} }));

export async function ldfi(args: readonly string[], surroundings: Surroundings = {}): Promise<Told> {
  const { files, folder = '.', environment = {}, terminal = false, columns = 80 } = surroundings;
  const out: string[] = [];
  const err: string[] = [];
  const screen = (texts: string[]): Screen => ({
    write: (text) => texts.push(text),
    isTerminal: terminal,
    columns,
    colourLevel: terminal ? 1 : 0,
  });
  const io: CliIo = {
    out: screen(out),
    err: screen(err),
    host: files === undefined ? hostIn(folder) : hostOf(files),
    names: Object.keys(library),
    environment,
    folder,
    interruption: surroundings.interruption ?? new Promise(() => undefined),
  };
  const code = await runCli(args, '1.2.3', io);
  return { code, out: out.join(''), err: err.join('') };
}

/** What a process has that works in a folder, and that nobody looks at. */
export function ioIn(folder: string, environment: Readonly<Record<string, string>>): CliIo {
  const screen: Screen = { write: () => undefined, isTerminal: false, columns: 80, colourLevel: 0 };
  const interruption = new Promise<void>(() => undefined);
  const names = Object.keys(library);
  return { out: screen, err: screen, host: hostIn(folder), names, environment, folder, interruption };
}

/** The file system as a process sees it that works in a folder. */
function hostIn(folder: string): ScenarioHost {
  const at = (path: string) => join(folder, path);
  const absolute = (path: string) => (path.startsWith('/') ? path : at(path));
  return {
    ...fileSystem,
    read: (path) => fileSystem.read(absolute(path)),
    entry: (path) => fileSystem.entry(absolute(path)),
    realPath: (path) => fileSystem.realPath(absolute(path)),
    walk: (path) => {
      const { files, unreadable } = fileSystem.walk(at(path));
      return { files: files.map((file) => relative(folder, file)), unreadable };
    },
    display: (path) => relative(folder, path),
  };
}

function hostOf(files: Readonly<Record<string, string>>): ScenarioHost {
  return {
    read: (path) =>
      path in files ? { kind: 'text', text: files[path], identity: path } : { kind: 'missing' },
    resolve: (_, include) => include,
    entry: (path) => (path in files ? 'file' : 'missing'),
    realPath: (path) => path,
    walk: () => ({ files: [], unreadable: [] }),
    load: () => Promise.resolve({ kind: 'loaded', exports: {} }),
    display: (path) => path,
  };
}

/** A message that is sent once, so that one loss violates. */
export const HELLO = `// ldfi: nodes a, b
// ldfi: bounds 3/2/0 expect violated
friend("a", "b")@1;
hello(B, A)@async :- friend(A, B);
heard(B, A)@next :- hello(B, A);
pre(A, B) :- friend(A, B)@1;
post(A, B) :- friend(A, B)@1, heard(B, A);
`;

/** The same, repeated until the end: losses before EFF are made up for. */
export const PERSISTENT = `// ldfi: nodes a, b
// ldfi: bounds 5/3/0 expect certified
friend("a", "b")@1;
friend(A, B)@next :- friend(A, B);
hello(B, A)@async :- friend(A, B);
heard(B, A) :- hello(B, A);
heard(B, A)@next :- heard(B, A);
pre(A, B) :- friend(A, B);
post(A, B) :- friend(A, B), heard(B, A);
`;

/** Its specification asks for nothing. */
export const IDLE = `// ldfi: nodes a, b
// ldfi: bounds 4/2/0
friend("a", "b")@1;
pre(A, B) :- friend(A, B), A == B;
post(A, B) :- friend(A, B);
`;
