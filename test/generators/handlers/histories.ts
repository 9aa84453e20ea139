/** Random histories of operations, of all models: results are drawn, so that some can be explained and some cannot. */
import fc from 'fast-check';
import { models } from '../../../src/model/handlers/operations/models.js';
import type {
  AnyObjectModel,
  ObjectModel,
  OperationLike,
} from '../../../src/model/handlers/operations/object-model.js';
import type { JudgedRecord } from '../../judge/linearizable.js';

export interface History {
  readonly model: AnyObjectModel;
  readonly nodes: readonly string[];
  /** In the order of the run. */
  readonly records: readonly JudgedRecord[];
}

interface ModelledObject {
  readonly name: string;
  readonly model: AnyObjectModel;
  /** Operations that are drawn from, each with the results. */
  readonly operations: readonly (readonly [operation: OperationLike, results: readonly unknown[]])[];
  /** One after the other, with all that each may give. */
  readonly script: readonly (readonly [operation: OperationLike, results: readonly unknown[]])[];
}

function objectOf<State, Operation extends OperationLike, Result>(
  name: string,
  model: ObjectModel<State, Operation, Result>,
  operations: readonly (readonly [Operation, readonly Result[]])[],
  script: readonly (readonly [Operation, readonly Result[]])[],
): ModelledObject {
  return { name, model, operations, script };
}

/** It may go either way, and takes what is there or leaves it. */
const coin: ObjectModel<number, { readonly type: 'toss' | 'polish' }, number> = {
  initial: 0,
  step(state, { type }) {
    if (type !== 'toss') throw new TypeError(`a coin has no operation ${JSON.stringify(type)}: toss`);
    return [
      { state: state + 1, result: 1 },
      { state, result: 0 },
      ...(state > 1 ? [{ state: 0, result: 2 }] : []),
    ];
  },
};

