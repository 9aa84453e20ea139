/**
 * One property that says of an object how it behaves, and how the histories of all runs go on under it: each history, and
 * each way in which it goes on, is looked at once.
 */
import { abandon } from '../abandon.js';
import type { Canonical, PlainData } from '../plain.js';
import { complaint } from './complaint.js';
import {
  configurationText,
  distinct,
  historyText,
  NO_OPERATIONS,
  type Begun,
  type Configuration,
  type OperationHistory,
} from './history.js';
import type { AnyObjectModel, ObjectStep } from './object-model.js';
import { configurationsAfter, type Taken } from './orders.js';
import { recordedText, type Recorded } from './record.js';
import { operationsByPart, type Operation } from './turn.js';

/** Names a history; equal ones have equal numbers. */
export type HistoryId = number;

/** The history in which nothing has happened. */
export const EMPTY_HISTORY: HistoryId = 0;

/** What comes of a history when more is recorded. */
export type Continuation =
  | { readonly kind: 'in order'; readonly history: HistoryId }
  /** No order allows what an operation gave: the first such, by node. */
  | {
      readonly kind: 'stuck';
      readonly node: number;
      readonly operation: Canonical;
      readonly result: Canonical;
    };

/** Calls a function of the model, and looks at what it gives. @param call it is called with data that is frozen */
export type CallModel = <Value>(
  call: { readonly state: unknown; readonly operation: unknown },
  work: () => Value,
) => Value;

export class Ordering {
  private readonly histories: OperationHistory[] = [NO_OPERATIONS];
  private readonly numbers = new Map<string, HistoryId>([[historyText(NO_OPERATIONS), EMPTY_HISTORY]]);
  private readonly continuations = new Map<string, Continuation>();
  private readonly taken = new Map<string, readonly Taken[]>();
  private readonly parts = new Map<string, string>();
  private first: readonly Configuration[] | undefined;

  constructor(
    private readonly model: AnyObjectModel,
    private readonly plain: PlainData,
    private readonly call: CallModel,
  ) {}

  /** @param recorded at one timestep, by node @throws NothingBegun, TooManyOrders, and what the model throws */
  after(history: HistoryId, recorded: readonly Recorded[]): Continuation {
    const key = JSON.stringify([history, recorded.map(recordedText)]);
    let known = this.continuations.get(key);
    if (known === undefined)
      this.continuations.set(key, (known = this.goOn(this.histories[history], recorded)));
    return known;
  }

  private goOn(history: OperationHistory, recorded: readonly Recorded[]): Continuation {
    const byPart = operationsByPart(history, recorded, (operation) => this.partOf(operation));
    const parts = new Map(history.parts);
    for (const [part, operations] of byPart) {
      const before = parts.get(part) ?? this.initial();
      const after = configurationsAfter(before, operations, this.step);
      if (after.length === 0) return this.stuckAt(before, operations);
      if (isInitial(after, this.initial())) parts.delete(part);
      else parts.set(part, after);
    }
    return { kind: 'in order', history: this.id({ pending: pendingOf([...byPart.values()].flat()), parts }) };
  }

  /** Of those that have come to their end, each is looked at with those before it. */
  private stuckAt(before: readonly Configuration[], operations: readonly Operation[]): Continuation {
    const ended = operations.filter(({ result }) => result !== undefined);
    const culprit = ended.find((_, last) => {
      const later = ended.slice(last + 1);
      const fewer = operations.map((each) => (later.includes(each) ? { ...each, result: undefined } : each));
      return configurationsAfter(before, fewer, this.step).length === 0;
    })!;
    return {
      kind: 'stuck',
      node: culprit.node,
      operation: culprit.operation,
      result: culprit.result!,
    };
  }

  private initial(): readonly Configuration[] {
    return (this.first ??= distinct([
      { state: this.plain.canonical(this.model.initial), results: new Map(), abandoned: [] },
    ]));
  }

  private readonly step = (state: Canonical, operation: Canonical): readonly Taken[] => {
    const key = `${state.text}\n${operation.text}`;
    let taken = this.taken.get(key);
    if (taken === undefined) {
      const about = { state: state.value, operation: operation.value };
      taken = this.call(about, () =>
        listOf(this.model.step(state.value, operation.value as never)).map((each) => ({
          state: this.plain.canonical(each.state),
          result: this.plain.canonical(each.result).text,
        })),
      );
      this.taken.set(key, taken);
    }
    return taken;
  };

  private partOf(operation: Canonical): string {
    const { model } = this;
    if (model.part === undefined) return '';
    let part = this.parts.get(operation.text);
    if (part === undefined) {
      const about = { state: undefined, operation: operation.value };
      part = this.call(about, () => partName(model.part!(operation.value as never)));
      this.parts.set(operation.text, part);
    }
    return part;
  }

  private id(history: OperationHistory): HistoryId {
    const text = historyText(history);
    let id = this.numbers.get(text);
    if (id === undefined) {
      id = this.histories.push(history) - 1;
      this.numbers.set(text, id);
    }
    return id;
  }
}

function pendingOf(operations: readonly Operation[]): ReadonlyMap<number, Begun> {
  const open = operations.filter(({ result, isAbandoned }) => result === undefined && !isAbandoned);
  return new Map(open.map(({ node, operation, part }) => [node, { operation, part }]));
}

function isInitial(configurations: readonly Configuration[], initial: readonly Configuration[]): boolean {
  return (
    configurations.length === 1 && configurationText(configurations[0]) === configurationText(initial[0])
  );
}

function partName(given: unknown): string {
  if (typeof given === 'string') return given;
  abandon(given);
  throw complaint('`part` of a model gives a string');
}

function listOf(
  steps: ObjectStep<unknown, unknown> | readonly ObjectStep<unknown, unknown>[],
): readonly ObjectStep<unknown, unknown>[] {
  const list = (Array.isArray(steps) ? steps : [steps]) as readonly ObjectStep<unknown, unknown>[];
  for (const each of list as readonly unknown[]) {
    if (typeof each === 'object' && each !== null && 'state' in each) continue;
    abandon(each);
    throw complaint('`step` of a model gives `{ state, result }`, or a list of these');
  }
  return list;
}
