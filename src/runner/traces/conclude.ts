/** From spans to what they say. */
import { flawsOfSpans, HealthCheck } from '../../lineage/traces/health.js';
import type { TraceSet } from '../../lineage/traces/trace-set.js';
import { compareStrings } from '../../model/order.js';
import type { TraceResult } from './result.js';

export function concludeFrom(traces: TraceSet): TraceResult {
  const health = new HealthCheck();
  for (const trace of traces.traces()) health.add(trace, [...trace.flaws, ...flawsOfSpans(trace)]);
  const formats = [...traces.formats].map(([format, records]) => ({ format, records }));
  return {
    formats: formats.sort((a, b) => compareStrings(a.format, b.format)),
    unreadable: traces.unreadable,
    health: health.result(),
  };
}
