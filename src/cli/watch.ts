/** `ldfi check --watch`: checks again what rests on a file that changed, and nothing else, until the user ends it. */
import { existsSync } from 'node:fs';
import { plural } from '../toolkit.js';
import { nextChange } from './changes.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { CheckInvocation } from './invocation.js';
import type { CliIo } from './io.js';
import { supervise } from './supervise.js';
import type { Teller } from './teller.js';

/** Empties a terminal, with what was scrolled away. */
const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

/** @param newTeller of each round */
export async function watchChecks(
  invocation: CheckInvocation,
  newTeller: () => Teller,
  io: CliIo,
): Promise<ExitCode> {
  /** What each file of scenarios rests on, as it was when it was last looked at. */
  const sources = new Map<string, readonly string[]>();
  let only: readonly string[] | undefined;
  for (let round = 1; ; round++) {
    if (round > 1 && io.out.isTerminal) io.out.write(CLEAR);
    const since = Date.now();
    const teller = newTeller();
    await supervise(only === undefined ? invocation : { ...invocation, only }, teller, io);
    await teller.finish();
    if (only === undefined) sources.clear();
    for (const { files } of teller.watched) for (const each of files) sources.set(each.file, each.sources);
    const all = teller.watched.flatMap((each) => each.all);
    const folders = teller.watched.flatMap((each) => each.folders);
    if (teller.exitCode === EXIT.interrupted) return EXIT.interrupted;
    const files = [...new Set([...all, ...[...sources.values()].flat()])];
    // Some may come to be.
    const there = files.filter((path) => existsSync(path));
    io.err.write(`watching ${plural(there.length, 'file')}; Ctrl-C ends\n`);
    const changed = await nextChange({ files, folders }, since, io.interruption);
    if (changed === undefined) return EXIT.interrupted;
    const isWhole = [...all, ...folders].some((path) => changed.has(path)) || sources.size === 0;
    only = isWhole
      ? undefined
      : [...sources].filter(([, own]) => own.some((path) => changed.has(path))).map(([file]) => file);
  }
}
