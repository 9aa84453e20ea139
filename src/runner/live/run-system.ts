/** One run of a system: the request is sent with the faults that it is to meet, and judged by what came of it. */
import { randomBytes } from 'node:crypto';
import { readCallFault, writeBaggage, type CallFault } from '../../injector/node/contract.js';
import { reasonOf } from '../files/file-system.js';
import type { SystemFaults } from '../strategies/marco/system-run.js';
import type { SpanCollector } from './collector.js';
import type { Held, System, SystemAnswer } from '../scenario/define-system.js';
import { liveCalls, type LiveCall } from './observe-calls.js';
import type { Services } from './services.js';

/** For how long an answer is waited for where the system does not say. */
const PATIENCE = 5_000;

/** For how long calls are waited for that were begun, and not told of, in milliseconds. */
const SETTLE = 1_000;

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

export async function runSystem(setting: RunSetting, run: string, faults: SystemFaults): Promise<LiveRun> {
  const { system, services, collector, campaign } = setting;
  if (typeof system.state === 'function') await system.state();
  await services.revive();
  const traceId = randomBytes(16).toString('hex');
  const planned = new Map(faults.map(({ point, kind }) => [point, plannedFault(kind)] as const));
  const headers = {
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    baggage: writeBaggage({ campaign, run, within: undefined, faults: planned }),
  };
  collector.expect(traceId);
  const answer = await answerTo(setting, headers);
  const calls = liveCalls(await collector.take(traceId, SETTLE));
  return { calls, answer, problem: await problemOf(system, answer) };
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
    const late = signal.aborted ? `there was no answer within ${patience} ms` : undefined;
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
    if (length > LONGEST) throw new Error(`the answer is longer than ${LONGEST} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function problemOf(system: System, answer: SystemAnswer): Promise<string | undefined> {
  const { outcome = ({ status }) => status > 0 && status < 400, invariants = {} } = system;
  const said = `the answer is ${answer.error ?? `${answer.status} ${answer.body.slice(0, 60)}`}`.trimEnd();
  const unmet = await unmetBy(outcome, answer);
  if (unmet !== undefined) return unmet === '' ? said : unmet;
  for (const [name, invariant] of Object.entries(invariants)) {
    const broken = await unmetBy(invariant, answer);
    if (broken !== undefined) return broken === '' ? `${name} does not hold` : `${name}: ${broken}`;
  }
  return undefined;
}

/** Why it does not hold, empty where it does not say; undefined where it does. What throws does not hold. */
async function unmetBy(
  asked: (answer: SystemAnswer) => Held | Promise<Held>,
  answer: SystemAnswer,
): Promise<string | undefined> {
  try {
    const held = await asked(answer);
    if (held === true) return undefined;
    return held === false ? '' : held;
  } catch (error) {
    return reasonOf(error);
  }
}
