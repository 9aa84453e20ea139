/** What a check says of what a protocol came to do: exactly what it does in some run, and what it never does. */
import fc from 'fast-check';
import type { NamedBounds } from '../../src/model/bounds.js';
import { kindOf, type Fault } from '../../src/injector/faults.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import { reportCheck } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import { NodeRoles } from '../../src/model/handlers/node-roles.js';
import { type } from '../../src/model/handlers/protocol.js';
import { check } from '../../src/runner/check.js';
import { checkScenario } from '../../src/runner/check-scenario.js';
import type { CheckOptions } from '../../src/runner/options/check.js';
import { defineScenario } from '../../src/runner/scenario/define.js';
import { SolverPool } from '../../src/solver/pool.js';
import { generatedHandlers } from '../generators/handlers/handlers.js';
import { arrivalsUnder } from '../judge/arrivals.js';
import { judgeHandlerRuns } from '../judge/handlers.js';
import { checked } from './checks.js';

const text = { width: 80, style: plainStyle, verbose: false };

type Message = { readonly type: 'ask' } | { readonly type: 'answer' } | { readonly type: 'refuse' };

/** The client gives up after three timesteps, which it needs for one loss; the server refuses nobody. */
function asking(eff: number) {
  return defineScenario({
    name: 'asking',
    nodes: { client: ['c'], server: ['s', 't'] },
    bounds: { eot: 6, eff, crashes: 0 },
    messages: type<Message>(),
    roles: {
      client: {
        init: () => ({ answered: false, gaveUp: false }),
        onStart(_, { timers, nodesOf, send }) {
          timers.set('give up', 3);
          send(nodesOf('server')[0], { type: 'ask' });
        },
        onMessage: {
          answer(state, _, { timers }) {
            state.answered = true;
            timers.cancel('give up');
          },
          refuse: (state) => ({ ...state, gaveUp: true }),
        },
        onTimer: (state) => ({ ...state, gaveUp: true }),
        observe: ({ answered, gaveUp }) => answered || gaveUp,
      },
      server: {
        init: () => 0,
        onMessage: {
          ask: (count, _, { from, send }) => {
            send(from, { type: 'answer' });
            return count + 1;
          },
        },
        observe: (count) => count,
      },
    },
    specification: { done: { pre: () => true, post: ({ at }) => at('c').observed } },
  });
}

const STRATEGIES = ['compiled', 'alternating', 'exhaustive'] as const;

describe('what was reached', () => {
  it.each(STRATEGIES)('is told of each handler, message and timer, by %s', async (strategy) => {
    const { reached } = await checkScenario(asking(3), { strategy });
    expect(reached).toEqual({
      isComplete: strategy !== 'alternating',
      ...(strategy === 'compiled' && {
        seen: {
          observed: {
            fields: [
              { role: 'client', count: 1, values: [true] },
              { role: 'server', count: 2, values: [0, 1] },
            ],
            unseen: [],
          },
          // By whichever the client asks, it is answered at last.
          indifferent: expect.arrayContaining([
            { kind: 'omission', place: 'c->s', times: [2], otherTimes: [1] },
            { kind: 'omission', place: 's->c', times: [1, 2], otherTimes: [] },
          ]) as unknown,
        },
      }),
      parts: [
        { kind: 'start', name: 'onStart', role: 'client', nodes: ['c'] },
        { kind: 'message', name: 'answer', role: 'client', nodes: ['c'] },
        { kind: 'message', name: 'refuse', role: 'client', nodes: [] },
        { kind: 'message', name: 'ask', role: 'server', nodes: ['s'] },
        { kind: 'timer', name: 'give up', nodes: ['c'] },
      ],
    });
  });

  it('is in the report of a good verdict, as far as it never happened, and in JSON', async () => {
    const result = await checkScenario(asking(0));
    expect(reportCheck(result, text)).toContain(
      [
        'Never happens, in any admissible run',
        '  message refuse is delivered to a node of client',
        '  timer "give up" fires',
        '',
      ].join('\n'),
    );
    expect((await fromJson(toJson({ results: [result] }))).results).toEqual([result]);
    const one = await checkScenario(asking(0), { strategy: 'alternating' });
    expect(reportCheck(one, text)).toContain('Did not happen in the runs made\n  message refuse');
  });

  it('is told of messages of rules, where nothing but a message makes a fact', async () => {
    const rules = `
      peer("a", "b")@1; peer(A, B)@next :- peer(A, B);
      ask(B, A)@async :- peer(A, B); answer(A)@async :- ask(_, A); refuse(A)@async :- ask(A, A);
      done(A)@async :- answer(A); done(A)@next :- done(A);
      pre(A) :- peer(A, _); post(A) :- done(A); post(A) :- peer(A, _), notin refuse(A);`;
    const result = await checked(rules, { bounds: { eot: 5, eff: 2, crashes: 0 } });
    expect(result.reached).toEqual({
      isComplete: true,
      parts: [
        { kind: 'message', name: 'ask', nodes: ['b'] },
        { kind: 'message', name: 'answer', nodes: ['a'] },
        { kind: 'message', name: 'refuse', nodes: [] },
      ],
      seen: {
        indifferent: [
          { kind: 'omission', place: 'a->b', times: [1], otherTimes: [] },
          { kind: 'omission', place: 'b->a', times: [1], otherTimes: [] },
        ],
      },
    });
    expect(reportCheck(result, text)).toContain('  message refuse is delivered\n');
  });
});

