import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFaults, type Fault, type FaultSet } from '../../src/injector/faults.js';
import { describeFault, formatSchedule, parseSchedule } from '../../src/injector/schedule.js';

const space = { nodes: ['a', 'b', 'C', 'node-1', 'x y'], bounds: { eot: 6, eff: 4, crashes: 2 } };

function faultsOf(text: string): FaultSet {
  const result = parseSchedule(text, space);
  if (result.kind === 'malformed') throw new Error(result.diagnostics.map((d) => d.message).join('\n'));
  return result.faults;
}

function complaintsOf(text: string) {
  const result = parseSchedule(text, space);
  if (result.kind === 'faults') throw new Error(`read without complaint: ${formatSchedule(result.faults)}`);
  return result.diagnostics.map(({ code, message, expected, hint, span }) => ({
    code,
    message,
    expected,
    hint,
    at: text.slice(span!.start, span!.end),
  }));
}

describe('reading a schedule', () => {
  it('reads omissions and crashes into the fixed order of faults', () => {
    expect(faultsOf('drop a->b@3; crash C@5; crash a@3')).toEqual([
      { kind: 'crash', node: 'a', time: 3 },
      { kind: 'omission', from: 'a', to: 'b', time: 3 },
      { kind: 'crash', node: 'C', time: 5 },
    ]);
  });

  it('reads how much leaves a node that crashes within a timestep', () => {
    const within = { ...space, bounds: { ...space.bounds, withinStep: 2 } };
    const read = (text: string) => parseSchedule(text, within);
    expect(read('crash C @ 5  after  2; crash a@3 after 0')).toEqual({
      kind: 'faults',
      faults: [
        { kind: 'crash', node: 'a', time: 3 },
        { kind: 'crash', node: 'C', time: 5, after: 2 },
      ],
    });
    expect(read('crash C@5 after 3')).toMatchObject({
      diagnostics: [{ code: 'RUN109', expected: '1 to 2 messages' }],
    });
    expect(complaintsOf('crash C@5 after 1')).toMatchObject([
      { code: 'RUN109', at: '1', hint: 'admit more by `--within-step`' },
    ]);
    expect(complaintsOf('crash C@5 after')).toMatchObject([{ code: 'RUN108', at: 'crash C@5 after' }]);
    expect(complaintsOf('crash C@5after 1')).toMatchObject([{ code: 'RUN108' }]);
  });

  it.each(['', ' ', ';', ' ; '])('reads %j as the empty fault set', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('tolerates spaces and a semicolon at the end', () => {
    expect(faultsOf('  drop  a -> b @ 1 ;crash C@ 5;')).toEqual(faultsOf('drop a->b@1; crash C@5'));
  });

  it('takes names with dashes as they are and others in quotes', () => {
    expect(faultsOf('drop node-1->"x y"@1')).toEqual([
      { kind: 'omission', from: 'node-1', to: 'x y', time: 1 },
    ]);
  });

  it.each([
    ['omit a->b@1', 'RUN108', 'omit a->b@1'],
    ['drop a-b@1', 'RUN108', 'drop a-b@1'],
    ['drop a->b', 'RUN108', 'drop a->b'],
    ['crash C', 'RUN108', 'crash C'],
    ['crash "C@1', 'RUN108', 'crash "C@1'],
    ['drop a->b@one', 'RUN108', 'one'],
    ['drop a->b@-1', 'RUN108', '-1'],
    ['drop a->b@1e0', 'RUN108', '1e0'],
    ['drop a->a@1', 'RUN108', 'a->a'],
    ['drop a->b@1; drop a->b@1', 'RUN108', 'a'],
    ['crash a@1; crash a@2', 'RUN108', 'a'],
    ['drop a->b@0', 'RUN109', '0'],
    ['drop a->b@4', 'RUN109', '4'],
    ['crash C@0', 'RUN109', '0'],
    ['crash C@6', 'RUN109', '6'],
    ['crash a@1; crash b@1; crash C@1', 'RUN109', 'C'],
  ])('refuses %j', (text, code, at) => {
    expect(complaintsOf(text)).toEqual([expect.objectContaining({ code, at })]);
  });

  it('says what it expected, and the nearest name', () => {
    expect(complaintsOf('drop a->node1@1')).toEqual([
      {
        code: 'RUN108',
        message: 'there is no node "node1"',
        expected: 'one of a, b, C, node-1, "x y"',
        hint: 'did you mean `node-1`?',
        at: 'node1',
      },
    ]);
    expect(complaintsOf('crsh C@1')[0]).toMatchObject({ hint: 'did you mean `crash`?' });
    expect(complaintsOf('drop a->b@9')[0]).toMatchObject({
      message: 'time 9 is outside the bounds 6/4/2: an omission is admissible at times before EFF 4',
      expected: 'a time from 1 to 3',
    });
  });

  it('reports everything that is wrong', () => {
    expect(complaintsOf('drop q->b@7; bogus; crash a@9').map(({ at }) => at)).toEqual([
      'q',
      '7',
      'bogus',
      '9',
    ]);
  });

  it('tells the first of what is wrong where that is very much', () => {
    const result = parseSchedule('x;'.repeat(50_000), space);
    const complaints = result.kind === 'malformed' ? result.diagnostics : [];
    expect(complaints).toHaveLength(101);
    expect(complaints.at(-1)).toMatchObject({ message: '49900 more errors not shown' });
  });

  it.each(['"a; b', '"a; b\\', '\\"\\"; \\', '"a\\\n; b'])('takes an open quote to the end: %j', (text) => {
    const result = parseSchedule(text, space);
    expect(result.kind === 'malformed' && result.diagnostics).toHaveLength(1);
  });

  it('says where bounds admit no omission at all', () => {
    const result = parseSchedule('drop a->b@1', { ...space, bounds: { eot: 6, eff: 0, crashes: 2 } });
    expect(result).toMatchObject({ diagnostics: [{ expected: 'no such fault: these bounds admit none' }] });
  });

  it('never throws', () => {
    const signs = fc.constantFrom(
      'drop',
      'crash',
      ' ',
      'a',
      'b',
      '->',
      '@',
      '1',
      ';',
      '"',
      '\\',
      '-',
      '>',
      'é',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(['faults', 'malformed']).toContain(parseSchedule(text, space).kind);
      }),
    );
  });
});

