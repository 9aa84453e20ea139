import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFaults, type Fault } from '../../../src/injector/faults.js';
import type { Message, Run, RuleRun } from '../../../src/injector/run.js';
import { drawRun } from '../../../src/report/text/diagram/diagram.js';
import { labelLines } from '../../../src/report/text/diagram/margin.js';
import { selectSteps } from '../../../src/report/text/diagram/steps.js';
import type { Divergence } from '../../../src/runner/result.js';
import { payloadWriter } from '../../../src/report/text/facts.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { displayWidth } from '../../../src/model/text/text.js';
import {
  always,
  broadcast,
  enact,
  failureFree,
  faultsOf,
  range,
  replication,
  type Send,
} from '../../runner/fixtures.js';
import { expectGolden } from '../../golden.js';

function draw(run: Run, parting?: number, width = 80): string {
  const divergence = partingAt(parting);
  return `${drawRun(run, { width, style: plainStyle, divergence }).join('\n')}\n`;
}

function partingAt(time: number | undefined, sent: readonly Message[] = []): Divergence | undefined {
  return time === undefined ? undefined : { kind: 'facts', time, missing: [], added: [], sent };
}

const allToAll = (nodes: readonly string[], payload: (from: string, time: number) => readonly string[]) =>
  always(range(1, 11), (time) =>
    nodes.flatMap((from) =>
      nodes
        .filter((to) => to !== from)
        .map((to): Send => [time, from, to, 'heartbeat', ...payload(from, time)]),
    ),
  );

const letters = 'abcdefgh'.split('');
const servers = Array.from({ length: 14 }, (_, index) => `server-${index}`);
const office = ['coordinator', 'participant-1', 'participant-2', 'participant-3'];

const commit = enact({
  nodes: office,
  eot: 9,
  faults: faultsOf('crash coordinator@3', office, 9),
  sends: office.slice(1).flatMap((participant): Send[] => [
    [1, 'coordinator', participant, 'prepare', 'coordinator', 'a transaction'],
    [2, participant, 'coordinator', 'vote', participant, 'yes', 'a transaction'],
    [3, 'coordinator', participant, 'commit', 'a transaction'],
  ]),
});

const pictures: Readonly<Record<string, string>> = {
  'a replicated log': draw(replication, 2),
  'one loss': draw(broadcast, 2),
  'no fault and no divergence': draw(failureFree),
  'a run of one timestep': draw(enact({ nodes: ['a'], eot: 1, sends: [] })),
  'an omission of nothing': draw(
    enact({ nodes: ['a', 'b'], eot: 5, faults: faultsOf('drop a->b@2', ['a', 'b'], 5), sends: [] }),
  ),
  'a sender that repeats for ever and crashes': draw(
    enact({
      nodes: ['a', 'b', 'c'],
      eot: 25,
      faults: faultsOf('crash a@2; drop a->c@1', ['a', 'b', 'c'], 25),
      sends: always(range(1, 24), (time): Send[] => [
        [time, 'a', 'b', 'copy', 'hello'],
        [time, 'a', 'c', 'copy', 'hello'],
      ]),
    }),
    2,
  ),
  'long names': draw(commit, 4),
  'long names at 60 columns': draw(commit, 4, 60),
  'eight nodes that all count aloud': draw(
    enact({
      nodes: letters,
      eot: 12,
      faults: faultsOf('drop b->g@3; drop b->c@3; crash d@7', letters, 12),
      sends: allToAll(letters, (from, time) => [from, `${time}`]),
    }),
    4,
  ),
  'more nodes than lanes': draw(
    enact({
      nodes: servers,
      eot: 12,
      faults: faultsOf('drop server-1->server-4@3; crash server-0@7; drop server-2->server-3@2', servers, 12),
      sends: allToAll(servers.slice(0, 2), (from) => [from]).concat([
        [
          5,
          'server-0',
          'server-7',
          'a message with a long name',
          'and a long payload',
          'that takes more lines',
        ],
      ]),
    }),
    4,
  ),
  'many messages on one channel': draw(
    enact({
      nodes: ['a', 'b'],
      eot: 3,
      sends: range(1, 20).map((entry): Send => [1, 'a', 'b', 'append', `entry ${entry}`]),
    }),
  ),
  'wide and combining characters': draw(
    enact({
      nodes: ['東京', 'é', 'line\nbreak'],
      eot: 3,
      sends: [
        [1, '東京', 'é', 'こんにちは', '世界'],
        [1, 'é', 'line\nbreak', 'tab', 'a\tb'],
      ],
    }),
  ),
};

