/** What the command line needs of the world around it, handed in so that tests can stand in for it. */
import type { Shell } from '../report/command.js';
import type { ScenarioHost } from '../scenario/host.js';
import type { Environment } from './environment.js';

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
}

export interface CliIo {
  readonly out: Screen;
  readonly err: Screen;
  readonly host: ScenarioHost;
  /** What scenarios can import from `ldfi`. */
  readonly names: readonly string[];
  readonly environment: Environment;
  /** The shell that the user types commands into; default `posix`. */
  readonly shell?: Shell;
  /** The folder that `init` writes to. */
  readonly folder: string;
  /** Resolved when the user asks to stop while nothing is being computed. */
  readonly interruption: Promise<void>;
}
