/** What `npm run bench:peers` is asked to do. */
import { parseArgs } from 'node:util';
import { positive } from '../options.js';

export interface PeerOptions {
  /** Rows whose name it matches. */
  readonly only: RegExp;
  /** Checks in a warm process, of which the median is taken. */
  readonly runs: number;
  /** Of processor time, for each search. */
  readonly seconds: number;
  /** Whether the documentation is to have what is printed. */
  readonly write: boolean;
}

export const HELP = `npm run bench:peers -- [options]

  --only <pattern>   rows whose name matches this regular expression, such as 'delivery' or '8/4/0$'
  --runs <number>    checks in a warm process, of which the median is taken (default: 5)
  --seconds <number> of processor time for each search, after which it has no verdict (default: 60)
  --write            put what is printed into the documentation as well
`;

/** Options, or what to tell a user who asked for help or was not understood. */
export type PeerRequest =
  | { readonly kind: 'options'; readonly options: PeerOptions }
  | { readonly kind: 'help'; readonly problem: string | undefined };

export function readPeerRequest(args: readonly string[]): PeerRequest {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', default: '' },
        runs: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '60' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help', problem: undefined };
    const options = {
      only: new RegExp(values.only),
      runs: positive('--runs', values.runs),
      seconds: positive('--seconds', values.seconds),
      write: values.write,
    };
    return { kind: 'options', options };
  } catch (error) {
    return { kind: 'help', problem: error instanceof Error ? error.message : String(error) };
  }
}
