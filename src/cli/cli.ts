/** The command line as a function from words to an exit code. */
import { loadJsonSchema } from '../index.js';
import {
  loadExplanationSchema,
  loadListSchema,
  loadProtectSchema,
  loadRepairSchema,
  loadToleranceSchema,
  loadTraceSchema,
} from '../toolkit.js';
import { readArguments } from './arguments.js';
import { asciiScreens } from './ascii.js';
import { codesText } from './codes.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Invocation, SchemaName } from './invocation.js';
import type { CliIo } from './io.js';
import { reportsFor } from './reports.js';
import type { Signals } from './signals/signals.js';
import { supervise } from './supervise.js';
import { Teller } from './teller.js';

const SCHEMAS: Readonly<Record<SchemaName, () => Promise<object>>> = {
  checks: loadJsonSchema,
  traces: loadTraceSchema,
  explanations: loadExplanationSchema,
  lists: loadListSchema,
  tolerances: loadToleranceSchema,
  protections: loadProtectSchema,
  repairs: loadRepairSchema,
};

/**
 * Ends when the work is done, or when the user has interrupted it.
 *
 * @param args what was typed after the name of the program
 * @param version that of the package
 */
export async function runCli(args: readonly string[], version: string, io: CliIo): Promise<ExitCode> {
  const invocation = readArguments(args, version);
  if (invocation.kind === 'text') return say(invocation.text, invocation.misused, io);
  if (invocation.kind === 'schema') {
    const schema = await SCHEMAS[invocation.document]();
    return say(`${JSON.stringify(schema, undefined, 2)}\n`, false, io);
  }
  if (invocation.kind !== 'codes') return answer(invocation, version, io);
  const { codes, unknown } = invocation;
  if (unknown === undefined) return say(codesText(codes), false, io);
  if (codes.length > 0) say(codesText(codes), false, io);
  return answer(unknown, version, io);
}

async function answer(invocation: Asked, version: string, io: CliIo): Promise<ExitCode> {
  const signals = await signalsOf(invocation, version, io);
  const shown = isForPeople(invocation) ? asciiScreens(io, invocation.session.ascii) : io;
  const newTeller = () =>
    new Teller(
      signals?.screens(shown) ?? shown,
      { ...invocation.session, reports: reportsFor(invocation, io.environment) },
      version,
      signals,
    );
  if (invocation.kind === 'check' && invocation.watch) {
    // Few runs need it.
    const { watchChecks } = await import('./watch.js');
    const code = await watchChecks(invocation, newTeller, io);
    await signals?.end(code);
    await io.settle();
    return code;
  }
  const teller = newTeller();
  if (invocation.kind === 'wrong') teller.diagnose(invocation.diagnostics);
  else if (invocation.kind === 'trace' && invocation.listen !== undefined) {
    // Few runs need it.
    const { receiveTraces } = await import('./receive.js');
    await receiveTraces(invocation, invocation.listen, teller, io);
  } else if (invocation.kind === 'proxy') {
    const { standBefore } = await import('./proxy-command.js');
    await standBefore(invocation, process.env, teller, io);
  } else await supervise(invocation, teller, io);
  await teller.finish();
  const lost = io.out.lost?.();
  if (lost !== undefined) teller.tellLost(lost);
  const unsent = await signals?.end(teller.exitCode);
  if (unsent !== undefined) teller.tellUnsent(unsent);
  await io.settle();
  return teller.exitCode;
}

/** Whether what is printed is read as it stands by no program. */
function isForPeople(invocation: Asked): boolean {
  const { kind, session } = invocation;
  if (session.presentation === 'document' || kind === 'print' || kind === 'proxy') return false;
  const { runForm = 'text' } = session;
  return runForm === 'text' && (!('form' in invocation) || invocation.form === 'text');
}

/** What is more than a text that is known at once. */
type Asked = Exclude<Invocation, { readonly kind: 'text' | 'schema' | 'codes' }>;

/** Commands that tell of themselves, where that is asked for. */
const TOLD_OF: readonly Invocation['kind'][] = ['check', 'replay', 'explain', 'verify', 'trace'];

async function signalsOf(
  { kind, session: { log } }: Asked,
  version: string,
  { err, environment: variables }: CliIo,
): Promise<Signals | undefined> {
  const isSent = Object.keys(variables).some((name) => /^OTEL_EXPORTER_OTLP_.*ENDPOINT$/.test(name));
  if (!log && !(isSent && TOLD_OF.includes(kind))) return undefined;
  // Few runs need it.
  const { Signals } = await import('./signals/signals.js');
  return new Signals({ command: kind, version, log, variables }, err);
}

function say(text: string, misused: boolean, io: CliIo): ExitCode {
  (misused ? io.err : io.out).write(text);
  return misused || io.out.lost?.() !== undefined ? EXIT.unable : EXIT.certified;
}
