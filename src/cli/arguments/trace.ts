/** `ldfi trace`, as it is typed. */
import {
  duration,
  integerForm,
  optionForms,
  PredicateError,
  readPredicate,
  type ReceiverOptions,
  type TraceQuery,
} from '../../toolkit.js';
import { TRACE_HELP } from '../help.js';
import type { Invocation, SessionOptions } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { presented } from './describe.js';
import { ADDRESS, LOOPBACK, PORT, type RawListenOptions } from './listening.js';
import { orWrong, sessionOf } from './read.js';

interface RawTraceOptions extends RawListenOptions {
  readonly strict?: boolean;
  readonly where?: string;
  readonly from?: string;
  readonly operation?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly outcome?: string;
  readonly maxFaults?: string;
  readonly html?: string;
  readonly picture?: string;
}

export const describeTrace: DescribedCommand = (program, ask) => {
  const command = program
    .command('trace [input...]')
    .description('Read traces of a running system: what it survived, and what to let fail next.')
    .option('--from <address>', 'ask a server of Zipkin or Jaeger, such as http://localhost:9411')
    .option('--listen <port>', 'receive traces of OpenTelemetry over HTTP, until Ctrl-C; most send to 4318')
    .option('--allow-host <address>', 'listen at this address, and not on this machine alone')
    .option('--service <name>', 'of what a server is asked for (default: all)')
    .option('--operation <name>', 'of what a server is asked for (default: all)')
    .option('--since <time>', 'how far back a server is asked (default: 1h)')
    .option('--limit <number>', 'the most traces to ask a server for, of each service (default: 1000)')
    .option('--max-faults <number>', 'the most calls to let fail together (default: 2)')
    .option('--where <predicate>', "look at these requests alone, such as 'latency > 500ms'")
    .option('--outcome <predicate>', 'which outcomes are good (default: those whose root span did not fail)')
    .option('--strict', 'conclude nothing where a trace has a flaw')
    .option('--html <file>', 'write a page as well, which any browser shows')
    .option('--picture <trace>', 'draw the calls of a trace, by its id or the beginning of that');
  presented(command, 'ldfi schema trace')
    .addHelpText('after', TRACE_HELP)
    .action((inputs: string[], raw: RawTraceOptions) => {
      ask(readTrace(inputs, raw));
    });
};

const DEFAULT_SINCE = 3_600_000;
const DEFAULT_LIMIT = 1000;

function readQuery(raw: RawTraceOptions, reader: OptionReader): TraceQuery | undefined {
  const { from, service, operation } = raw;
  const since = reader.read(duration, typed('--since', raw.since))?.value ?? DEFAULT_SINCE;
  const limit = reader.read(optionForms.amount, typed('--limit', raw.limit))?.value ?? DEFAULT_LIMIT;
  if (from === undefined) {
    const asked = [service, operation, raw.since, raw.limit].some((value) => value !== undefined);
    if (asked)
      reader.report('RUN101', '--service, --operation, --since and --limit ask a server', {
        hint: 'add --from <address>, or choose requests by --where',
      });
    return undefined;
  }
  const address = reader.read(ADDRESS, typed('--from', from))?.value;
  return address === undefined ? undefined : { address, service, operation, since: Math.ceil(since), limit };
}

function readListen(
  { listen, allowHost }: RawListenOptions,
  reader: OptionReader,
): ReceiverOptions | undefined {
  const port = reader.read(PORT, typed('--listen', listen))?.value;
  if (listen === undefined && allowHost !== undefined)
    reader.report('RUN101', '--allow-host is about --listen', { hint: 'add --listen <port>' });
  return port === undefined ? undefined : { host: allowHost ?? LOOPBACK, port };
}

const MAX_FAULTS = integerForm({ least: 1, most: 10 });
const DEFAULT_MAX_FAULTS = 2;

function checkPredicate(flag: string, text: string | undefined, reader: OptionReader): void {
  if (text === undefined) return;
  try {
    readPredicate(text);
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error;
    const span = { source: { name: flag, text }, start: error.at, end: Math.min(error.at + 1, text.length) };
    reader.report('RUN505', `${flag} is no predicate: ${error.message}`, {
      span,
      hint: 'such as `latency > 500ms and not call ~ "ads"`',
    });
  }
}

function readTrace(inputs: readonly string[], raw: RawTraceOptions): Invocation {
  const reader = new OptionReader();
  if (inputs.length === 0 && raw.from === undefined && raw.listen === undefined)
    reader.report('RUN101', 'no traces are named', {
      expected:
        'files, folders or addresses, `-` for standard input, `--from <address>`, or `--listen <port>`',
      hint: '`ldfi trace --help` shows examples',
    });
  const { where, outcome, html, picture } = raw;
  checkPredicate('--where', where, reader);
  checkPredicate('--outcome', outcome, reader);
  const maxFaults =
    reader.read(MAX_FAULTS, typed('--max-faults', raw.maxFaults))?.value ?? DEFAULT_MAX_FAULTS;
  const strict = raw.strict === true;
  const session: SessionOptions = { ...sessionOf(raw), document: 'traces' };
  if (picture !== undefined && raw.json === true)
    reader.report('RUN101', '--picture draws for a person, and --json prints for programs', {
      hint: 'leave one of them out',
    });
  const query = readQuery(raw, reader);
  return orWrong(
    {
      kind: 'trace',
      inputs,
      query,
      listen: readListen(raw, reader),
      strict,
      where,
      outcome,
      maxFaults,
      html,
      picture,
      session,
    },
    reader,
  );
}
