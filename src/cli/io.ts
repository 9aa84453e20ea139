/** What the command line needs of the world around it, handed in so that tests can stand in for it. */
import type { ScenarioHost, Shell } from '../toolkit.js';
import type { Environment } from './environment.js';
import type { StartWork } from './work.js';

/** One of the two streams that a command writes to. */
export interface Screen {
  write(text: string): void;
  /** Why something that was written is lost, if it is; by default nothing is. */
  lost?(): string | undefined;
  /** Whether a person is looking at it. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** How many colours it can show, as chalk counts: 0 for none. */
  readonly colourLevel: 0 | 1 | 2 | 3;
  /** Whether it has no signs beside those of ASCII; by default it has. */
  readonly showsAsciiAlone?: boolean;
}

/** What is told goes there. */
export interface Screens {
  readonly out: Screen;
  readonly err: Screen;
  /** The shell that the user types commands into; default `posix`. */
  readonly shell?: Shell;
  /** Where a CI server says what it is, and what it reads. */
  readonly environment: Environment;
}

/** What commands work with. */
export interface WorkIo {
  readonly host: ScenarioHost;
  /** What scenarios can import from `ldfi`. */
  readonly names: () => readonly string[];
  readonly environment: Environment;
  /** The folder that `init` writes to. */
  readonly folder: string;
  /** Of the package. */
  readonly version: string;
  /** How many threads there is room for. */
  readonly room: number;
}

/** What the command line is run by. */
export interface CliIo extends Screens {
  readonly start: StartWork;
  /** Waits, within reason, for what work has left running, such as a timer. */
  settle(): Promise<void>;
  /** Fulfilled when the user asks to stop. */
  readonly interruption: Promise<unknown>;
  /** Fulfilled when he asks once more. */
  readonly impatience: Promise<unknown>;
  /** Milliseconds that a step may take at least, whatever `--timeout` says; default half a minute. */
  readonly leastStep?: number;
}
