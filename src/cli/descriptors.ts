/**
 * Standard output and error past their streams: some loggers write to the descriptors 1 and 2 by themselves. In a
 * thread of work, what they write is print like any other.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Writing = (target: unknown, data: unknown, ...rest: readonly unknown[]) => unknown;

/** The functions of `node:fs` that take a descriptor, and whether they tell how much they wrote. */
const WRITING = {
  write: true,
  writeSync: true,
  writev: true,
  writevSync: true,
  writeFile: false,
  writeFileSync: false,
  appendFile: false,
  appendFileSync: false,
} as const;

/** Only for a thread of its own: it changes what `node:fs` is to all that is loaded there. */
export function redirectDescriptors(print: (text: string) => void): void {
  // While handlers run, that of the process is a trap.
  const nextTick = process.nextTick.bind(process);
  for (const [name, counts] of Object.entries(WRITING)) {
    const own = fs[name as keyof typeof WRITING] as Writing;
    const printing: Writing = (target, data, ...rest) => {
      if (target !== 1 && target !== 2) return own(target, data, ...rest);
      const bytes = bytesOf(data, rest);
      print(bytes.toString());
      const told = counts ? [bytes.length, data] : [];
      const callback = rest.at(-1);
      if (typeof callback === 'function') nextTick(callback, null, ...told);
      return name.endsWith('Sync') ? told[0] : undefined;
    };
    Object.assign(fs, { [name]: printing });
  }
  syncBuiltinESMExports();
}

/** What is to be written: of a buffer the part that `rest` begins with, as an offset and a length or as options. */
function bytesOf(data: unknown, [first, second]: readonly unknown[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data.map((each) => bytesOf(each, [])));
  if (!ArrayBuffer.isView(data)) return Buffer.from(String(data));
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const { offset, length } =
    typeof first === 'object' && first !== null
      ? (first as { readonly offset?: unknown; readonly length?: unknown })
      : { offset: first, length: second };
  const start = typeof offset === 'number' ? offset : 0;
  return bytes.subarray(start, typeof length === 'number' ? start + length : undefined);
}
