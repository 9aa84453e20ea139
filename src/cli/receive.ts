/** `ldfi trace --listen`: receives until the user interrupts it, and then reads what was received. */
import { diagnostic, reasonOf, type ReceiverOptions, TraceReceiver } from '../toolkit.js';
import type { TraceInvocation } from './invocation.js';
import type { CliIo } from './io.js';
import { supervise } from './supervise.js';
import type { Teller } from './teller.js';

/** The first interruption ends the receiving, the second the reading. */
export async function receiveTraces(
  invocation: TraceInvocation,
  options: ReceiverOptions,
  teller: Teller,
  io: CliIo,
): Promise<void> {
  const receiver = new TraceReceiver(options);
  try {
    const port = await portOf(receiver, options, teller);
    if (port === undefined) return;
    io.err.write(`Listening at http://${options.host}:${port}/v1/traces; Ctrl-C ends it\n`);
    await io.interruption;
    await receiver.close();
    const inputs = [...invocation.inputs, receiver.folder];
    await supervise({ ...invocation, inputs }, teller, { ...io, interruption: io.impatience });
  } finally {
    receiver.dispose();
  }
}

/** Undefined where it cannot listen, which is told. */
async function portOf(
  receiver: TraceReceiver,
  { host, port }: ReceiverOptions,
  teller: Teller,
): Promise<number | undefined> {
  try {
    return await receiver.listen();
  } catch (error) {
    teller.diagnose([diagnostic('RUN508', `nothing can be received at ${host}:${port}: ${reasonOf(error)}`)]);
    return undefined;
  }
}