describe('a space-time diagram', () => {
  it.each(Object.entries(pictures))('of %s', async (name, picture) => {
    await expectGolden(picture, `diagrams/${name}`);
  });

  it('is never wider than the terminal', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 60, max: 120 }), fc.boolean(), (run, width, parts) => {
        for (const line of draw(run, parts ? 1 : undefined, width).split('\n'))
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('shows every timestep once, in order', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { steps } = selectSteps(run, undefined);
        expect(steps.flatMap(({ from, to }) => range(from, to))).toEqual(range(1, run.eot));
      }),
    );
  });

  it('starts a step at a marked time', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (run, seed) => {
        const mark = 1 + (seed % run.eot);
        expect(selectSteps(run, partingAt(mark)).steps.map(({ from }) => from)).toContain(mark);
      }),
    );
  });

  it('shows every crash, every lost message, and one like each of the others', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { steps } = selectSteps(run, undefined);
        const shows = (message: Message, anyTime: boolean) =>
          steps.some(
            (step) =>
              (step.from === message.sent || (anyTime && step.from < message.sent)) &&
              step.rows.some(
                ({ from, ends }) =>
                  from === message.from &&
                  ends.some(({ to, fate }) => to === message.to && (anyTime || fate === message.fate)),
              ),
          );
        for (const message of run.messages) expect(shows(message, message.fate !== 'lost')).toBe(true);
        const crashes = steps.flatMap((step) => step.strikes.map(({ node }) => ({ node, time: step.from })));
        expect(crashes).toHaveLength(run.faults.filter(({ kind }) => kind === 'crash').length);
      }),
    );
  });

  it('draws at its time, and whole, every message that a violation may rest on or only this run sends', () => {
    fc.assert(
      fc.property(runs, flags, flags, (run, causal, sent) => {
        const messages = run.messages.map((message, i) => ({
          ...message,
          causal: message.fate === 'delivered' && causal[i % causal.length],
        }));
        const only = messages.filter(({ fate }, i) => fate === 'delivered' && sent[i % sent.length]);
        const { steps } = selectSteps({ ...run, messages }, partingAt(1, only));
        const write = payloadWriter([]);
        for (const message of messages.filter((each) => each.causal).concat(only)) {
          const { rows } = steps.find(({ from, to }) => from <= message.sent && message.sent <= to)!;
          const row = rows.find(
            ({ from, ends, labels }) =>
              from === message.from &&
              ends.some(({ to }) => to === message.to) &&
              labels.includes(write(message)),
          );
          expect(row?.whole).toBe(true);
          expect(labelLines(row!, 40).join(' ')).not.toMatch(/\+\d+ more$/);
        }
      }),
    );
  });

  it('draws timesteps as one only where all is the same', () => {
    const repeats = (values: readonly string[]) =>
      enact({
        nodes: ['a', 'b'],
        eot: values.length + 1,
        sends: values.map((value, i): Send => [i + 1, 'a', 'b', 'put', value]),
      });
    const spans = (values: readonly string[], mark?: number) => {
      const run = repeats(values);
      const messages = run.messages.map((message) => ({ ...message, causal: true }));
      return selectSteps({ ...run, messages }, partingAt(mark)).steps.map(
        ({ from, to, rows }) => `${from}-${to} ${rows.flatMap(({ labels }) => labels).join()}`,
      );
    };
    expect(spans(['x', 'x', 'x'])).toEqual(['1-3 put(x)', '4-4 ']);
    expect(spans(['x', 'y', 'x'])).toEqual(['1-1 put(x)', '2-2 put(y)', '3-3 put(x)', '4-4 ']);
    expect(spans(['x', 'x', 'x'], 2)).toEqual(['1-1 put(x)', '2-3 put(x)', '4-4 ']);
  });

  it('tells messages apart that differ only in what a short text would leave out', () => {
    const long = 'the same words again and again, up to the point where they end in ';
    const message = (end: string) => ({
      name: 'say',
      payload: { words: long + end },
    });
    const apart = [message('one'), message('two')];
    const write = payloadWriter(apart);
    expect(write(apart[0])).toBe(`say {words: "${long}one"}`);
    expect(write(apart[1])).toBe(`say {words: "${long}two"}`);
    expect(payloadWriter([apart[0]])(apart[0])).toMatch(/…"}$/);
  });

  it('says how often the same is sent at once', () => {
    const run = enact({ nodes: ['a', 'b'], eot: 2, sends: [[1, 'a', 'b', 'book', 'seat']] });
    const [message] = run.messages;
    const { steps } = selectSteps({ ...run, messages: [message, message] }, undefined);
    expect(steps[0].rows.flatMap(({ labels }) => labels)).toEqual(['book(seat) ×2']);
  });

  it('hides only messages that it counts', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { steps, hidden } = selectSteps(run, undefined);
        const sum = (part: (step: (typeof steps)[number]) => number) =>
          steps.reduce((total, step) => total + part(step), 0);
        const kinds = ['repeated', 'varied', 'unsent'] as const;
        for (const kind of kinds) expect(sum((step) => step.hidden[kind])).toBe(hidden[kind]);
        const ends = sum((step) => step.rows.reduce((count, row) => count + row.ends.length, 0));
        const idle = run.faults.filter(
          (fault) =>
            fault.kind === 'omission' &&
            !run.messages.some(
              ({ from, to, sent }) => from === fault.from && to === fault.to && sent === fault.time,
            ),
        ).length;
        expect(ends - idle + kinds.reduce((all, kind) => all + hidden[kind], 0)).toBeLessThanOrEqual(
          run.messages.length,
        );
      }),
    );
  });
});

