/** What `ldfi trace` tells a person. */
import { formatCount, plural } from '../../../model/text/numbers.js';
import type { Conclusions, TraceResult } from '../../../runner/traces/result.js';
import type { ReportOptions } from '../options.js';
import { reportHealth } from './health.js';
import { reportOperations } from './operations.js';
import { reportServices } from './services.js';

export function reportTraces(result: TraceResult, options: ReportOptions): string {
  const { conclusions } = result;
  const lines = [
    ...reportHealth(result, options),
    ...(conclusions === undefined ? [] : reportConclusions(conclusions, options)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function reportConclusions(conclusions: Conclusions, options: ReportOptions): readonly string[] {
  const { requests, allRequests, graph } = conclusions;
  const looked =
    requests === allRequests
      ? []
      : [`${formatCount(requests)} of ${plural(allRequests, 'request')} are as --where wants them`];
  return [...looked, ...reportOperations(conclusions, options), ...reportServices(graph, options)];
}