/** Who has heard tells everybody, again and again; nobody is ever stale. */
function hearing(others: NamedBounds, isSeenAlways = true) {
  return defineScenario({
    name: 'hearing',
    nodes: ['a', 'b'],
    bounds: { eot: 6, eff: 3, crashes: 0, ...others },
    handlers: {
      messages: type<{ readonly type: 'heard' }>(),
      init: (node) => ({ is: node === 'a' ? 'told' : 'waiting', times: 0 }),
      onTick(state, { broadcast }) {
        if (state.is === 'told') broadcast({ type: 'heard' });
      },
      onMessage: {
        heard(state) {
          state.is = state.times > 9 ? 'stale' : 'told';
          state.times++;
        },
      },
      observe: ({ is }) => ({ is }),
    },
    specification: {
      heard: { pre: () => true, post: ({ at }) => at('b').observed.is !== 'waiting' },
      fresh: isSeenAlways
        ? { always: ({ nodes }) => nodes.every(({ observed }) => observed.is !== 'stale') }
        : { pre: () => true, post: () => true },
    },
  });
}

describe('what properties see', () => {
  it('is told by field, with the words that nobody ever is', async () => {
    const result = await checkScenario(hearing({}));
    expect(result.reached?.seen).toEqual({
      observed: { fields: [{ field: 'is', count: 2, values: ['told', 'waiting'] }], unseen: ['stale'] },
      indifferent: [
        { kind: 'omission', place: 'a->b', times: [1], otherTimes: [2] },
        { kind: 'omission', place: 'b->a', times: [1, 2], otherTimes: [] },
      ],
    });
    expect(reportCheck(result, { ...text, verbose: true })).toContain(
      '  a node is observed as "stale"\n' +
        '  an omission of a->b at 1 makes a difference to what properties see\n' +
        '  an omission of b->a makes a difference to what properties see\n',
    );
    expect(reportCheck(result, text)).toContain(
      'Never happens, in any admissible run\n  a node is observed as "stale"\n',
    );
  });

  it('is told not to depend on kinds of faults that make no difference to it', async () => {
    const result = await checkScenario(hearing({ delays: 1, partitions: 1 }, false));
    expect(result.reached?.seen?.differences).toEqual([
      { kind: 'partition', makesDifference: false },
      { kind: 'delay', makesDifference: false },
    ]);
    expect(result.reached?.seen?.indifferent).toContainEqual({
      kind: 'delay',
      place: 'b->a',
      times: [1, 2],
      otherTimes: [],
    });
    expect(reportCheck(result, text)).toContain('  a partition makes a difference to what properties see\n');
    expect((await fromJson(toJson({ results: [result] }))).results).toEqual([result]);
    const always = await checkScenario(hearing({ delays: 1 }));
    expect(always.reached?.seen?.differences).toEqual([{ kind: 'delay', makesDifference: true }]);
  });
});

