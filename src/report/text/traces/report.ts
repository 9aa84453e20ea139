/** What `ldfi trace` tells a person. */
import type { TraceResult } from '../../../runner/traces/result.js';
import type { ReportOptions } from '../options.js';
import { reportHealth } from './health.js';

export function reportTraces(result: TraceResult, options: ReportOptions): string {
  return reportHealth(result, options)
    .map((line) => `${line}\n`)
    .join('');
}
