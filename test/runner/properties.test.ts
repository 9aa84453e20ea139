/** What each form of property says of a run, and of all runs: its reasons, its times, and when it is asked. */
import { describe, expect, it } from 'vitest';
import { violationsOf } from '../../src/injector/run.js';
import { type, type Specification } from '../../src/model/handlers/protocol.js';
import type { ObjectModel } from '../../src/model/handlers/operations/object-model.js';
import { checkScenario, replayScenario } from '../../src/runner/check-scenario.js';
import { defineScenario, type Scenario } from '../../src/runner/scenario/define.js';
import { reportCheck } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';

/** b takes the greatest number it is told; a tells 3 at time 1 and 1 at time 3, and b forgets all in an outage. */
function numbers(specification: Specification<string, number>): Scenario {
  return defineScenario({
    name: 'numbers',
    nodes: ['a', 'b'],
    bounds: { eot: 6, eff: 4, crashes: 1, restarts: 1, faults: 1 },
    handlers: {
      messages: type<{ readonly type: 'number'; readonly value: number }>(),
      init: () => 0,
      tickAtStart: true,
      onTick(_, { self, time, send }) {
        if (self === 'a' && time < 4) send('b', { type: 'number', value: 4 - time });
      },
      onMessage: { number: (state, { value }) => Math.max(state, value) },
      observe: (state) => state,
    },
    specification,
  });
}

function violationsUnder(faults: string, specification: Specification<string, number>) {
  const { run } = replayScenario(numbers(specification), faults);
  return violationsOf(run);
}

async function verdictOn(specification: Specification<string, number>) {
  return (await checkScenario(numbers(specification))).verdict;
}

describe('what never happens', () => {
  it('is violated at the first time at which it happens, with what it says of that', () => {
    const specification: Specification<string, number> = {
      two: { never: ({ at }) => at('b').observed === 2 },
      three: { never: ({ at }) => at('b').observed === 3 && 'b has 3' },
    };
    expect(violationsUnder('', specification)).toMatchObject([
      { property: 'three', time: 2, reason: 'b has 3' },
    ]);
    expect(violationsUnder('drop a->b@1', specification)).toMatchObject([
      { property: 'two', time: 3, reason: 'it happens' },
    ]);
  });
});

describe('a step', () => {
  const growing: Specification<string, number> = {
    growing: { step: (before, after) => after.observed >= before.observed },
  };

  it('is asked of each node by itself, from each time to the next', () => {
    const seen = new Set<string>();
    violationsUnder('', {
      seen: {
        step: (before, after) => {
          seen.add(`${before.node} ${after.node} ${before.observed} ${after.observed}`);
          return true;
        },
      },
    });
    expect([...seen]).toEqual(['a a 0 0', 'b b 0 3', 'b b 3 3']);
  });

  it('is violated at the time after it, and names the node', () => {
    expect(violationsUnder('', growing)).toEqual([]);
    expect(violationsUnder('restart b@3..5', growing)).toMatchObject([
      { property: 'growing', time: 5, reason: 'it does not hold of b' },
    ]);
  });

  it('sees who is down at either time', async () => {
    const whileUp: Specification<string, number> = {
      'growing while up': {
        step: (before, after) => before.crashed || after.observed >= before.observed,
      },
    };
    expect(await verdictOn(whileUp)).toMatchObject({ kind: 'certified' });
    expect(await verdictOn(growing)).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [{ kind: 'outage', node: 'b' }] }],
    });
  });

  it('asks nothing where there is but one time', async () => {
    const { verdict } = await checkScenario(numbers(growing), {
      bounds: { eot: 1, eff: 0, crashes: 0, restarts: 0 },
    });
    expect(verdict).toMatchObject({ kind: 'vacuous', properties: [{ name: 'growing', under: undefined }] });
  });
});

