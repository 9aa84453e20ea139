import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baggageAt,
  callFaultText,
  httpOperation,
  isKindFor,
  pointId,
  readBaggage,
  readCallFault,
  stepName,
  writeBaggage,
  type CallFault,
  type FaultPoint,
} from '../../../src/injector/node/contract.js';

const digits = [...Array(16).keys()].map((value) => value.toString(16));

const hex = (length: number) =>
  fc.array(fc.constantFrom(...digits), { minLength: length, maxLength: length }).map((all) => all.join(''));

const callFaults: fc.Arbitrary<CallFault> = fc.oneof(
  fc.constantFrom<CallFault>(
    { kind: 'refused' },
    { kind: 'timeout' },
    { kind: 'broken-body' },
    { kind: 'lost' },
  ),
  fc.nat(9_999_999).map((milliseconds) => ({ kind: 'latency' as const, milliseconds })),
  fc.integer({ min: 200, max: 599 }).map((code) => ({ kind: 'status' as const, code })),
  fc.constantFrom('UNAVAILABLE', 'DEADLINE_EXCEEDED').map((status) => ({ kind: 'grpc' as const, status })),
  fc.constantFrom('40001', 'LOADING').map((code) => ({ kind: 'error' as const, code })),
);

const contexts = fc.record({
  campaign: hex(32),
  run: fc.nat().map(String),
  within: fc.option(hex(16), { nil: undefined }),
  faults: fc.array(fc.tuple(hex(16), callFaults), { maxLength: 40 }).map((entries) => new Map(entries)),
});

const point: FaultPoint = {
  within: undefined,
  caller: 'shop',
  callee: 'cart',
  operation: 'GET /cart',
  ordinal: 1,
};

describe('points', () => {
  test('differ where any part does', () => {
    const others: readonly FaultPoint[] = [
      point,
      { ...point, within: pointId(point) },
      { ...point, caller: 'till' },
      { ...point, callee: 'card' },
      { ...point, operation: 'POST /cart' },
      { ...point, ordinal: 2 },
    ];
    expect(new Set(others.map(pointId)).size).toBe(others.length);
  });

  test('are known by the point that they are within, whatever the caller calls itself', () => {
    const within = pointId(point);
    expect(pointId({ ...point, within, caller: 'cart' })).toBe(
      pointId({ ...point, within, caller: 'cart-7f' }),
    );
  });

  test('have ids that stay', () => {
    expect(pointId(point)).toMatchInlineSnapshot(`"c95931b97937c39d"`);
  });

  test('say which they are where they are not the first', () => {
    expect(stepName(point)).toBe('cart GET /cart');
    expect(stepName({ ...point, ordinal: 2 })).toBe('cart GET /cart #2');
  });
});

test.each([
  ['/price', 'GET /price'],
  ['/price?of=7#top', 'GET /price'],
  ['', 'GET /'],
  ['/users/17/orders/4', 'GET /users/{}/orders/{}'],
  ['/orders/550e8400-e29b-41d4-a716-446655440000', 'GET /orders/{}'],
  ['/objects/507f1f77bcf86cd799439011', 'GET /objects/{}'],
  ['/v2/effaced/decade', 'GET /v2/effaced/decade'],
])('the operation of %s', (path, operation) => {
  expect(httpOperation('get', path)).toBe(operation);
});

test('faults are read as they were written', () => {
  fc.assert(
    fc.property(callFaults, (fault) => {
      expect(readCallFault(callFaultText(fault))).toEqual(fault);
    }),
  );
});

test.each([
  '',
  'refuse',
  'status',
  'status 99',
  'status 5000',
  'latency -1',
  'grpc unavailable',
  'latency 1e3',
  'error loading',
  'error 4.1',
])('no fault is %j', (text) => {
  expect(readCallFault(text)).toBeUndefined();
});

test.each([
  ['status 503', 'http', true],
  ['status 503', 'database', false],
  ['grpc UNAVAILABLE', 'rpc', true],
  ['error 40001', 'database', true],
  ['error 40001', 'http', false],
  ['lost', 'messaging', true],
  ['lost', 'rpc', false],
  // What a span says nothing of has come through a proxy of HTTP.
  ['status 503', 'other', true],
  ['melted', 'http', false],
])('whether %s is for calls of %s', (kind, protocol, isFor) => {
  expect(isKindFor(kind, protocol)).toBe(isFor);
});

describe('baggage', () => {
  test('is read as it was written, among entries of others', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const header = `user=jos%C3%A9;secret,${writeBaggage(context)} , flag`;
        expect(readBaggage(header, context.campaign)).toEqual(context);
      }),
    );
  });

  test('is as it was after SDKs of all languages have read and written it', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const header = writeBaggage(context);
        expect(header).toMatch(/^[A-Za-z0-9._=,-]+$/);
      }),
    );
  });

  test('of forty faults is within what they pass on', () => {
    const fault: CallFault = { kind: 'grpc', status: 'FAILED_PRECONDITION' };
    const faults = new Map(
      Array.from({ length: 40 }, (_, ordinal) => [pointId({ ...point, ordinal: ordinal + 1 }), fault]),
    );
    expect(
      writeBaggage({ campaign: 'f'.repeat(32), run: '123456', within: pointId(point), faults }).length,
    ).toBeLessThan(4096);
  });

  test('of another campaign says nothing, and neither does one that is not whole', () => {
    const header = writeBaggage({ campaign: 'aa', run: '1', within: undefined, faults: new Map() });
    expect(readBaggage(header, 'aa')).toBeDefined();
    expect(readBaggage(header, 'ab')).toBeUndefined();
    expect(readBaggage(undefined, 'aa')).toBeUndefined();
    expect(readBaggage('', '')).toBeUndefined();
    expect(readBaggage('ldfi.campaign=aa', 'aa')).toBeUndefined();
    expect(readBaggage(`${header},ldfi.faults=0123456789abcdef-melted`, 'aa')).toBeUndefined();
    expect(readBaggage(`${header},ldfi.faults=x`, 'aa')).toBeUndefined();
  });

  test('carries the point of a call on in place of the one that came', () => {
    fc.assert(
      fc.property(contexts, hex(16), (context, id) => {
        const header = baggageAt(`user=7;p=1,${writeBaggage(context)}`, id);
        expect(readBaggage(header, context.campaign)).toEqual({ ...context, within: id });
        expect(header).toContain('user=7;p=1');
        expect(header.split('ldfi.point=')).toHaveLength(2);
      }),
    );
  });

  test('that is hostile is read in time that grows with its length', () => {
    for (const header of [
      '='.repeat(20_000),
      ','.repeat(20_000),
      ';'.repeat(20_000),
      'ldfi.faults=' + '-.'.repeat(10_000),
      '%'.repeat(20_000),
    ])
      expect(readBaggage(header, 'aa')).toBeUndefined();
  });
});
