/** Models of the objects that most services are. */
import { compareElements, type Scalar } from '../containers.js';
import { firstDifference } from '../plain.js';
import { complaint } from './complaint.js';
import type { ObjectModel, ObjectStep, Operations } from './object-model.js';

/** To read gives the value; to compare and set, whether it was the one that was expected. */
export type RegisterOperation<Value> =
  | { readonly type: 'read' }
  | { readonly type: 'write'; readonly value: Value }
  | { readonly type: 'compareAndSet'; readonly expected: Value; readonly value: Value };

/** To read gives the sum of what was added. */
export type CounterOperation = { readonly type: 'read' } | { readonly type: 'add'; readonly amount: number };

/** `has` gives whether an element is in the set, `read` all of them, in order. */
export type SetOperation<Element extends Scalar> =
  | { readonly type: 'read' }
  | { readonly type: 'has'; readonly element: Element }
  | { readonly type: 'add'; readonly element: Element }
  | { readonly type: 'delete'; readonly element: Element };

/** To dequeue gives the value that has been in the queue for longest, or undefined where there is none. */
export type QueueOperation<Value> =
  | { readonly type: 'enqueue'; readonly value: Value }
  | { readonly type: 'dequeue' };

/** `get` gives the value of a key, or undefined where it has none. */
export type MapOperation<Value> =
  | { readonly type: 'get'; readonly key: string }
  | { readonly type: 'set'; readonly key: string; readonly value: Value }
  | { readonly type: 'delete'; readonly key: string };

/** To acquire waits until nobody holds the lock; `tryAcquire` gives whether it was free. Who holds it alone may release it. */
export type LockOperation = {
  readonly type: 'acquire' | 'tryAcquire' | 'release';
  readonly by: string;
};

/** What clients of a register record: `operations: type<RegisterOperations<number>>()`. */
export type RegisterOperations<Value> = Operations<RegisterOperation<Value>, Value | boolean | undefined>;
/** What clients of a counter record. */
export type CounterOperations = Operations<CounterOperation, number | undefined>;
/** What clients of a set record. */
export type SetOperations<Element extends Scalar = string> = Operations<
  SetOperation<Element>,
  readonly Element[] | boolean | undefined
>;
/** What clients of a queue record. */
export type QueueOperations<Value> = Operations<QueueOperation<Value>, Value | undefined>;
/** What clients of a map record. */
export type MapOperations<Value> = Operations<MapOperation<Value>, Value | undefined>;
/** What clients of a lock record. */
export type LockOperations = Operations<LockOperation, boolean | undefined>;

/** A value that is written, and read; of which `compareAndSet` writes only where it is still what was expected. */
function register<Value>(
  initial: Value,
): ObjectModel<Value, RegisterOperation<Value>, Value | boolean | undefined> {
  return {
    initial,
    step(state, operation) {
      switch (operation.type) {
        case 'read':
          return { state, result: state };
        case 'write':
          return { state: operation.value };
        case 'compareAndSet': {
          const result = firstDifference(state, operation.expected) === undefined;
          return { state: result ? operation.value : state, result };
        }
        default:
          return unknownOperation('register', typeOf(operation), ['read', 'write', 'compareAndSet']);
      }
    },
  };
}

/** A number that is added to. */
function counter(initial = 0): ObjectModel<number, CounterOperation, number | undefined> {
  return {
    initial,
    step(state, operation) {
      switch (operation.type) {
        case 'read':
          return { state, result: state };
        case 'add':
          return { state: state + operation.amount };
        default:
          return unknownOperation('counter', typeOf(operation), ['read', 'add']);
      }
    },
  };
}

/** A set, empty at first. */
function set<Element extends Scalar = string>(): ObjectModel<
  readonly Element[],
  SetOperation<Element>,
  readonly Element[] | boolean | undefined
> {
  return {
    initial: [],
    step(state, operation) {
      switch (operation.type) {
        case 'read':
          return { state, result: state };
        case 'has':
          return { state, result: state.includes(operation.element) };
        case 'add':
          return {
            state: [...new Set([...state, operation.element])].sort(compareElements),
          };
        case 'delete':
          return { state: state.filter((element) => element !== operation.element) };
        default:
          return unknownOperation('set', typeOf(operation), ['read', 'has', 'add', 'delete']);
      }
    },
  };
}

/** A queue, empty at first: what is enqueued first is dequeued first. */
function queue<Value>(): ObjectModel<readonly Value[], QueueOperation<Value>, Value | undefined> {
  return {
    initial: [],
    step(state, operation) {
      switch (operation.type) {
        case 'enqueue':
          return { state: [...state, operation.value] };
        case 'dequeue':
          return { state: state.slice(1), result: state[0] };
        default:
          return unknownOperation('queue', typeOf(operation), ['enqueue', 'dequeue']);
      }
    },
  };
}

/** A map from keys to values, empty at first: each key by itself. */
function map<Value>(): ObjectModel<Value | undefined, MapOperation<Value>, Value | undefined> {
  return {
    initial: undefined,
    part: ({ key }) => key,
    step(state, operation): ObjectStep<Value | undefined, Value> {
      switch (operation.type) {
        case 'get':
          return { state, result: state };
        case 'set':
          return { state: operation.value };
        case 'delete':
          return { state: undefined };
        default:
          return unknownOperation('map', typeOf(operation), ['get', 'set', 'delete']);
      }
    },
  };
}

/** A lock that nobody holds at first. */
function lock(): ObjectModel<string | undefined, LockOperation, boolean | undefined> {
  return {
    initial: undefined,
    step(holder, operation) {
      const { type, by } = operation;
      switch (type) {
        case 'acquire':
          return holder === undefined ? { state: by } : [];
        case 'tryAcquire':
          return holder === undefined ? { state: by, result: true } : { state: holder, result: false };
        case 'release':
          return holder === by ? { state: undefined } : [];
        default:
          return unknownOperation('lock', type, ['acquire', 'tryAcquire', 'release']);
      }
    },
  };
}

/** Models of objects, for properties that are `linearizable`. */
export const models = { register, counter, set, queue, map, lock } as const;

/** Of an operation that the compiler did not see. */
function typeOf(operation: never): unknown {
  return (operation as { readonly type: unknown }).type;
}

function unknownOperation(object: string, type: unknown, types: readonly string[]): never {
  throw complaint(`a ${object} has no operation ${JSON.stringify(type)}: ${types.join(', ')}`);
}
