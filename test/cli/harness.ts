/** The command line in this process, on files that are not there or in a folder of their own. */
import { join, relative } from 'node:path';
import * as library from '../../src/index.js';
import { runCli } from '../../src/cli/cli.js';
import { scenarioHost } from '../../src/runner/files/file-system.js';
import type { CliIo, Screen, WorkIo } from '../../src/cli/io.js';
import { perform } from '../../src/cli/perform.js';
import type { WorkEnding, StartWork, Supervised } from '../../src/cli/work.js';
import type { ScenarioHost } from '../../src/runner/files/host.js';
import { moduleLoader } from '../../src/runner/files/modules.js';

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
  /** Whether what is written to shows nothing else; default no. */
  readonly ascii?: boolean;
  readonly columns?: number;
  readonly interruption?: Promise<void>;
  /** Default 1. */
  readonly room?: number;
}

const fileSystem = scenarioHost(moduleLoader({ exports: () => library, entries: () => ({}) }));

export async function ldfi(args: readonly string[], surroundings: Surroundings = {}): Promise<Told> {
  const {
    files,
    folder = '.',
    environment = {},
    terminal = false,
    ascii = false,
    columns = 80,
    room = 1,
  } = surroundings;
  const out: string[] = [];
  const err: string[] = [];
  const screen = (texts: string[]): Screen => ({
    write: (text) => texts.push(text),
    isTerminal: terminal,
    showsAsciiAlone: ascii,
    columns,
    colourLevel: terminal ? 1 : 0,
  });
  const host = files === undefined ? hostIn(folder) : hostOf(files);
  const io: CliIo = {
    out: screen(out),
    err: screen(err),
    start: startHere({
      host,
      names: () => Object.keys(library),
      environment,
      folder,
      version: VERSION,
      room,
    }),
    settle: () => Promise.resolve(),
    interruption: surroundings.interruption ?? NEVER,
    impatience: NEVER,
    environment,
  };
  const code = await runCli(args, VERSION, io);
  return { code, out: out.join(''), err: err.join('') };
}

const VERSION = '1.2.3';

const NEVER = new Promise<void>(() => undefined);

/** Work in this very thread, which nothing ends before it is done. What it tells is copied, as it is between threads. */
function startHere(io: WorkIo): StartWork {
  return (request, supervisor) => {
    let isStopped = false;
    let stop: () => void = () => undefined;
    const stopped = new Promise<WorkEnding>((resolve) => {
      stop = () => {
        isStopped = true;
        resolve({ kind: 'lost', reason: 'it was stopped' });
      };
    });
    const supervised: Supervised = {
      tell: (event) => {
        if (!isStopped) supervisor.tell(structuredClone(event));
      },
      next: () => Promise.resolve(isStopped ? undefined : supervisor.next()),
    };
    const done = perform(structuredClone(request), io, supervised).then((): WorkEnding => ({ kind: 'done' }));
    return {
      ended: Promise.race([stopped, done]),
      stop: () => {
        stop();
        return Promise.resolve();
      },
    };
  };
}

/** What a process has that works in a folder. */
export function ioIn(folder: string, environment: Readonly<Record<string, string>>): WorkIo {
  return {
    host: hostIn(folder),
    names: () => Object.keys(library),
    environment,
    folder,
    version: VERSION,
    room: 1,
  };
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
