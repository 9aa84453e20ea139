/** What spans tell of a run: its calls by their points, what fired, and how that is known. */
import { createHash } from 'node:crypto';
import { ATTRIBUTES, readCallFault, type FaultPoint } from '../../injector/node/contract.js';
import { hasFailed, protocolOf, type CallKind } from '../../lineage/traces/semantics.js';
import type { AttributeValue, Span, SpanKind } from '../../lineage/traces/span.js';
import { asksCallee, type ObservedCall } from '../strategies/marco/system-run.js';

/** A call, with its parts. */
export interface LiveCall extends ObservedCall {
  readonly named: FaultPoint;
  readonly protocol: CallKind;
}

/**
 * The calls that spans of clients and producers tell of, in the order in which they were told. A call that two tell of, such as a service
 * and a proxy before it, is one. A fault has fired where the client's span says so, and no server's span says that the
 * callee was asked all the same.
 */
export function liveCalls(spans: readonly Span[]): readonly LiveCall[] {
  const answers = new Map<string, string | undefined>();
  for (const { kind, attributes } of spans)
    if (kind === 'server' || kind === 'consumer')
      answers.set(textAt(attributes, ATTRIBUTES.point), textAt(attributes, ATTRIBUTES.answer) || undefined);
  const calls = new Map<string, LiveCall>();
  for (const span of spans) {
    const call = CALLS.has(span.kind) ? callOf(span, answers) : undefined;
    const known = call && calls.get(call.point);
    if (call === undefined || (known !== undefined && known.injected !== undefined)) continue;
    calls.set(call.point, call);
  }
  return [...calls.values()];
}

/** Whoever sends a message does not wait for what becomes of it, and is a caller all the same. */
const CALLS: ReadonlySet<SpanKind> = new Set(['client', 'producer']);

function callOf(span: Span, answers: ReadonlyMap<string, string | undefined>): LiveCall | undefined {
  const { attributes } = span;
  const point = textAt(attributes, ATTRIBUTES.point);
  if (point === '') return undefined;
  const fault = textAt(attributes, ATTRIBUTES.fault);
  const isInjected = attributes.get(ATTRIBUTES.injected) === true && readCallFault(fault) !== undefined;
  const fired = isInjected && (asksCallee(fault) || !answers.has(point)) ? fault : undefined;
  const within = textAt(attributes, ATTRIBUTES.within) || undefined;
  return {
    point,
    within,
    injected: fired,
    failed: hasFailed(span),
    answer: answers.get(point) ?? (textAt(attributes, ATTRIBUTES.answer) || undefined),
    protocol: protocolOf(span),
    named: {
      within,
      caller: textAt(attributes, ATTRIBUTES.caller),
      callee: textAt(attributes, ATTRIBUTES.callee),
      operation: textAt(attributes, ATTRIBUTES.operation),
      ordinal: Number(attributes.get(ATTRIBUTES.ordinal) ?? 1),
    },
  };
}

function textAt(attributes: ReadonlyMap<string, AttributeValue>, name: string): string {
  const value = attributes.get(name);
  return typeof value === 'string' ? value : '';
}

export function answerDigest(status: number, body: string): string {
  return createHash('sha256').update(`${status}\n${body}`).digest('hex').slice(0, 16);
}
