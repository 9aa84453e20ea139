/** Where traces are read from: files, folders, standard input and addresses. */
import { createReadStream, fstatSync, readdirSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { compareStrings } from '../../model/order.js';
import { reasonOf } from '../files/file-system.js';

export interface TraceSource {
  /** As people know it. */
  readonly name: string;
  /** @throws Error where it cannot be read */
  open(): AsyncIterable<Uint8Array>;
}

/** An input that leads to nothing. */
export interface MissingSource {
  readonly name: string;
  readonly reason: string;
}

/** What files of a folder are called that may hold traces. */
const EXTENSIONS = /\.(?:json|jsonl|ndjson|pb|binpb|protobuf)(?:\.gz)?$/i;

/**
 * @param inputs paths, addresses, or `-` for standard input
 * @param folder that paths start from
 */
export function findSources(
  inputs: readonly string[],
  folder: string,
): { readonly sources: readonly TraceSource[]; readonly missing: readonly MissingSource[] } {
  const sources: TraceSource[] = [];
  const missing: MissingSource[] = [];
  for (const input of inputs) {
    if (input === '-') sources.push(standardInput);
    else if (/^https?:\/\//i.test(input)) sources.push(addressSource(input));
    else
      try {
        sources.push(...pathSources(input, folder));
      } catch (error) {
        missing.push({ name: input, reason: absent(error) ?? reasonOf(error) });
      }
  }
  return { sources, missing };
}

const standardInput: TraceSource = {
  name: 'standard input',
  open: () => {
    const stats = fstatSync(0);
    // What is piped may be set not to be waited for, and then it is a stream of the network or none.
    return stats.isFIFO() || stats.isSocket()
      ? new Socket({ fd: 0, readable: true, writable: false })
      : createReadStream('', { fd: 0, autoClose: false });
  },
};

function addressSource(address: string): TraceSource {
  return {
    name: address,
    open: () => fetched(address),
  };
}

/** The body of what an address answers. @throws Error where it answers nothing, or an error */
export async function* fetched(address: string | URL, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  let answer: Response;
  try {
    answer = await fetch(address, signal === undefined ? {} : { signal });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`nothing answers there: ${reasonOf(cause)}`, { cause: error });
  }
  if (!answer.ok) throw new Error(`it answers ${answer.status} ${answer.statusText}`.trimEnd());
  if (answer.body !== null) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
}

function pathSources(path: string, folder: string): readonly TraceSource[] {
  const absolute = resolve(folder, path);
  if (!statSync(absolute).isDirectory()) return [fileSource(path, absolute)];
  const files = filesBelow(absolute);
  if (files.length === 0) throw new Error('it has no file whose name ends as those of traces do');
  return files.map((file) => fileSource(join(path, file), join(absolute, file)));
}

function fileSource(name: string, path: string): TraceSource {
  return { name, open: () => createReadStream(path, { highWaterMark: 2 ** 18 }) };
}

/** Paths below a folder, in a fixed order. */
function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => compareStrings(a.name, b.name));
  return entries.flatMap((entry) => {
    // Folders that are links may lead back to where they are.
    if (entry.isDirectory())
      return filesBelow(join(folder, entry.name)).map((file) => join(entry.name, file));
    return EXTENSIONS.test(entry.name) && statSync(join(folder, entry.name)).isFile() ? [entry.name] : [];
  });
}

function absent(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
    ? 'there is no such file'
    : undefined;
}
