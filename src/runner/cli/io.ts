/** What the command line needs of the world around it, handed in so that tests can stand in for it. */
import type { SourceHost } from '../../model/dedalus/load.js';

/** One of the two streams that a command writes to. */
export interface Screen {
  write(text: string): void;
  /** Whether a person is looking at it. */
  readonly isTerminal: boolean;
  readonly columns: number;
  /** How many colours it can show, as chalk counts: 0 for none. */
  readonly colourLevel: 0 | 1 | 2 | 3;
}

export interface CliIo {
  readonly out: Screen;
  readonly err: Screen;
  readonly host: SourceHost;
  /** Resolved when the user asks to stop while nothing is being computed. */
  readonly interruption: Promise<void>;
}
