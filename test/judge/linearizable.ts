/**
 * The judge of operations: whether they are linearizable, by trying all orders of all of them that have come to their end,
 * and of any of the others. It shares only types with the program, and keeps nothing but where it failed.
 */
import type { AnyObjectModel, OperationLike } from '../../src/model/handlers/operations/object-model.js';

/** What a node recorded, in the order of the whole run. */
export type JudgedRecord = { readonly node: string; readonly time: number } & (
  | { readonly kind: 'invoke'; readonly operation: OperationLike }
  | { readonly kind: 'complete'; readonly result: unknown }
);

interface JudgedOperation {
  readonly node: string;
  readonly operation: OperationLike;
  /** The places of both records, and the time of the first. */
  readonly begin: number;
  readonly began: number;
  end?: { readonly place: number; readonly time: number; readonly result: unknown };
}

export function isLinearizable(model: AnyObjectModel, records: readonly JudgedRecord[]): boolean {
  const operations = operationsOf(records);
  const partOf = ({ operation }: JudgedOperation) => model.part?.(operation) ?? '';
  const parts = new Set(operations.map(partOf));
  return [...parts].every((part) =>
    mayGoOn(
      model,
      model.initial,
      operations.filter((each) => partOf(each) === part),
      new Set(),
    ),
  );
}

function operationsOf(records: readonly JudgedRecord[]): readonly JudgedOperation[] {
  const operations: JudgedOperation[] = [];
  const last = new Map<string, JudgedOperation | undefined>();
  for (const [place, record] of records.entries()) {
    const { node, time } = record;
    if (record.kind === 'invoke') {
      const begun: JudgedOperation = { node, operation: record.operation, begin: place, began: time };
      operations.push(begun);
      last.set(node, begun);
    } else {
      const begun = last.get(node);
      if (begun === undefined) throw new Error(`${node} has begun no operation`);
      begun.end = { place, time, result: record.result };
      last.set(node, undefined);
    }
  }
  return operations;
}

/** @param failed the places from which it was found that nothing goes on */
function mayGoOn(
  model: AnyObjectModel,
  state: unknown,
  left: readonly JudgedOperation[],
  failed: Set<string>,
): boolean {
  if (left.every(({ end }) => end === undefined)) return true;
  const place = written([state ?? null, left.map(({ begin }) => begin)]);
  if (failed.has(place)) return false;
  failed.add(place);
  return left.some((next) => {
    const others = left.filter((each) => each !== next);
    if (others.some((other) => comesBefore(other, next))) return false;
    const steps = [model.step(state, next.operation)].flat();
    return steps
      .filter(({ result }) => next.end === undefined || written(result) === written(next.end.result))
      .some((step) => mayGoOn(model, step.state, others, failed));
  });
}

function comesBefore({ node, end }: JudgedOperation, later: JudgedOperation): boolean {
  if (end === undefined) return false;
  return end.time < later.began || (node === later.node && end.place < later.begin);
}

function written(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}
