/** What a handler records of the operations of its node, so that a property may look at them. */
import type { Canonical } from '../plain.js';

/** An operation begins, or the one that its node began last comes to its end. */
export type OperationRecord =
  | { readonly kind: 'invoke'; readonly operation: Canonical }
  | { readonly kind: 'complete'; readonly result: Canonical };

/** All that one node records at one timestep, in order. */
export type Recorded = readonly OperationRecord[];

export const NOTHING_RECORDED: Recorded = [];

/** Equal where records are. */
export function recordedText(recorded: Recorded): string {
  return recorded
    .map((record) => (record.kind === 'invoke' ? `!${record.operation.text}` : `?${record.result.text}`))
    .join('\n');
}

/** Records as plain data. */
export function recordedData(recorded: Recorded): readonly object[] {
  return recorded.map((record) =>
    record.kind === 'invoke' ? { invoke: record.operation.value } : { complete: record.result.value },
  );
}
