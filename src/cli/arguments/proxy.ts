/** `ldfi proxy`, as it is typed. */
import type { Form } from '../../toolkit.js';
import { PROXY_HELP } from '../help.js';
import type { Invocation } from '../invocation.js';
import { OptionReader, typed } from '../options.js';
import type { DescribedCommand } from './command.js';
import { coloured } from './describe.js';
import { ADDRESS, LOOPBACK, PORT, type RawListenOptions } from './listening.js';
import { orWrong, sessionOf } from './read.js';

interface RawProxyOptions extends RawListenOptions {
  readonly to?: string;
  readonly print?: string;
}

const DEFAULT_PORT = 8080;

export const describeProxy: DescribedCommand = (program, ask) => {
  const command = program
    .command('proxy')
    .description('Stand before what a service calls, and fail the calls that its requests name.')
    .option('--listen <port>', `where the calls come in (default: ${DEFAULT_PORT})`)
    .option('--to <address>', 'where they go (default: where each says itself, as by HTTP_PROXY)')
    .option('--service <name>', 'what makes the calls (default: $OTEL_SERVICE_NAME)')
    .option('--allow-host <address>', 'listen at this address, and not on this machine alone')
    .option('--print <rules>', 'print `haproxy`, rules that do the same, or `lua`, the script they need');
  coloured(command)
    .addHelpText('after', PROXY_HELP)
    .action((raw: RawProxyOptions) => {
      ask(readProxy(raw));
    });
};

function readProxy(raw: RawProxyOptions): Invocation {
  const reader = new OptionReader();
  const to = reader.read(ADDRESS, typed('--to', raw.to))?.value;
  const print = reader.read(RULES, typed('--print', raw.print))?.value;
  if (print === 'haproxy' && raw.to === undefined)
    reader.report('RUN101', 'rules are for the calls to one address', { hint: 'add --to <address>' });
  const port = reader.read(PORT, typed('--listen', raw.listen))?.value ?? DEFAULT_PORT;
  return orWrong(
    {
      kind: 'proxy',
      host: raw.allowHost ?? LOOPBACK,
      port,
      target: to === undefined ? undefined : new URL(to),
      service: raw.service,
      print,
      session: sessionOf(raw),
    },
    reader,
  );
}

const RULES: Form<'haproxy' | 'lua'> = {
  read: (text) => (text === 'haproxy' || text === 'lua' ? text : undefined),
  expected: '`haproxy` or `lua`',
  types: ['string'],
};
