/** What a handler records of the operations of its node, so that a property may look at them. */
import { formatData } from '../../text/data.js';
import { visible } from '../../text/display.js';
import { tellData } from '../containers.js';
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

/** `begins write {value: 1}`, `is given 0` */
export function recordedWords(recorded: Recorded): readonly string[] {
  return recorded.map((record) => {
    if (record.kind === 'invoke') return `begins ${operationText(record.operation.value)}`;
    return record.result.value === undefined ? 'is answered' : `is given ${toldText(record.result.value)}`;
  });
}

/** `write {value: 1}` */
export function operationText(operation: unknown): string {
  const { type, ...fields } = operation as { readonly type: string };
  return Object.keys(fields).length === 0 ? visible(type) : `${visible(type)} ${toldText(fields)}`;
}

/** The columns that what is told of an operation may take. */
const TOLD_WIDTH = 60;

/** Plain data of an operation, or what it gave. */
export function toldText(value: unknown): string {
  return formatData(tellData(value), TOLD_WIDTH);
}

/** Records as plain data. */
export function recordedData(recorded: Recorded): readonly object[] {
  return recorded.map((record) =>
    record.kind === 'invoke' ? { invoke: record.operation.value } : { complete: record.result.value },
  );
}
