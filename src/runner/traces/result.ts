/** What traces come to, as plain data. */
import type { Health } from '../../lineage/traces/health.js';
import type { TraceFormat } from '../../lineage/traces/span.js';

/** Records of one format. */
export interface FormatCount {
  readonly format: TraceFormat;
  readonly records: number;
}

export interface TraceResult {
  /** Those that were met, in the order of their names. */
  readonly formats: readonly FormatCount[];
  /** Records that are no spans, for want of an id. */
  readonly unreadable: number;
  readonly health: Health;
}
