/** `ldfi proxy`: stands before what a service calls until the user interrupts it; or says how HAProxy can. */
import {
  calleeAt,
  diagnostic,
  haproxyRules,
  haproxyScript,
  makeProxy,
  readInjectionSettings,
  readServices,
  reasonOf,
  type InjectionSettings,
} from '../toolkit.js';
import type { ProxyInvocation } from './invocation.js';
import type { CliIo } from './io.js';
import type { Teller } from './teller.js';

/** @param variables of the environment, which says what the campaign is */
export async function standBefore(
  invocation: ProxyInvocation,
  variables: NodeJS.ProcessEnv,
  teller: Teller,
  io: CliIo,
): Promise<void> {
  const campaign = readInjectionSettings(variables, SERVICE);
  const settings = campaign && { ...campaign, service: invocation.service ?? campaign.service };
  if (invocation.print !== undefined) io.out.write(rulesOf(invocation, readServices(variables)));
  else if (settings === undefined)
    teller.diagnose([
      diagnostic('RUN101', 'no campaign is named', { hint: 'set LDFI_CAMPAIGN to its token' }),
    ]);
  else await proxy(settings, invocation, teller, io);
}

/** What makes the calls, where nobody says. */
const SERVICE = 'service';

function rulesOf(
  { print, service, target, host, port }: ProxyInvocation,
  services: InjectionSettings['services'],
): string {
  if (print === 'lua' || target === undefined) return haproxyScript();
  const address = `${target.hostname}:${target.port || '80'}`;
  const callee = calleeAt(services, target.hostname, Number(target.port) || 80);
  return haproxyRules({ caller: service ?? SERVICE, callee, listen: `${host}:${port}`, target: address });
}

async function proxy(
  settings: InjectionSettings,
  options: ProxyInvocation,
  teller: Teller,
  io: CliIo,
): Promise<void> {
  const { host, port, target } = options;
  const made = await makeProxy(settings, options, (reason) => {
    io.err.write(`Spans are lost: ${reason}\n`);
  });
  try {
    const listening = await made.listen();
    const what = target === undefined ? 'all that it calls' : target.origin;
    io.err.write(`Between ${settings.service} and ${what} at http://${host}:${listening}; Ctrl-C ends it\n`);
    await io.interruption;
    await made.close();
  } catch (error) {
    teller.diagnose([diagnostic('RUN508', `nothing can be received at ${host}:${port}: ${reasonOf(error)}`)]);
  }
}