const flags = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });

const runs: fc.Arbitrary<RuleRun> = fc
  .record({
    nodes: fc.uniqueArray(fc.oneof(fc.constantFrom(...letters), fc.string({ minLength: 1, maxLength: 90 })), {
      minLength: 1,
      maxLength: 14,
    }),
    eot: fc.integer({ min: 1, max: 30 }),
  })
  .chain(({ nodes, eot }) => {
    const node = fc.constantFrom(...nodes);
    const time = fc.integer({ min: 1, max: Math.max(1, eot - 1) });
    const sends = fc.array(
      fc.tuple(time, node, node, fc.constantFrom('p', 'q', 'heartbeat'), fc.oneof(fc.nat(3), fc.string())),
      { maxLength: eot === 1 ? 0 : 60 },
    );
    const drops = fc.array(
      fc
        .record({ kind: fc.constant('omission' as const), from: node, to: node, time })
        .filter(({ from, to }) => from !== to && eot > 1),
      { maxLength: nodes.length === 1 || eot === 1 ? 0 : 4 },
    );
    const crashes = fc.uniqueArray(fc.record({ kind: fc.constant('crash' as const), node, time }), {
      selector: (crash) => crash.node,
      maxLength: eot === 1 ? 0 : 2,
    });
    return fc.record({ sends, drops, crashes }).map((given) => {
      const faults = given.drops
        .concat(given.crashes as never)
        .sort(compareFaults)
        .filter((fault: Fault, index, all) => index === 0 || compareFaults(fault, all[index - 1]) !== 0);
      return enact({
        nodes,
        eot,
        faults,
        sends: distinct(given.sends.filter(([, from, to]) => from !== to)),
      });
    });
  });

function distinct(sends: readonly Send[]): readonly Send[] {
  return [...new Map(sends.map((send) => [JSON.stringify(send), send])).values()];
}
