/** What another process has computed so far. */
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds that the first thread of this process has computed. @throws Error where the system does not tell */
export function mainThreadTime(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

/**
 * Milliseconds that a process has computed, as Linux keeps it for each of its threads; undefined elsewhere, or once the
 * process is gone.
 */
export function processorTimeOf(pid: number): number | undefined {
  const threads = `/proc/${pid}/task`;
  try {
    const times = readdirSync(threads).map((thread) =>
      Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return times.reduce((total, time) => total + time, 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** Linux counts in hundredths of a second. */
const TICK = 10;

/** The same of all threads that a process has and had, the least that Linux tells being 10 milliseconds. */
export function wholeTimeOf(pid: number): number | undefined {
  try {
    // The name of the program may hold anything.
    const [, fields] = /^.*\)(.*)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim())!;
    const [user, system] = fields.trim().split(' ').slice(11, 13).map(Number);
    return (user + system) * TICK;
  } catch {
    return undefined;
  }
}
