/** The judge of handlers, against runs and verdicts worked out by hand. */
import { describe, expect, it } from 'vitest';
import { formatSchedule } from '../../src/injector/schedule.js';
import {
  type,
  type HandlerProtocol,
  type HandlerOutcome,
  type Specification,
} from '../../src/model/handlers/protocol.js';
import { handlerCases } from './handlers-cases.js';
import { judgeHandlerRun, judgeHandlers } from './handlers.js';
import type { JudgedVerdict } from './verdict.js';

describe('a run', () => {
  it.each(handlerCases)('$name', ({ protocol, nodes, eot, faults, shows }) => {
    const { views } = judgeHandlerRun(protocol, { nodes, eot }, faults);
    expect(Object.fromEntries(views.at(-1)!.map(({ node, observed }) => [node, observed]))).toEqual(shows);
  });

  it('tells at each time what is seen of each node, and the messages sent', () => {
    const run = judgeHandlerRun(ping({}), { nodes: ['a', 'b'], eot: 3 }, [
      { kind: 'crash', node: 'a', time: 2 },
    ]);
    expect(run.views).toEqual([
      [
        { node: 'a', observed: 0, crashed: false },
        { node: 'b', observed: 0, crashed: false },
      ],
      [
        { node: 'a', observed: 0, crashed: true, downSince: 2 },
        { node: 'b', observed: 1, crashed: false },
      ],
      [
        { node: 'a', observed: 0, crashed: true, downSince: 2 },
        { node: 'b', observed: 1, crashed: false },
      ],
    ]);
    expect(run.messages).toEqual([{ from: 'a', to: 'b', time: 1, message: { type: 'ping' } }]);
  });
});

describe('properties', () => {
  const faults = [{ kind: 'omission', from: 'a', to: 'b', time: 1 }] as const;

  function judged(specification: Specification<string, unknown>) {
    const { pre, violations } = judgeHandlerRun(ping(specification), { nodes: ['a', 'b'], eot: 3 }, faults);
    return { pre, violations };
  }

  it('are violated where pre holds at EOT and post does not, with the reason it gives', () => {
    const specification: Specification<string, unknown> = {
      silent: { pre: () => true, post: () => false },
      told: { pre: () => true, post: ({ at }) => at('b').observed === 1 || 'b heard nothing' },
      kept: { pre: () => true, post: () => true },
      idle: { pre: ({ at }) => at('b').observed === 1, post: () => false },
    };
    expect(judged(specification)).toEqual({
      pre: ['silent', 'told', 'kept'],
      violations: [
        { property: 'silent', time: 3, reason: undefined },
        { property: 'told', time: 3, reason: 'b heard nothing' },
      ],
    });
  });

  it('of always are violated at every timestep at which they do not hold', () => {
    const heard: Specification<string, unknown> = {
      heard: { always: ({ at }) => at('a').observed === 0 && at('b').observed === 1 },
    };
    expect(judged(heard).violations.map(({ time }) => time)).toEqual([1, 2, 3]);
  });

  it('see the time, since when nodes are down or up again, and which faults have happened', () => {
    const told: unknown[] = [];
    const specification: Specification<string, unknown> = {
      told: {
        always: ({ time, at, quiet, happened }) => {
          const { downSince, restarted } = at('b');
          told.push([time, downSince, restarted, quiet(1), quiet(2), happened(), happened('crash')]);
          return true;
        },
      },
    };
    judgeHandlerRun(ping(specification), { nodes: ['a', 'b'], eot: 5 }, [
      { kind: 'outage', node: 'b', time: 2, until: 4 },
      { kind: 'crash', node: 'a', time: 5 },
    ]);
    expect(told).toEqual([
      [1, undefined, undefined, true, true, false, false],
      [2, 2, undefined, false, false, true, false],
      [3, 2, undefined, false, false, true, false],
      [4, undefined, 4, true, false, true, false],
      [5, undefined, 4, false, false, true, true],
    ]);
  });

  it('see who has crashed, and find no other nodes', () => {
    const crashed = judgeHandlerRun(
      ping({
        never: { always: ({ nodes, correct }) => nodes.length === correct.length },
      }),
      { nodes: ['a', 'b'], eot: 3 },
      [{ kind: 'crash', node: 'b', time: 2 }],
    );
    expect(crashed.violations.map(({ time }) => time)).toEqual([2, 3]);
    expect(() => judged({ none: { always: ({ at }) => at('c').crashed } })).toThrow(RangeError);
  });
});

describe('verdicts', () => {
  const bounds = { eot: 3, eff: 2, crashes: 1 };

  function judge(specification: Specification<string, unknown>) {
    return judgeHandlers(ping(specification), ['a', 'b'], bounds);
  }

  it('name the minimal fault sets of all that violate', () => {
    const verdict = judge({
      delivery: { pre: ({ at }) => !at('b').crashed, post: ({ at }) => at('b').observed === 1 },
    });
    expect(verdict.verdict).toBe('violated');
    expect(verdict.faultSets).toBe(4 * 5);
    expect(verdict.minimal.map(formatSchedule)).toEqual(['crash a@1', 'drop a->b@1']);
    // Of four sets of omissions, two hold the one that matters, with no crash or one of a; and two more with a@1.
    expect(verdict.violating).toHaveLength(2 * 3 + 2);
  });

  it('are certified, or vacuous where pre does not hold without faults', () => {
    const kept = { post: () => true };
    expect(judge({ p: { ...kept, pre: () => true } }).verdict).toBe('certified');
    expect(judge({ p: { always: () => true } }).verdict).toBe('certified');
    const faulty = judge({ p: { ...kept, pre: ({ at }) => at('a').crashed } });
    expect([faulty.verdict, timesAsked(faulty)]).toEqual(['vacuous', [4 * 2]]);
    const never = judge({ p: { ...kept, pre: () => false } });
    expect([never.verdict, timesAsked(never)]).toEqual(['vacuous', [0]]);
  });

  it('are vacuous by one property that is never asked, and not by one that faults are needed for', () => {
    const kept = { post: () => true };
    const held = { always: () => true };
    const recovery = { ...kept, pre: ({ at }: HandlerOutcome<string, unknown>) => at('a').crashed };
    const certified = judge({ held, recovery });
    expect([certified.verdict, timesAsked(certified)]).toEqual(['certified', [20, 8]]);
    const vacuous = judge({ held, recovery, never: { ...kept, pre: () => false } });
    expect([vacuous.verdict, timesAsked(vacuous)]).toEqual(['vacuous', [20, 8, 0]]);
  });
});

function timesAsked({ properties }: JudgedVerdict): readonly number[] {
  return properties.map(({ asked }) => asked.length);
}

/** At its start, a pings b, which counts. */
function ping(specification: Specification<string, unknown>): HandlerProtocol {
  return {
    kind: 'handlers',
    handlers: {
      messages: type(),
      init: () => 0,
      onStart: (_, { self, send }) => {
        if (self === 'a') send('b', { type: 'ping' });
      },
      onMessage: { ping: (count) => (count as number) + 1 },
      observe: (count) => count,
    },
    specification,
  };
}