describe('printing a schedule', () => {
  it('describes faults in words', () => {
    expect(faultsOf('drop a->b@1; crash C@5').map(describeFault)).toEqual([
      'everything a sends to b at time 1 is lost',
      'C crashes at time 5',
    ]);
  });

  it('is the inverse of reading, whatever the names', () => {
    const names = fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        fc.stringMatching(/^[a-c>;@" -]{1,4}$/),
      ),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(
        names.chain((nodes) => fc.record({ nodes: fc.constant(nodes), faults: faultSets(nodes) })),
        ({ nodes, faults }) => {
          const named = { unsynced: 20, 'clock-skew': 20 };
          const bounds = {
            eot: 9,
            eff: 8,
            crashes: nodes.length,
            restarts: 1,
            pauses: 1,
            partitions: 1,
            withinStep: 2,
            named,
          };
          expect(parseSchedule(formatSchedule(faults), { nodes, bounds })).toEqual({
            kind: 'faults',
            faults,
          });
        },
      ),
    );
  });
});

function faultSets(nodes: readonly string[]): fc.Arbitrary<FaultSet> {
  const node = fc.constantFrom(...nodes);
  const omissions = fc.uniqueArray(
    fc
      .record({
        kind: fc.constant('omission' as const),
        from: node,
        to: node,
        time: fc.integer({ min: 1, max: 7 }),
      })
      .filter(({ from, to }) => from !== to),
    { comparator: (a, b) => compareFaults(a, b) === 0 },
  );
  const crashes = fc.uniqueArray(
    fc.record(
      {
        kind: fc.constant('crash' as const),
        node,
        time: fc.integer({ min: 1, max: 8 }),
        after: fc.integer({ min: 1, max: 2 }),
      },
      { requiredKeys: ['kind', 'node', 'time'], noNullPrototype: true },
    ),
    { selector: (crash) => crash.node },
  );
  const span = { time: fc.integer({ min: 1, max: 4 }), until: fc.integer({ min: 5, max: 8 }) };
  const outages = fc.array(fc.record({ kind: fc.constant('outage' as const), node, ...span }), {
    maxLength: 1,
  });
  const pauses = fc.array(
    fc.record({ kind: fc.constant('pause' as const), node, ...span, time: fc.integer({ min: 2, max: 4 }) }),
    { maxLength: 1 },
  );
  const [first, ...others] = [...nodes].sort((a, b) => (a < b ? -1 : 1));
  const partitions = fc.array(
    fc.record({
      kind: fc.constant('partition' as const),
      from: fc.constant([first]),
      to: fc.constantFrom(others, others.slice(-1)),
      ways: fc.constantFrom('both' as const, 'one' as const),
      ...span,
    }),
    { maxLength: 1 },
  );
  const named = fc.uniqueArray(
    fc.record({
      kind: fc.constant('named' as const),
      name: fc.constantFrom('unsynced', 'clock-skew'),
      node,
      time: fc.integer({ min: 1, max: 7 }),
    }),
    { comparator: (a, b) => compareFaults(a, b) === 0 },
  );
  return fc
    .tuple(omissions, crashes, outages, pauses, partitions, named)
    .map((all): Fault[] => all.flat().sort(compareFaults));
}
