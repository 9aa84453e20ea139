/** The operations of one timestep: those that had begun before, and what nodes recorded. */
import type { Canonical } from '../plain.js';
import type { Begun, OperationHistory } from './history.js';
import type { Recorded } from './record.js';

/** An operation that may take effect now. */
export interface Operation extends Begun {
  readonly node: number;
  /** Whether it had begun before this timestep. */
  readonly carried: boolean;
  /** The place, among those about the same part, of the last one that its node came to the end of before in this timestep. */
  readonly after: number | undefined;
  /** What it gave, if it comes to its end now. */
  readonly result: Canonical | undefined;
  /** Its node began another without coming to the end of this one. */
  readonly isAbandoned: boolean;
}

/** A node came to the end of an operation, and had begun none. */
export class NothingBegun extends Error {
  override readonly name = 'NothingBegun';

  /** @param node its place among the nodes */
  constructor(
    readonly node: number,
    readonly result: unknown,
  ) {
    super('no operation has begun');
  }
}

/** By the part of the object that they are about. @param recorded by node @throws NothingBegun */
export function operationsByPart(
  { pending }: OperationHistory,
  recorded: readonly Recorded[],
  partOf: (operation: Canonical) => string,
): ReadonlyMap<string, readonly Operation[]> {
  const turn = new Turn(partOf);
  for (const [node, records] of recorded.entries()) turn.take(node, pending.get(node), records);
  return turn.byPart;
}

class Turn {
  readonly byPart = new Map<string, Operation[]>();
  /** By part, the last that the node came to the end of. */
  private ended = new Map<string, number>();

  constructor(private readonly partOf: (operation: Canonical) => string) {}

  take(node: number, carried: Begun | undefined, records: Recorded): void {
    this.ended = new Map();
    let current: Begun | undefined = carried;
    const leave = (begun: Begun, result?: Canonical, isAbandoned = false): void => {
      this.add({ node, ...begun, carried: begun === carried, result, isAbandoned });
    };
    for (const record of records) {
      if (record.kind === 'invoke') {
        if (current !== undefined) leave(current, undefined, true);
        current = { operation: record.operation, part: this.partOf(record.operation) };
      } else {
        if (current === undefined) throw new NothingBegun(node, record.result.value);
        leave(current, record.result);
        current = undefined;
      }
    }
    if (current !== undefined) leave(current);
  }

  private add(operation: Omit<Operation, 'after'>): void {
    const { part, result } = operation;
    const others = this.byPart.get(part) ?? [];
    this.byPart.set(part, [...others, { ...operation, after: this.ended.get(part) }]);
    if (result !== undefined) this.ended.set(part, others.length);
  }
}