describe('over random handlers', () => {
  const pool = new SolverPool();

  it('properties see what the judge sees in some run, and kinds make a difference where they do to him', async () => {
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async ({ protocol, nodes, bounds }) => {
        const options = { name: 'seen', nodes, bounds, pool };
        const { reached, verdict, evidence } = await check(protocol, options);
        // Then not what is seen, but who is in which state was searched.
        if (evidence.representation === 'states') return;
        const judged = [...judgeHandlerRuns(protocol, nodes, bounds)];
        const isAtEnd = Object.values(protocol.specification).every((property) => 'pre' in property);
        const seenIn = ({ views, pre }: (typeof judged)[number]['run']) => {
          const shown = (isAtEnd ? views.slice(-1) : views).map((view) =>
            view.map(({ node, observed, crashed }) => ({ node, observed, crashed })),
          );
          return { shown, pre };
        };
        const told = (value: unknown) =>
          JSON.stringify(value, (_, part: unknown) =>
            part instanceof Map || part instanceof Set ? [...(part as Iterable<unknown>)] : part,
          );
        const roles = new NodeRoles(protocol, nodes);
        const all = judged.flatMap(({ run }) => seenIn(run).shown.flat());
        const { fields } = reached!.seen!.observed!;
        for (const { role, field, count, values } of fields) {
          const its = all
            .filter(({ node }) => roles.of(node) === role)
            .map(({ observed }) =>
              field === undefined ? observed : (observed as Record<string, unknown>)[field],
            );
          const distinct = new Set(its.map((value) => told(value)));
          expect(count).toBe(distinct.size);
          if (values !== undefined) expect(new Set(values.map((value) => told(value)))).toEqual(distinct);
        }
        if (verdict.kind === 'violated') return;
        const bySchedule = new Map(
          judged.map(({ faults, run }) => [formatSchedule(faults), told(seenIn(run))]),
        );
        for (const { kind, name, makesDifference } of reached?.seen?.differences ?? []) {
          const isOther = (fault: Fault) =>
            fault.kind !== kind || (fault.kind === 'named' && fault.name !== name);
          const differs = judged.some(
            ({ faults, run }) => told(seenIn(run)) !== bySchedule.get(formatSchedule(faults.filter(isOther))),
          );
          expect({ kind, makesDifference }).toEqual({ kind, makesDifference: differs });
        }
        for (const { kind, name, place, times } of reached?.seen?.indifferent ?? []) {
          const isOther = (fault: Fault) =>
            fault.kind !== kind ||
            (fault.kind === 'named' && fault.name !== name) ||
            !times.includes(fault.time) ||
            kindOf(fault).notation.place(fault) !== place;
          for (const { faults, run } of judged)
            expect(told(seenIn(run))).toBe(bySchedule.get(formatSchedule(faults.filter(isOther))));
        }
      }),
      { numRuns: 8 },
    );
  });

  const ways: readonly Partial<CheckOptions>[] = [{}, { strategy: 'exhaustive' }];

  it('messages are delivered exactly where the judge delivers one in some run', async () => {
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async ({ protocol, nodes, bounds }) => {
        const delivered = new Set<string>();
        for (const { faults, run } of judgeHandlerRuns(protocol, nodes, bounds)) {
          const arrivals = arrivalsUnder(faults);
          for (const sent of run.messages)
            for (const time of arrivals(sent))
              if (run.views[time - 1]?.find(({ node }) => node === sent.to)?.crashed === false)
                delivered.add(`${sent.message.type} ${sent.to}`);
        }
        for (const way of ways) {
          const { reached } = await check(protocol, { name: 'reached', nodes, bounds, pool, ...way });
          const { isComplete, parts } = reached!;
          const told = parts.flatMap(({ kind, name, nodes: at }) =>
            kind === 'message' ? at.map((node) => `${name} ${node}`) : [],
          );
          if (isComplete) expect(new Set(told)).toEqual(delivered);
          else for (const each of told) expect(delivered).toContain(each);
        }
      }),
      { numRuns: 6 },
    );
  });
});