export const objects: readonly ModelledObject[] = [
  objectOf(
    'register',
    models.register<number>(0),
    [
      [{ type: 'read' }, [0, 1, 2]],
      [{ type: 'write', value: 1 }, [undefined]],
      [{ type: 'write', value: 2 }, [undefined]],
      [{ type: 'compareAndSet', expected: 0, value: 2 }, [true, false]],
    ],
    [
      [{ type: 'read' }, [0]],
      [{ type: 'write', value: 1 }, [undefined]],
      [{ type: 'compareAndSet', expected: 0, value: 2 }, [false]],
      [{ type: 'compareAndSet', expected: 1, value: 2 }, [true]],
      [{ type: 'read' }, [2]],
    ],
  ),
  objectOf(
    'counter',
    models.counter(),
    [
      [{ type: 'read' }, [0, 1, 2]],
      [{ type: 'add', amount: 1 }, [undefined]],
    ],
    [
      [{ type: 'add', amount: 2 }, [undefined]],
      [{ type: 'add', amount: 3 }, [undefined]],
      [{ type: 'read' }, [5]],
    ],
  ),
  objectOf(
    'set',
    models.set(),
    [
      [{ type: 'read' }, [[], ['x']]],
      [{ type: 'has', element: 'x' }, [true, false]],
      [{ type: 'add', element: 'x' }, [undefined]],
      [{ type: 'delete', element: 'x' }, [undefined]],
    ],
    [
      [{ type: 'add', element: 'y' }, [undefined]],
      [{ type: 'add', element: 'x' }, [undefined]],
      [{ type: 'add', element: 'x' }, [undefined]],
      [{ type: 'read' }, [['x', 'y']]],
      [{ type: 'delete', element: 'x' }, [undefined]],
      [{ type: 'has', element: 'x' }, [false]],
      [{ type: 'has', element: 'y' }, [true]],
    ],
  ),
  objectOf(
    'queue',
    models.queue<number>(),
    [
      [{ type: 'enqueue', value: 1 }, [undefined]],
      [{ type: 'enqueue', value: 2 }, [undefined]],
      [{ type: 'dequeue' }, [1, 2, undefined]],
    ],
    [
      [{ type: 'dequeue' }, [undefined]],
      [{ type: 'enqueue', value: 1 }, [undefined]],
      [{ type: 'enqueue', value: 2 }, [undefined]],
      [{ type: 'dequeue' }, [1]],
      [{ type: 'dequeue' }, [2]],
    ],
  ),
  objectOf(
    'map',
    models.map<number>(),
    [
      [{ type: 'get', key: 'x' }, [1, undefined]],
      [{ type: 'set', key: 'x', value: 1 }, [undefined]],
      [{ type: 'delete', key: 'x' }, [undefined]],
      [{ type: 'get', key: 'y' }, [1, undefined]],
      [{ type: 'set', key: 'y', value: 1 }, [undefined]],
    ],
    [
      [{ type: 'get', key: 'x' }, [undefined]],
      [{ type: 'set', key: 'x', value: 1 }, [undefined]],
      [{ type: 'get', key: 'x' }, [1]],
      [{ type: 'delete', key: 'x' }, [undefined]],
      [{ type: 'get', key: 'x' }, [undefined]],
    ],
  ),
  objectOf(
    'lock',
    models.lock(),
    [
      [{ type: 'acquire', by: 'a' }, [undefined]],
      [{ type: 'tryAcquire', by: 'b' }, [true, false]],
      [{ type: 'release', by: 'a' }, [undefined]],
      [{ type: 'release', by: 'b' }, [undefined]],
    ],
    [
      [{ type: 'release', by: 'a' }, []],
      [{ type: 'acquire', by: 'a' }, [undefined]],
      [{ type: 'acquire', by: 'b' }, []],
      [{ type: 'tryAcquire', by: 'b' }, [false]],
      [{ type: 'release', by: 'b' }, []],
      [{ type: 'release', by: 'a' }, [undefined]],
      [{ type: 'tryAcquire', by: 'b' }, [true]],
    ],
  ),
  objectOf(
    'coin that somebody wrote',
    coin,
    [[{ type: 'toss' }, [0, 1, 2]]],
    [
      [{ type: 'toss' }, [1, 0]],
      [{ type: 'toss' }, [1, 0]],
      [{ type: 'toss' }, [1, 0, 2]],
    ],
  ),
];

const NODES = ['a', 'b', 'c'];

/** What one node does next: it begins an operation, or comes to the end of it. */
interface Move {
  readonly node: number;
  readonly later: number;
  readonly choice: number;
  readonly gives: number;
  readonly givesUp: boolean;
}

const moves = fc.array(
  fc.record({
    node: fc.nat(NODES.length - 1),
    later: fc.constantFrom(0, 0, 1, 1, 2),
    choice: fc.nat(11),
    gives: fc.nat(5),
    givesUp: fc.integer({ min: 1, max: 8 }).map((one) => one === 1),
  }),
  { minLength: 2, maxLength: 12, size: 'max' },
);

export const histories: fc.Arbitrary<History> = fc
  .tuple(fc.constantFrom(...objects), moves)
  .map(([{ model, operations }, drawn]) => ({
    model,
    nodes: NODES,
    records: recordsOf(operations, drawn),
  }));

function recordsOf(
  operations: ModelledObject['operations'],
  drawn: readonly Move[],
): readonly JudgedRecord[] {
  const begun = new Map<string, readonly unknown[]>();
  let time = 1;
  return drawn.map(({ node: place, later, choice, gives, givesUp }): JudgedRecord => {
    const node = NODES[place];
    time += later;
    const results = begun.get(node);
    if (results !== undefined && !givesUp) {
      begun.delete(node);
      return {
        node,
        time,
        kind: 'complete',
        result: results[gives % results.length],
      };
    }
    const [operation, next] = operations[choice % operations.length];
    begun.set(node, next);
    return { node, time, kind: 'invoke', operation };
  });
}
