/** Events of the log, made of what the work tells. */
import { type Diagnostic, formatBounds, formatSchedule } from '../../index.js';
import { faultsText } from '../../toolkit.js';
import type { WorkEvent } from '../work.js';
import type { LogEvent } from './event-log.js';
import { findingsOf } from './trace-findings.js';

type EventOf<Kind extends WorkEvent['kind']> = Extract<WorkEvent, { readonly kind: Kind }>;

/** What is told, by the kind of event; of others nothing, as they are for a person, or for ldfi itself. */
const TOLD: { readonly [Kind in WorkEvent['kind']]?: (event: EventOf<Kind>) => LogEvent } = {
  began: ({ check: { name, bounds, language, strategy } }) => ({
    name: 'ldfi.check.begin',
    attributes: attributes({
      'ldfi.scenario': name,
      'ldfi.bounds': formatBounds(bounds),
      'ldfi.language': language,
      'ldfi.strategy': strategy,
    }),
  }),
  progressed: ({ progress: { phase, executions, firings, solverCalls, violating } }) => ({
    name: 'ldfi.check.progress',
    attributes: attributes({
      'ldfi.phase': phase,
      'ldfi.executions': executions,
      'ldfi.firings': firings,
      'ldfi.solver_calls': solverCalls,
      'ldfi.faults': violating && formatSchedule(violating),
    }),
  }),
  checked: ({ result: { name, bounds, verdict, evidence, interrupted, elapsed, processor } }) => ({
    name: 'ldfi.check.end',
    attributes: attributes({
      'ldfi.scenario': name,
      'ldfi.bounds': formatBounds(bounds),
      'ldfi.verdict': verdict.kind,
      'ldfi.faults':
        verdict.kind === 'violated' ? formatSchedule(verdict.counterexamples[0].faults) : undefined,
      'ldfi.executions': evidence.executions,
      'ldfi.interrupted': interrupted,
      'ldfi.elapsed': elapsed,
      'ldfi.processor': processor,
    }),
  }),
  requested: ({ request: { faults, fired, problem, trace } }) => ({
    name: 'ldfi.request',
    ...(problem !== undefined && { body: problem }),
    attributes: attributes({
      'ldfi.faults': faultsText(faults),
      'ldfi.faults.planned': faults.length,
      'ldfi.faults.fired': fired,
      'ldfi.outcome': problem === undefined ? 'good' : 'bad',
      'ldfi.request.trace_id': trace.traceId,
    }),
  }),
  read: ({ source: { name, records, begun, ended } }) => ({
    name: 'ldfi.trace.read',
    attributes: attributes({
      'ldfi.source': name,
      'ldfi.records': records,
      'ldfi.elapsed': ended - begun,
    }),
  }),
  traced: ({ result }) => ({ name: 'ldfi.trace.end', attributes: attributes(findingsOf(result)) }),
  drove: ({ result: { name, verdict, runs, interrupted, elapsed } }) => ({
    name: 'ldfi.system.end',
    attributes: attributes({
      'ldfi.scenario': name,
      'ldfi.verdict': verdict.kind,
      'ldfi.runs': runs,
      'ldfi.interrupted': interrupted,
      'ldfi.elapsed': elapsed,
    }),
  }),
};

/** Undefined where nothing is told of it. */
export function logEventOf(event: WorkEvent): LogEvent | undefined {
  const tell = TOLD[event.kind] as ((event: WorkEvent) => LogEvent) | undefined;
  return tell?.(event);
}

export function logEventOfDiagnostic({ code, severity, message, span, hint }: Diagnostic): LogEvent {
  return {
    name: 'ldfi.diagnostic',
    severity: severity === 'error' ? 'ERROR' : 'WARN',
    body: message,
    attributes: attributes({ 'ldfi.code': code, 'code.file.path': span?.source.name, 'ldfi.hint': hint }),
  };
}

type Scalar = string | number | boolean;

/** Without those that there is nothing to say of. */
export function attributes(given: Readonly<Record<string, Scalar | undefined>>): ReadonlyMap<string, Scalar> {
  return new Map(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}
