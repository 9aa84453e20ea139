/** One run of a system: the request is sent with the faults that it is to meet, and judged by what came of it. */
import { readCallFault, writeBaggage, type CallFault } from '../../injector/node/contract.js';
import { writeTraceParent, type TraceParent } from '../../injector/node/trace-parent.js';
import { reasonOf } from '../files/file-system.js';
import type { SystemFaults } from '../strategies/marco/system-run.js';
import type { SpanCollector } from './collector.js';
import type { Held, System, SystemAnswer } from '../scenario/define-system.js';
import { liveCalls, type LiveCall } from './observe-calls.js';
import type { Services } from './services.js';
import { SystemError } from './system-error.js';

/** For how long an answer is waited for where the system does not say. */
const PATIENCE = 5_000;

/** For how long calls are waited for that were begun, and not told of, in milliseconds. */
const SETTLE = 1_000;

/** For how long `state` may reset what a run has changed, in milliseconds. */
const RESET = 60_000;

/** The longest answer, in bytes. */
const LONGEST = 4 * 2 ** 20;

export interface LiveRun {
  readonly calls: readonly LiveCall[];
  readonly answer: SystemAnswer;
  /** Why the outcome is not good, as a clause; undefined where it is. */
  readonly problem: string | undefined;
}

export interface RunSetting {
  readonly system: System;
  readonly services: Services;
  readonly collector: SpanCollector;
  readonly campaign: string;
}

/** What a request is to meet. */
export interface PlannedRequest {
  /** The name of the run, as its baggage has it. */
  readonly run: string;
  readonly faults: SystemFaults;
  /** The trace that it begins. */
  readonly trace: TraceParent;
}

export async function runSystem(
  setting: RunSetting,
  { run, faults, trace }: PlannedRequest,
): Promise<LiveRun> {
  const { system, services, collector, campaign } = setting;
  await reset(system);
  await services.revive();
  const planned = new Map(faults.map(({ point, kind }) => [point, plannedFault(kind)] as const));
  const headers = {
    traceparent: writeTraceParent(trace),
    baggage: writeBaggage({ campaign, run, within: undefined, faults: planned }),
  };
  collector.expect(trace.traceId);
  const answer = await answerTo(setting, headers);
  const calls = liveCalls(await collector.take(trace.traceId, SETTLE));
  return { calls, answer, problem: await problemOf(system, answer) };
}

/** @throws SystemError where it does not end */
async function reset({ state }: System): Promise<void> {
  if (typeof state !== 'function') return;
  const isLate = await within(RESET, Promise.resolve(state()));
  if (isLate === LATE) throw new SystemError(`\`state\` has reset nothing within ${RESET / 1000} s`);
}

const LATE = Symbol('late');

/** What a promise comes to, or that it takes longer than so many milliseconds. */
async function within<Value>(limit: number, promise: Promise<Value>): Promise<Value | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, limit, LATE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function plannedFault(kind: string): CallFault {
  const fault = readCallFault(kind);
  if (fault === undefined) throw new Error(`${kind} is no kind of fault of a call`);
  return fault;
}

async function answerTo(
  { system, services }: RunSetting,
  headers: Readonly<Record<string, string>>,
): Promise<SystemAnswer> {
  const { request, patience = PATIENCE } = system;
  const signal = AbortSignal.timeout(patience);
  const url = (service: string): string => services.url(service);
  try {
    if (typeof request === 'function')
      return await Promise.race([request({ headers, url, signal }), abortion(signal)]);
    const { to = Object.keys(system.services)[0], method = 'GET', path, body } = request;
    const isText = body === undefined || typeof body === 'string';
    const response = await fetch(url(to) + path, {
      method,
      headers: {
        ...(!isText && { 'content-type': 'application/json' }),
        ...request.headers,
        ...headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
      redirect: 'manual',
      signal,
    });
    return { status: response.status, body: await textOf(response) };
  } catch (error) {
    const late = signal.aborted ? `none came within ${patience} ms` : undefined;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: 0, body: '', error: late ?? reasonOf(cause) };
  }
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** @throws Error where it is too long */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LONGEST) throw new Error(`it is longer than ${LONGEST} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function problemOf(system: System, answer: SystemAnswer): Promise<string | undefined> {
  const {
    outcome = ({ status }) => status > 0 && status < 400,
    invariants = {},
    patience = PATIENCE,
  } = system;
  const said =
    answer.error === undefined
      ? `the answer is ${answer.status} ${answer.body.slice(0, 60)}`.trimEnd()
      : `there is no answer: ${answer.error}`;
  const unmet = await unmetBy(outcome, answer, patience);
  if (unmet !== undefined) return unmet === '' ? said : unmet;
  for (const [name, invariant] of Object.entries(invariants)) {
    const broken = await unmetBy(invariant, answer, patience);
    if (broken !== undefined) return broken === '' ? `${name} does not hold` : `${name}: ${broken}`;
  }
  return undefined;
}

/** Why it does not hold, empty where it does not say; undefined where it does. What throws does not hold. */
async function unmetBy(
  asked: (answer: SystemAnswer) => Held | Promise<Held>,
  answer: SystemAnswer,
  patience: number,
): Promise<string | undefined> {
  try {
    const held = await within(patience, Promise.resolve(asked(answer)));
    if (held === LATE) return `it was not judged within ${patience} ms`;
    if (held === true) return undefined;
    return held === false ? '' : held;
  } catch (error) {
    return reasonOf(error);
  }
}
