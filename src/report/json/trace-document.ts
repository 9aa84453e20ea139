/** What traces say, as a JSON document. */
import { FLAWS } from '../../lineage/traces/flaws.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type {
  JsonCall,
  JsonOperation,
  JsonTraceConclusions,
  JsonTraceDocument,
  JsonTraces,
} from './schema/traces.js';
import type {
  CallResult,
  Conclusions,
  OperationResult,
  Shown,
  TraceResult,
} from '../../runner/traces/result.js';

/** @param result undefined where nothing was read */
export function traceDocument(
  result: TraceResult | undefined,
  diagnostics: readonly Diagnostic[],
): JsonTraceDocument {
  return {
    version: 1,
    traces: result === undefined ? null : tracesOf(result),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}

function tracesOf({ formats, unreadable, health, conclusions }: TraceResult): JsonTraces {
  const flaws = health.flaws.map(({ kind, count, traces, examples }) => ({
    kind,
    description: FLAWS[kind],
    spans: count,
    traces,
    examples,
  }));
  return {
    formats,
    unreadable,
    health: { ...health, flaws },
    conclusions: conclusions === undefined ? null : conclusionsOf(conclusions),
  };
}

function conclusionsOf({ points, operations, graph, ...counts }: Conclusions): JsonTraceConclusions {
  return {
    ...counts,
    calls: points.map(({ parent, ...point }) => ({ ...point, within: parent < 0 ? null : parent })),
    operations: operations.map(operationOf),
    services: graph,
  };
}

function operationOf({ neverSurvived, tolerated, next, ...operation }: OperationResult): JsonOperation {
  return {
    ...operation,
    neverSurvived: neverSurvived.map(callOf),
    tolerated: tolerated.map(callOf),
    next: next.map(({ points, requests }) => ({ calls: [...points], requests })),
  };
}

function callOf({ point, requests, survived, fatal }: CallResult): JsonCall {
  return { call: point, requests, survived: shownOf(survived), fatal: shownOf(fatal) };
}

function shownOf(shown: Shown | undefined): JsonCall['survived'] {
  return shown === undefined ? null : { ...shown, regular: shown.regular ?? null };
}