describe('what leads to something', () => {
  const told = (within: number): Specification<string, number> => ({
    told: {
      leadsTo: { when: () => true, then: ({ at }) => at('b').observed === 3 || at('b').crashed, within },
    },
  });

  it('is violated when the last time for it has passed, and tells since when it was asked', () => {
    expect(violationsUnder('', told(1))).toEqual([]);
    expect(violationsUnder('drop a->b@1', told(1))).toMatchObject([
      {
        property: 'told',
        time: 2,
        reason: '`when` holds at time 1, and `then` at no time up to 2',
      },
    ]);
    const sentence: Specification<string, number> = {
      told: { leadsTo: { when: () => true, then: () => 'b is not told', within: 3 } },
    };
    expect(violationsUnder('', sentence)).toMatchObject([
      { property: 'told', time: 4, reason: 'b is not told (asked since time 1)' },
    ]);
  });

  it('is asked of those times alone that have enough timesteps after them', () => {
    const late = (within: number): Specification<string, number> => ({
      late: { leadsTo: { when: ({ at }) => at('b').crashed, then: () => false, within } },
    });
    expect(violationsUnder('crash b@3', late(3))).toMatchObject([{ property: 'late', time: 6 }]);
    expect(violationsUnder('crash b@4', late(3))).toEqual([]);
  });

  it('does not ask what something leads to where it was not asked for', async () => {
    const then = () => {
      throw new Error('not asked for');
    };
    const idle: Specification<string, number> = {
      held: { always: () => true },
      idle: { leadsTo: { when: ({ at }) => at('b').observed > 3, then, within: 2 } },
    };
    expect(await verdictOn(idle)).toMatchObject({
      kind: 'vacuous',
      properties: [{ name: 'held' }, { name: 'idle', under: undefined }],
    });
  });

  it('with no time left for it is told of, and vacuous by itself', async () => {
    const result = await checkScenario(numbers({ ...told(6) }));
    expect(result.verdict).toMatchObject({ kind: 'vacuous', scope: 'always' });
    expect(result.warnings).toMatchObject([
      {
        code: 'RUN219',
        message: 'property told leads to something within 6 timesteps, and EOT is 6: it is never asked',
        expected: '`within` from 0 to 5',
      },
    ]);
  });
});

describe('operations', () => {
  /** Where b gets to know the number that it is told first, it has read it. */
  function reading(model: ObjectModel<number, never, unknown>, result: (value: number) => unknown): Scenario {
    return defineScenario({
      name: 'reading',
      nodes: ['a', 'b'],
      bounds: { eot: 4, eff: 3, crashes: 1 },
      handlers: {
        messages: type<{ readonly type: 'number'; readonly value: number }>(),
        init: (): number | null => null,
        onStart(_, { self, invoke }) {
          if (self === 'b') invoke({ type: 'read' });
        },
        onTick(_, { self, time, send }) {
          if (self === 'a') send('b', { type: 'number', value: time });
        },
        onMessage: {
          number(state, { value }, { complete }) {
            if (state !== null) return state;
            complete(result(value));
            return value;
          },
        },
        observe: () => null,
      },
      specification: { single: { linearizable: model } },
    });
  }
  const two: ObjectModel<number, never, unknown> = {
    initial: 2,
    step: (state) => ({ state, result: state }),
  };

  it('are violated at the time at which no order explains them any more, by every strategy', async () => {
    for (const strategy of ['compiled', 'alternating', 'exhaustive', 'random'] as const) {
      const { verdict } = await checkScenario(
        reading(two, (value) => value),
        { strategy },
      );
      expect(verdict, strategy).toMatchObject({
        kind: 'violated',
        counterexamples: [
          {
            faults: [{ kind: 'omission', from: 'a', to: 'b', time: 2 }],
            run: {
              judgements: [
                {
                  time: 4,
                  reason: 'no order of the operations explains that read of b gives 3',
                },
              ],
            },
          },
        ],
      });
    }
  });

  it('are asked about where any comes to its end', async () => {
    const { verdict } = await checkScenario(
      reading(two, () => 2),
      {
        bounds: { eot: 2, eff: 1, crashes: 0 },
      },
    );
    expect(verdict).toMatchObject({
      kind: 'vacuous',
      properties: [{ name: 'single', under: undefined }],
    });
    expect((await checkScenario(reading(two, () => 2))).verdict).toMatchObject({
      kind: 'certified',
    });
  });

  it('that cannot be put in order within a budget are not decided', async () => {
    let tried = 0;
    const endless: ObjectModel<number, never, unknown> = {
      initial: 0,
      step: (state) =>
        Array.from({ length: 400 }, (_, index) => ({
          state: state * 400 + index + 1,
          result: -1,
        })),
    };
    const many = Array.from({ length: 4 }, (_, index) => `n${index}`);
    const scenario = defineScenario({
      name: 'many',
      nodes: many,
      bounds: { eot: 2, eff: 0, crashes: 0 },
      handlers: {
        messages: type<{ readonly type: 'none' }>(),
        init: () => 0,
        onStart(_, { self, invoke, complete }) {
          invoke({ type: 'read' });
          if (self === 'n0') complete('something else');
        },
        onMessage: { none: () => tried++ },
        observe: () => null,
      },
      specification: { single: { linearizable: endless } },
    });
    const { verdict } = await checkScenario(scenario);
    expect(verdict).toMatchObject({ kind: 'inconclusive' });
    expect(verdict.kind === 'inconclusive' && verdict.reason).toContain(
      'the budget of 100000 steps to put the operations of a timestep in order ended',
    );
  });
});

