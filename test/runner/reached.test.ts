/** What a check says of what a protocol came to do: exactly what it does in some run, and what it never does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import { reportCheck } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';
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
    });
    expect(reportCheck(result, text)).toContain('  message refuse is delivered\n');
  });
});

describe('over random handlers', () => {
  const pool = new SolverPool();
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
