/** The laws of combinators, against the judge of handlers: what stays as it was, and what a protocol has of them. */
import { describe, expect, it } from 'vitest';
import {
  acknowledged,
  checkScenario,
  dedalus,
  defineScenario,
  kept,
  reliably,
  retrying,
  type,
  type Bounds,
  type HandlerProtocol,
  type Quorum,
  type Scenario,
} from '../../../src/index.js';
import { withReliable } from '../../../src/model/handlers/combinators/reliable.js';
import { judgeHandlerRun, judgeHandlers } from '../../judge/handlers.js';
import { handlersOfLibrary } from '../../fuzz/mutants/handlers.js';

function handlersOf({ protocol }: Pick<Scenario, 'protocol'>): HandlerProtocol {
  if (protocol.kind !== 'handlers') throw new Error('these are handlers');
  return protocol;
}

/** By the judge, who runs every fault set, and by ldfi, who is to say the same. */
async function verdictOf(scenario: Scenario): Promise<string> {
  const { verdict } = await checkScenario(scenario);
  const judged = judgeHandlers(handlersOf(scenario), scenario.nodes, scenario.bounds).verdict;
  expect(verdict.kind).toBe(judged);
  return judged;
}

/** At some times a sends its number to b, in two types of messages, and b counts how often it has each. */
const numbers = (bounds: Bounds, times: readonly number[]) =>
  defineScenario({
    name: 'numbers',
    nodes: ['a', 'b'],
    bounds,
    handlers: {
      messages: type<
        { readonly type: 'odd'; readonly number: number } | { readonly type: 'even'; readonly number: number }
      >(),
      init: () => ({ counts: {} as Record<number, number> }),
      tickAtStart: true,
      onTick(_, { self, time, send }) {
        if (self === 'a' && times.includes(time))
          send('b', { type: time % 2 === 0 ? 'even' : 'odd', number: time });
      },
      onMessage: {
        odd({ counts }, { number }) {
          counts[number] = (counts[number] ?? 0) + 1;
        },
        even: ({ counts }, { number }) => ({ counts: { ...counts, [number]: (counts[number] ?? 0) + 1 } }),
      },
      observe: ({ counts }) => counts,
    },
    specification: {
      once: {
        pre: ({ at }) => at('a').restarted === undefined,
        post: ({ at }) => times.every((time) => at('b').observed[time] === 1),
      },
      'once after a restart': {
        pre: ({ at }) => (at('a').restarted ?? Infinity) < times.at(-1)!,
        post: ({ at }) => at('b').observed[times.at(-1)!] === 1,
      },
      'no more than once': {
        always: ({ at }) => Object.values(at('b').observed).every((count) => count === 1),
      },
    },
  });

describe('reliably', () => {
  const late = { delays: 1, duplicates: 1, longestDelay: 2 };
  it.each<[name: string, times: readonly number[], bounds: Bounds]>([
    ['losses', [1, 2, 3], { eot: 6, eff: 4, crashes: 0 }],
    ['what is late or comes twice', [1, 2], { eot: 6, eff: 3, crashes: 0, ...late }],
    ['a partition', [1, 3], { eot: 6, eff: 4, crashes: 0, omissions: 0, partitions: 1 }],
    ['a pause', [1, 2], { eot: 7, eff: 3, crashes: 0, pauses: 1, reliable: { nodes: ['a'] } }],
    [
      'restarts of the sender',
      [1, 4],
      { eot: 7, eff: 3, crashes: 0, restarts: 1, reliable: { nodes: ['b'] } },
    ],
  ])('has messages arrive exactly once under %s', async (_, times, bounds) => {
    const asked = numbers(bounds, times);
    // Where nobody is restarted, a property about that says nothing.
    const { 'once after a restart': restarted, ...others } = handlersOf(asked).specification;
    const specification = bounds.restarts === undefined ? others : { ...others, restarted };
    const scenario: typeof asked = { ...asked, protocol: { ...handlersOf(asked), specification } };
    expect(await verdictOf(scenario)).toBe('violated');
    for (const every of [1, 2]) {
      const longer = { ...bounds, eot: bounds.eot + every - 1 };
      expect(await verdictOf({ ...reliably(scenario, { every }), bounds: longer })).toBe('certified');
    }
  });

  it('leaves messages of other types alone', async () => {
    const scenario = numbers({ eot: 5, eff: 2, crashes: 0 }, [1]);
    const { 'once after a restart': _, ...specification } = handlersOf(scenario).specification;
    const asked = { ...scenario, protocol: { ...handlersOf(scenario), specification } };
    expect(await verdictOf(reliably(asked, { messages: 'even' }))).toBe('violated');
    expect(await verdictOf(reliably(asked, { messages: 'odd' }))).toBe('certified');
  });

  it('changes nothing of what the library shows where nothing fails', async () => {
    const library = await handlersOfLibrary();
    expect(library.length).toBeGreaterThan(20);
    for (const { protocol, nodes, bounds } of library) {
      // What nodes show is compared, and not what properties make of it.
      const handlers = { ...(protocol as HandlerProtocol), specification: {} };
      const { roles } = handlers;
      const all = (roles === undefined ? [handlers.handlers] : Object.values(roles)).flatMap(
        ({ onMessage }) => Object.keys(onMessage),
      );
      const wrapped = withReliable(handlers, { messages: [...new Set(all)], every: 1 });
      const setting = { nodes, eot: bounds.eot };
      const [before, after] = [handlers, wrapped].map((each) => judgeHandlerRun(each, setting, []));
      expect(after.views).toEqual(before.views);
      const ofProtocol = after.messages.filter(({ message }) => all.includes(message.type));
      expect(ofProtocol.length).toBeGreaterThanOrEqual(before.messages.length);
    }
  });
});