describe('the time, and faults', () => {
  it('are known to every form of property, of each time', async () => {
    const told: unknown[] = [];
    const specification: Specification<string, number> = {
      told: {
        always: ({ time, at, quiet, happened }) => {
          const { downSince, restarted } = at('b');
          told.push([time, downSince, restarted, quiet(1), quiet(2), happened(), happened('crash')]);
          return true;
        },
      },
    };
    expect(violationsUnder('restart b@2..4', specification)).toEqual([]);
    const expected = [
      [1, undefined, undefined, true, true, false, false],
      [2, 2, undefined, false, false, true, false],
      [3, 2, undefined, false, false, true, false],
      [4, undefined, 4, true, false, true, false],
      [5, undefined, 4, true, true, true, false],
      [6, undefined, 4, true, true, true, false],
    ];
    // The run without faults is made, too.
    for (const each of expected) expect(told).toContainEqual(each);
    const { verdict } = await checkScenario(
      numbers({ forgetful: { step: (before, after) => before.downSince === undefined || after.crashed } }),
    );
    expect(verdict).toMatchObject({ kind: 'violated', counterexamples: [{ faults: [{ kind: 'outage' }] }] });
  });

  // What they say is of no message, and of no state: the lineage of a run has nothing of it.
  it.each(['compiled', 'alternating', 'exhaustive'] as const)('decide a verdict by %s', async (strategy) => {
    const verdictOf = async (specification: Specification<string, number>) =>
      (await checkScenario(numbers(specification), { strategy })).verdict;
    const late: Specification<string, number> = {
      'no loss at time 3': {
        never: ({ time, quiet, happened }) => time === 3 && !quiet(1) && happened('omission'),
      },
    };
    expect(await verdictOf(late)).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [{ kind: 'omission', time: 3 }] }],
    });
    const recovers: Specification<string, number> = {
      recovers: {
        leadsTo: {
          when: ({ correct, quiet, happened }) => happened() && quiet(1) && correct.length === 2,
          then: ({ time, at }) => at('b').observed > 0 || time > 4,
          within: 1,
        },
      },
    };
    expect(await verdictOf(recovers)).toMatchObject({ kind: 'vacuous', scope: 'failure-free' });
  });

  it('are asked for by names that there are', () => {
    const asks = (happened: string): Specification<string, number> => ({
      late: { never: (outcome) => outcome.happened(happened) },
    });
    expect(() => violationsUnder('', asks('latency'))).toThrow(
      'there is no kind of fault "latency": omission, partition, delay',
    );
    expect(() => violationsUnder('', { late: { always: ({ quiet }) => quiet(-1) } })).toThrow(
      '`quiet` takes a whole number of timesteps from 0, not -1',
    );
  });
});

describe('a report', () => {
  it('shows the time at which a property is violated, and why', async () => {
    const growing: Specification<string, number> = {
      growing: {
        step: (before, after) =>
          after.observed >= before.observed || `${after.node} went back to ${after.observed}`,
      },
    };
    const result = await checkScenario(numbers(growing), { because: true });
    const report = reportCheck(result, { width: 80, style: plainStyle, verbose: true });
    expect(report).toContain('Violated: growing — b went back to 1 (first at time 4)');
    expect(report).toContain('where this is violated: growing');
    expect(report).toContain('Because\n  b at 4 has state 1 instead of 3\n');
  });
});
