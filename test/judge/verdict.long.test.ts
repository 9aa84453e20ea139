/** Verdicts that are known from publications, or plain from small programs. */
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/injector/bounds.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { programOf } from './program-of.js';
import { judgeVerdict } from './verdict.js';
import type { JudgedVerdict } from './verdict.js';

const nodes = ['a', 'b', 'c'];

function judge(text: string, bounds: string, among: readonly string[] = nodes): JudgedVerdict {
  const [eot, eff, crashes] = bounds.split('/').map(Number);
  const within: Bounds = { eot, eff, crashes };
  return judgeVerdict(programOf(text), among, within);
}

function minimal(verdict: JudgedVerdict): readonly string[] {
  return verdict.minimal.map((faults) => formatSchedule(faults)).sort();
}

describe('published worked examples', () => {
  /** What c needs is lost when both a message from a at 2 and one from b at 1 are. */
  const twoSenders = `
    p("a")@2; p("b")@1;
    got("c")@async :- p(X);
    got(X)@next :- got(X);
    goal("c", 1)@1; goal(X, N)@next :- goal(X, N);
    pre(X, N) :- goal(X, N);
    post(X, N) :- goal(X, N), got(X);`;

  it('has the three least fault sets, and never both crashes, within EFF 3 and 1 crash', () => {
    const verdict = judge(twoSenders, '4/3/1');
    expect(minimal(verdict)).toEqual([
      'crash b@1; drop a->c@2',
      'drop b->c@1; crash a@2',
      'drop b->c@1; drop a->c@2',
    ]);
  });

  it('has both crashes alone within EFF 0 and 2 crashes', () => {
    expect(minimal(judge(twoSenders, '4/0/2'))).toEqual(['crash b@1; crash a@2']);
  });

  it('cuts four supports by either pair', () => {
    const supports = `
      rep("a", "c")@1; bcast("b", "a")@1;
      rep("b", "c")@1; bcast("b", "a")@2;
      stored(Y)@async :- rep(X, Y);
      heard(Y)@async :- bcast(X, Y);
      stored(X)@next :- stored(X);
      heard(X)@next :- heard(X);
      goal("c")@1; goal(X)@next :- goal(X);
      pre(X) :- goal(X);
      post(X) :- goal(X), stored(X), heard(_);`;
    const verdict = judge(supports, '4/3/0');
    expect(minimal(verdict)).toEqual(['drop a->c@1; drop b->c@1', 'drop b->a@1; drop b->a@2']);
  });
});

describe('delivery protocols', () => {
  const specification = `
    node("a", "b")@1; node("a", "c")@1; node("b", "a")@1; node("b", "c")@1; node("c", "a")@1; node("c", "b")@1;
    node(X, Y)@next :- node(X, Y);
    bcast("a", "hello")@1;
    log(X, P) :- bcast(X, P);
    log(X, P)@next :- log(X, P);
    missing(X, P) :- log(X, P), node(X, Y), notin log(Y, P);
    pre(X, P) :- log(X, P), notin bcast(X, P)@1, notin crash(X, X, _);
    post(X, P) :- log(X, P), notin missing(X, P);`;
  const once = `${specification} log(Y, P)@async :- bcast(X, P), node(X, Y);`;
  const senderRepeats = `${specification} bcast(X, P)@next :- bcast(X, P); log(Y, P)@async :- bcast(X, P), node(X, Y);`;
  const everyoneRepeats = `${specification} log(Y, P)@async :- log(X, P), node(X, Y);`;
  /** The broadcaster, too, relays what it delivers to itself. */
  const relayOnce = `${specification}
    got(Y, P)@async :- bcast(X, P), node(X, Y);
    got(X, P)@next :- bcast(X, P);
    log(X, P) :- got(X, P);
    got(Y, P)@async :- got(X, P), node(X, Y), notin relayed(X, P);
    relayed(X, P)@next :- got(X, P);
    relayed(X, P)@next :- relayed(X, P);`;

  it('loses a message that is sent once', () => {
    const verdict = judge(once, '4/2/0');
    expect(verdict.verdict).toBe('violated');
    expect(minimal(verdict)).toEqual(['drop a->b@1', 'drop a->c@1']);
    expect(verdict.faultSets).toBe(64);
  });

  it('stands omissions by repeating, but no crash of the sender', () => {
    expect(judge(senderRepeats, '4/2/0').verdict).toBe('certified');
    const verdict = judge(senderRepeats, '4/2/1');
    expect(verdict.verdict).toBe('violated');
    expect(verdict.minimal[0]).toHaveLength(2);
  });

  it('stands a crash too where everyone repeats', () => {
    expect(judge(everyoneRepeats, '4/2/1').verdict).toBe('certified');
  });

  it('needs three omissions where each relays once', () => {
    const verdict = judge(relayOnce, '5/3/0');
    expect(verdict.verdict).toBe('violated');
    expect(verdict.minimal[0]).toHaveLength(3);
    expect(judge(relayOnce, '6/0/2').verdict).toBe('certified');
  });
});

describe('verdicts', () => {
  const twoNodes = ['a', 'b'];
  const sent = 'p("a")@1; q("b")@async :- p(X); q(X)@next :- q(X);';

  it('are violated with the empty fault set where the failure-free run violates', () => {
    const verdict = judge(`${sent} pre(X) :- q(X); post(X) :- q(X), p(X);`, '3/2/0', twoNodes);
    expect(verdict.verdict).toBe('violated');
    expect(verdict.minimal).toEqual([[]]);
    expect(verdict.violating).toHaveLength(2);
  });

  it('are vacuous where pre never holds, and where only a fault makes it hold', () => {
    const never = judge(`${sent} pre(X) :- q(X), p(X); post(X) :- q(X);`, '3/2/1', twoNodes);
    expect(never.verdict).toBe('vacuous');
    expect(never.properties).toEqual([{ name: 'pre', asked: [] }]);
    const faulty = judge(`${sent} pre(X) :- q(X), crash(X, X, _); post(X) :- q(X);`, '3/2/1', twoNodes);
    expect(faulty.verdict).toBe('vacuous');
    const [{ asked }] = faulty.properties;
    // Of four sets of omissions, two let the message through; without a crash of b there is no `pre`.
    expect(asked.map((faults) => formatSchedule(faults)).sort()).toEqual([
      'crash b@1',
      'crash b@1; drop b->a@1',
      'crash b@2',
      'drop b->a@1; crash b@2',
    ]);
  });

  it('are certified where pre holds without faults and nothing violates', () => {
    const verdict = judge(`${sent} pre(X) :- q(X); post(X) :- q(X);`, '3/2/1', twoNodes);
    expect([verdict.verdict, verdict.faultSets]).toEqual(['certified', 20]);
  });
});