/** A primary tells its client at once that two backups have a copy. */
const backups = (bounds: Bounds) =>
  defineScenario({
    name: 'backups',
    nodes: { client: ['x'], primary: ['p'], backup: ['b', 'c'] },
    bounds,
    messages: type<{ readonly type: 'write' } | { readonly type: 'copy' } | { readonly type: 'written' }>(),
    roles: {
      client: {
        init: () => false,
        onStart(_, { send }) {
          send('p', { type: 'write' });
        },
        onMessage: { written: () => true },
        observe: (written) => written,
      },
      primary: {
        init: () => 0,
        onMessage: {
          write(_, __, { from, send, nodesOf }) {
            send(from, { type: 'written' });
            for (const node of nodesOf('backup')) send(node, { type: 'copy' });
          },
        },
        observe: () => false,
      },
      backup: { init: () => false, onMessage: { copy: () => true }, observe: (copied) => copied },
    },
    specification: {
      honest: {
        always: ({ at }) =>
          !at('x').observed || (['b', 'c'] as const).some((node) => at(node).observed && !at(node).crashed),
      },
    },
  });

describe('acknowledged', () => {
  // What p sends to c may be lost, and b may crash: few enough fault sets for the judge.
  const nodes = ['x', 'p', 'b', 'c'];
  const pairs = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => `${from}->${to}`));
  const links = pairs.filter((link) => link !== 'p->c');
  const bounds: Bounds = { eot: 7, eff: 6, crashes: 1, reliable: { nodes: ['x', 'p', 'c'], links } };

  it.each<[by: Quorum, certified: boolean]>([
    ['all', true],
    ['majority', true],
    [5, true],
    [1, false],
  ])('waits for %s of the receivers', async (by, certified) => {
    const scenario = backups(bounds);
    expect(await verdictOf(scenario)).toBe('violated');
    const mended = acknowledged(scenario, { messages: 'written', after: 'copy', by });
    expect(await verdictOf(mended)).toBe(certified ? 'certified' : 'violated');
  });

  it('sends at once what waits for nothing, and in the end all that it held back', () => {
    const mended = acknowledged(backups(bounds), { messages: ['written', 'write'], after: ['copy'] });
    const sentAt = (type: string) =>
      judgeHandlerRun(handlersOf(mended), { nodes: mended.nodes, eot: 7 }, [])
        .messages.filter(({ message }) => message.type === type)
        .map(({ time }) => time);
    expect([sentAt('write'), sentAt('written')]).toEqual([[1], [4]]);
  });
});

/** a asks b for its number, once. */
const question = (bounds: Bounds) =>
  defineScenario({
    name: 'question',
    nodes: ['a', 'b'],
    bounds,
    handlers: {
      messages: type<{ readonly type: 'ask' } | { readonly type: 'answer' }>(),
      init: () => ({ asked: 0, answered: false }),
      onStart(_, { self, send }) {
        if (self === 'a') send('b', { type: 'ask' });
      },
      onMessage: {
        ask(state, _, { from, send }) {
          state.asked++;
          send(from, { type: 'answer' });
        },
        answer(state) {
          state.answered = true;
        },
      },
      observe: (state) => state,
    },
    specification: { answered: { pre: () => true, post: ({ at }) => at('a').observed.answered } },
  });

describe('retrying', () => {
  it('asks until an answer comes, and no longer', async () => {
    const scenario = question({ eot: 8, eff: 3, crashes: 0 });
    expect(await verdictOf(scenario)).toBe('violated');
    for (const every of [1, 2, 3])
      expect(await verdictOf(retrying(scenario, { ask: 'ask', answers: 'answer', every }))).toBe('certified');
    const mended = handlersOf(retrying(scenario, { ask: 'ask', answers: 'answer' }));
    const asked = (faults: Parameters<typeof judgeHandlerRun>[2]) =>
      judgeHandlerRun(mended, { nodes: ['a', 'b'], eot: 8 }, faults).views.at(-1)![1].observed;
    expect(asked([])).toMatchObject({ asked: 1 });
    expect(asked([{ kind: 'omission', from: 'b', to: 'a', time: 2 }])).toMatchObject({ asked: 2 });
  });
});

