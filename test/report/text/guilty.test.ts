/** Bugs that one message makes which looks like another: the picture has to show that message. */
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { type } from '../../../src/model/handlers/protocol.js';
import { check } from '../../../src/runner/check.js';
import type { ReportOptions } from '../../../src/report/text/options.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { reportRun } from '../../../src/report/text/run.js';
import { plainStyle } from '../../../src/report/text/style.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { defineScenario } from '../../../src/runner/scenario/define.js';
import { checkHandlers } from '../../runner/handlers/scenarios.js';
import { violationsOf } from '../../../src/injector/run.js';

const options: ReportOptions = { width: 80, style: plainStyle, verbose: false };

type Write = { readonly type: 'put'; readonly value: string } | { readonly type: 'stored' };

/** Two clients write, each until it has an answer; the second begins when the first should be done. */
const register = defineScenario({
  name: 'register.ts',
  nodes: ['register', 'ann', 'bob'],
  bounds: { eot: 7, eff: 4, crashes: 0 },
  handlers: {
    messages: type<Write>(),
    init: () => ({ value: 'nothing', done: false }),
    onTick(state, { self, time, send }) {
      if (state.done) return;
      if (self === 'ann') send('register', { type: 'put', value: 'old' });
      if (self === 'bob' && time >= 3) send('register', { type: 'put', value: 'new' });
    },
    onMessage: {
      put(state, { value }, { from, send }) {
        send(from, { type: 'stored' });
        return { ...state, value };
      },
      stored: (state) => ({ ...state, done: true }),
    },
    observe: ({ value, done }) => ({ value, done }),
  },
  specification: {
    latest: {
      pre: ({ at }) => at('bob').observed.done,
      post: ({ at }) => at('register').observed.value === 'new' || 'an old value is back',
    },
  },
});

type Booking = { readonly type: 'book'; readonly seat: string } | { readonly type: 'booked' };

/** A client asks until it is answered, and the service does not know the same request again. */
const booking = defineScenario({
  name: 'booking.ts',
  nodes: ['client', 'service'],
  bounds: { eot: 8, eff: 3, crashes: 0 },
  handlers: {
    messages: type<Booking>(),
    init: () => ({ seats: 0, booked: false }),
    onTick({ booked }, { self, send }) {
      if (self === 'client' && !booked) send('service', { type: 'book', seat: '7a' });
    },
    onMessage: {
      book(state, _, { from, send }) {
        send(from, { type: 'booked' });
        return { ...state, seats: state.seats + 1 };
      },
      booked: (state) => ({ ...state, booked: true }),
    },
    observe: ({ seats }) => seats,
  },
  specification: { once: { always: ({ at }) => at('service').observed < 3 || 'booked too often' } },
});

type Lease =
  | { readonly type: 'grant'; readonly token: number }
  | { readonly type: 'write'; readonly token: number; readonly text: string }
  | { readonly type: 'written' };

/** A lock goes to another when it should be over; the storage takes what comes, whatever its token. */
const storage = defineScenario({
  name: 'lease.ts',
  nodes: ['lock', 'ann', 'bob', 'storage'],
  bounds: { eot: 9, eff: 6, crashes: 0 },
  handlers: {
    messages: type<Lease>(),
    init: () => ({ token: 0, written: false, tokens: [] as readonly number[] }),
    onTick({ token, written }, { self, time, send }) {
      if (self === 'lock' && time === 2) send('ann', { type: 'grant', token: 1 });
      if (self === 'lock' && time === 4) send('bob', { type: 'grant', token: 2 });
      if (token > 0 && !written) send('storage', { type: 'write', token, text: `by ${self}` });
    },
    onMessage: {
      grant: (state, { token }) => ({ ...state, token }),
      write(state, { token }, { from, send }) {
        send(from, { type: 'written' });
        return { ...state, tokens: [...state.tokens, token] };
      },
      written: (state) => ({ ...state, written: true }),
    },
    observe: ({ tokens }) => tokens,
  },
  specification: {
    fenced: {
      always: ({ at }) => {
        const tokens = at('storage').observed;
        return tokens.every((token, i) => i === 0 || tokens[i - 1] <= token) || 'a stale write went through';
      },
    },
  },
});

