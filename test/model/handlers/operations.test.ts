/** What is said of operations, against all orders of them; and the models, by what each of their operations gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booleans, TRUE } from '../../../src/model/algebra.js';
import { models } from '../../../src/model/handlers/operations/models.js';
import type { AnyObjectModel, OperationLike } from '../../../src/model/handlers/operations/object-model.js';
import { Ordering } from '../../../src/model/handlers/operations/ordering.js';
import { MOST_STEPS, TooManyOrders } from '../../../src/model/handlers/operations/orders.js';
import type { OperationRecord } from '../../../src/model/handlers/operations/record.js';
import { NothingBegun } from '../../../src/model/handlers/operations/turn.js';
import { OperationsWatch } from '../../../src/model/handlers/operations/watch.js';
import { PlainData } from '../../../src/model/handlers/plain.js';
import { isLinearizable, type JudgedRecord } from '../../judge/linearizable.js';
import { histories, objects, type History } from '../../generators/handlers/histories.js';

/** The first time at which records are no longer in order; undefined where they are. */
function firstStuck(model: AnyObjectModel, records: readonly JudgedRecord[], nodes: readonly string[]) {
  const plain = new PlainData();
  const watch = new OperationsWatch(new Ordering(model, plain, (_, work) => work()), booleans);
  const canonical = (record: JudgedRecord): OperationRecord =>
    record.kind === 'invoke'
      ? { kind: 'invoke', operation: plain.canonical(record.operation) }
      : { kind: 'complete', result: plain.canonical(record.result) };
  const last = Math.max(0, ...records.map(({ time }) => time));
  for (let time = 1; time <= last; time++) {
    const recorded = nodes.map((node) => {
      const own = records.filter((record) => record.node === node && record.time === time);
      return [{ recorded: own.map(canonical), condition: TRUE }];
    });
    const [{ continuation }] = [
      ...watch.see(recorded, () => undefined),
      { continuation: { kind: 'in order' } as const },
    ];
    if (continuation.kind === 'stuck') return { time, ...continuation };
  }
  return undefined;
}

function judgedStuck({ model, records }: History): number | undefined {
  const times = [...new Set(records.map(({ time }) => time))].sort((a, b) => a - b);
  return times.find(
    (time) =>
      !isLinearizable(
        model,
        records.filter((record) => record.time <= time),
      ),
  );
}

describe('operations', () => {
  it('are in order, or stuck from the same time on, as by all orders of them', () => {
    let stuck = 0;
    fc.assert(
      fc.property(histories, (history) => {
        const found = firstStuck(history.model, history.records, history.nodes)?.time;
        if (found !== undefined) stuck++;
        expect(found).toBe(judgedStuck(history));
      }),
      { numRuns: 300 },
    );
    expect(stuck).toBeGreaterThan(30);
    expect(stuck).toBeLessThan(270);
  });

  const nodes = ['a', 'b'];
  const read = (node: string, time: number): JudgedRecord => {
    return { node, time, kind: 'invoke', operation: { type: 'read' } };
  };
  const write = (node: string, time: number, value: number): JudgedRecord => {
    return {
      node,
      time,
      kind: 'invoke',
      operation: { type: 'write', value } as OperationLike,
    };
  };
  const end = (node: string, time: number, result?: unknown): JudgedRecord => {
    return { node, time, kind: 'complete', result };
  };

  it('that have come to no end may take effect, or not, at any later time', () => {
    const reads = (first: number, second: number) => [
      ...[write('a', 1, 1), read('b', 2), end('b', 3, first), read('b', 6), end('b', 7, second)],
    ];
    const model = models.register(0);
    expect(firstStuck(model, reads(0, 0), nodes)).toBeUndefined();
    expect(firstStuck(model, reads(0, 1), nodes)).toBeUndefined();
    expect(firstStuck(model, reads(1, 1), nodes)).toBeUndefined();
    expect(firstStuck(model, reads(1, 0), nodes)).toMatchObject({
      time: 7,
      node: 1,
    });
  });

  it('that their node has given up may take effect after those that it begins later', () => {
    const records = [write('a', 1, 1), write('a', 2, 2), end('a', 3), read('a', 4), end('a', 5, 1)];
    expect(firstStuck(models.register(0), records, nodes)).toBeUndefined();
    const twice = [...records, read('a', 6), end('a', 7, 2)];
    expect(firstStuck(models.register(0), twice, nodes)).toMatchObject({
      time: 7,
    });
  });

  it('of one node are in its order even within a timestep, and those of different ones are not', () => {
    const own = [write('a', 1, 1), end('a', 1), read('a', 1), end('a', 1, 0)];
    expect(firstStuck(models.register(0), own, nodes)).toMatchObject({
      time: 1,
    });
    const others = [write('a', 1, 1), end('a', 1), read('b', 1), end('b', 1, 0)];
    expect(firstStuck(models.register(0), others, nodes)).toBeUndefined();
  });

  it('of which none has begun cannot come to an end', () => {
    expect(() => firstStuck(models.register(0), [end('b', 1, 0)], nodes)).toThrow(NothingBegun);
    expect(() =>
      firstStuck(models.register(0), [read('a', 1), end('a', 2, 0), end('a', 2, 0)], nodes),
    ).toThrow(NothingBegun);
  });

  it('name the first that has no place', () => {
    const records = [read('a', 1), read('b', 1), end('a', 2, 0), end('b', 2, 5)];
    expect(firstStuck(models.register(0), records, nodes)).toMatchObject({
      node: 1,
      operation: { value: { type: 'read' } },
      result: { value: 5 },
    });
  });

  it('that have too many orders end a budget', () => {
    const many = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const records = [
      ...many.map((node, index) => write(node, 1, index)),
      read('a', 1),
      end('a', 2, 'never written'),
    ];
    expect(() => firstStuck(models.register(0), records, ['a', ...many])).toThrow(
      new TooManyOrders(MOST_STEPS),
    );
  });
});

describe.each(objects)('the model of a $name', ({ model, script }) => {
  it('gives what is expected of each operation', () => {
    let state: unknown = model.initial;
    for (const [operation, expected] of script) {
      const steps = [model.step(state, operation)].flat();
      expect(steps.map(({ result }) => result)).toEqual(expected);
      if (steps.length > 0) ({ state } = steps[0]);
    }
  });

  it('refuses operations that it does not have', () => {
    expect(() => model.step(model.initial, { type: 'polish' })).toThrow(
      /has no operation "polish": (\w+, )*\w+$/,
    );
  });
});