/** b counts what it hears, and is restarted. */
const counting = (isLastOnDisk = false) =>
  defineScenario({
    name: 'counting',
    nodes: ['a', 'b'],
    bounds: { eot: 6, eff: 1, crashes: 0, restarts: 1, crashesBefore: 5 },
    handlers: {
      messages: type<{ readonly type: 'one' }>(),
      init: () => ({ count: 0, last: '' }),
      keep: ({ last }) => (isLastOnDisk ? last : ''),
      restore: (last) => ({ count: 0, last }),
      onTick(_, { self, time, send }) {
        if (self === 'a' && time === 2) send('b', { type: 'one' });
      },
      onMessage: { one: (state, _, { from }) => ({ count: state.count + 1, last: from }) },
      observe: (state) => state,
    },
    specification: {
      remembers: {
        step: (before, after) => before.observed.last === '' || after.observed.last === before.observed.last,
      },
      grows: {
        step: (before, after) => after.observed.count >= before.observed.count,
      },
    },
  });

describe('kept', () => {
  it('keeps what it is told to, and what is kept already', async () => {
    expect(await verdictOf(counting())).toBe('violated');
    expect(await verdictOf(kept(counting(), 'count'))).toBe('violated');
    expect(await verdictOf(kept(counting(), 'count', 'last'))).toBe('certified');
    expect(await verdictOf(kept(counting(true), 'count'))).toBe('certified');
    expect(await verdictOf(kept(counting()))).toBe('certified');
  });

  it('keeps the state of the protocol, whatever is around it', async () => {
    expect(await verdictOf(kept(reliably(counting()), 'count', 'last'))).toBe('certified');
    expect(await verdictOf(reliably(kept(counting(), 'count', 'last')))).toBe('certified');
  });
});

describe('combinators', () => {
  const scenario = question({ eot: 4, eff: 2, crashes: 0 });

  it('go together', async () => {
    const answered = reliably(scenario, { messages: 'answer' });
    const all = [
      retrying(answered, { ask: 'ask', answers: 'answer' }),
      reliably(answered, { messages: 'ask' }),
      acknowledged(scenario, { messages: 'answer', after: 'ask' }),
      reliably(acknowledged(scenario, { messages: 'answer', after: 'ask' }), { messages: 'answer' }),
    ];
    const verdicts = all.map((each) => verdictOf({ ...each, bounds: { eot: 8, eff: 3, crashes: 0 } }));
    expect(await Promise.all(verdicts)).toEqual(['certified', 'certified', 'violated', 'certified']);
  });

  it('leave it to the check to tell what is wrong with a scenario', async () => {
    const { handlers } = handlersOf(scenario);
    const wrong = {
      ...scenario,
      protocol: { ...handlersOf(scenario), handlers: { ...handlers, onMessage: 1 } },
    };
    const all = [reliably, kept].map((combinator) => combinator(wrong as unknown as Scenario));
    for (const each of all) await expect(checkScenario(each)).rejects.toThrow('`handlers.onMessage`');
  });

  it.each<[complaint: string, make: () => unknown]>([
    [
      'reliably: `messages` names "anwser", which no handler receives; did you mean `answer`?',
      () => reliably(scenario, { messages: 'anwser' as never }),
    ],
    [
      'retrying: `answers` names "x", which no handler receives; there are ask, answer',
      () => retrying(scenario, { ask: 'ask', answers: 'x' as never }),
    ],
    ['reliably: `every` is 0, and not a whole number from 1', () => reliably(scenario, { every: 0 })],
    [
      "acknowledged: `by` is \"most\", and not 'all', 'majority', or a whole number from 1",
      () => acknowledged(scenario, { messages: 'ask', after: 'answer', by: 'most' as never }),
    ],
    [
      'acknowledged: `ask` cannot wait for `ask`',
      () => acknowledged(scenario, { messages: ['ask'], after: ['ask', 'answer'] }),
    ],
    [
      'reliably: there is a message `ask.ack` already, so that "ask" cannot be acknowledged by it',
      () => reliably(reliably(scenario, { messages: 'ask' }), { messages: 'ask' }),
    ],
    [
      'kept takes a scenario by handlers that defineScenario made',
      () =>
        kept(
          defineScenario({
            name: 'rules',
            nodes: ['a'],
            bounds: scenario.bounds,
            rules: dedalus`pre(X) :- seen(X); post(X) :- seen(X); seen("a")@1;`,
          }),
        ),
    ],
    ['reliably takes a scenario by handlers', () => reliably({} as Scenario)],
  ])('complain: %s', (complaint, make) => {
    expect(make).toThrow(complaint);
  });
});