/** The same register by rules, in which the second client writes once. */
const registerRules = `
  tries("ann", "old")@1;
  writes("bob", "new")@3;
  tries(C, V)@next :- tries(C, V), notin stored(C);
  put("register", C, V)@async :- tries(C, V);
  put("register", C, V)@async :- writes(C, V);
  stored(C)@async :- put("register", C, V);
  done(C) :- stored(C);
  done(C)@next :- done(C);
  holds(R, V)@next :- put(R, _, V);
  holds(R, V)@next :- holds(R, V), notin put(R, _, _);
  pre("bob") :- done("bob");
  post("bob") :- holds("register", "new");
`;

async function checkRules(text: string): Promise<CheckResult> {
  const { checked } = readDedalusText(text);
  const nodes = ['register', 'ann', 'bob'];
  return check(checked!, { name: 'register.ded', nodes, bounds: { eot: 7, eff: 3, crashes: 0 } });
}

/** What stands beside the rows of one timestep of a picture. */
function drawnAt(report: string, time: number): string {
  const drawn: string[] = [];
  let [from, to] = [0, 0];
  for (const line of report.split('\n')) {
    const margin = /^ +(?:≠ )?(\d+)(?:–(\d+))? {2}/.exec(line);
    if (margin !== null) [from, to] = [Number(margin[1]), Number(margin[2] ?? margin[1])];
    if (from <= time && time <= to) drawn.push(line);
  }
  return drawn.join('\n');
}

describe('a picture shows', () => {
  it('the older write that is sent again over the newer one', async () => {
    const report = reportCheck(await checkHandlers(register), options);
    expect(report).toContain('VIOLATED');
    expect(drawnAt(report, 3)).toMatch(/ put {value: "new"}$/m);
    expect(drawnAt(report, 4)).toMatch(/ put {value: "old"}$/m);
  });

  it('that of rules', async () => {
    const result = await checkRules(registerRules);
    const report = reportCheck(result, options);
    expect(report).toContain('VIOLATED');
    expect(drawnAt(report, 3)).toMatch(/ put\(bob, new\)$/m);
    expect(drawnAt(report, 4)).toMatch(/ put\(ann, old\)$/m);
  });

  it('every request that is handled once more', async () => {
    const result = await checkHandlers(booking);
    const report = reportCheck(result, options);
    expect(report).toContain('VIOLATED');
    const { run } = firstOf(result);
    const handled = run.messages.filter(({ name, causal }) => name === 'book' && causal);
    expect(handled.length).toBeGreaterThanOrEqual(3);
    for (const { sent } of handled) expect(drawnAt(report, sent)).toMatch(/ book {seat: "7a"}$/m);
  });

  it('the stale write, with its token, and when it did the damage', async () => {
    const result = await checkHandlers(storage);
    const { run, divergence } = firstOf(result);
    const [{ time }] = violationsOf(run);
    const replayed = { name: 'lease.ts', bounds: result.bounds, run, divergence };
    for (const report of [reportCheck(result, options), reportRun(replayed, options)]) {
      expect(drawnAt(report, time - 1)).toMatch(/ write {text: "by ann", token: 1}$/m);
      expect(drawnAt(report, time)).toMatch(/ violated: fenced$/m);
      expect(report).toContain(`States at time ${time}, where this is violated: fenced`);
    }
    expect(reportRun(replayed, options)).toContain(`States at time ${run.eot}\n`);
  });
});

function firstOf({ verdict }: CheckResult) {
  if (verdict.kind !== 'violated') throw new Error(verdict.kind);
  return verdict.counterexamples[0];
}
