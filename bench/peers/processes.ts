/** Other programs, with the processor time that they take: on a machine that does other things, the clock tells little. */
import { spawnSync } from 'node:child_process';

export interface Finished {
  /** Of both kinds, in the order in which it was written. */
  readonly output: string;
  /** Seconds of processor time, of its threads and of the processes that it waited for. */
  readonly computed: number;
  readonly outOfTime: boolean;
}

export interface Conditions {
  /** Default this process's own. */
  readonly cwd?: string;
  readonly input?: string;
  /** Of processor time, after which it is ended. */
  readonly seconds: number;
}

/** Bash measures to the millisecond; what Node tells of its children has ticks of ten. */
const MEASURE = 'ulimit -t "$1"; shift; TIMEFORMAT="%3U %3S"; time "$@" 2>&1';

/** How a shell tells of who was ended by SIGXCPU or SIGKILL, as whoever passes the limit is. */
const ENDED = [128 + 24, 128 + 9];

/** @throws Error where the program cannot be run */
export function run(command: readonly string[], { cwd, input, seconds }: Conditions): Finished {
  const { status, stdout, stderr, error } = spawnSync(
    'bash',
    ['-c', MEASURE, 'bash', String(seconds), ...command],
    { cwd, input: input ?? '', encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: 'C' } },
  );
  if (error !== undefined) throw error;
  const times = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr);
  if (times === null) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`);
  const outOfTime = ENDED.includes(status!);
  // The system may count what it ends a process for otherwise than what it tells afterwards.
  const computed = outOfTime ? seconds : Number(times[1]) + Number(times[2]);
  return { output: stdout, computed, outOfTime };
}

export function isInstalled(program: string): boolean {
  return spawnSync('bash', ['-c', 'command -v "$1"', 'bash', program]).status === 0;
}
