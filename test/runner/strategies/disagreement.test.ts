/**
 * `compiled` says that a verdict is confirmed where two ways that share little agree. Here one of the two lies, each time
 * about something else: that is told as an error of the program's own, and there is never a verdict.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaultDiagram } from '../../../src/injector/fault-diagram.js';
import { Conditions } from '../../../src/lineage/conditions.js';
import { Samples } from '../../../src/lineage/samples.js';
import { FALSE, TRUE, type Condition } from '../../../src/model/algebra.js';
import type { CheckOptions } from '../../../src/runner/options/check.js';
import * as greeting from '../certificate/certificates.js';
import { checked, CRASHING, SAFE } from '../checks.js';
import { IDLE, PERSISTENT } from '../../cli/harness.js';
import { LyingPool, type Lie } from '../liars.js';

const allowsAll: Lie = () => 'satisfiable';
const allowsNothing: Lie = () => 'unsatisfiable';

/** Lies about the conditions that are chosen, and says the truth of all others. */
function diagramSaying(edge: Condition, about: (asked: Condition, question: number) => boolean): void {
  // oxlint-disable-next-line typescript/unbound-method
  const honest = Conditions.prototype.admissibleEdge;
  let question = 0;
  vi.spyOn(Conditions.prototype, 'admissibleEdge').mockImplementation(function (this: Conditions, asked) {
    const truth = honest.call(this, asked);
    return truth !== undefined && about(asked, question++) ? edge : truth;
  });
}

/** Whatever happens, evaluation has left out what the first fault event is needed for. */
function leavingOutTheFirst(): void {
  vi.spyOn(Conditions.prototype, 'excluded', 'get').mockImplementation(function (this: Conditions) {
    return this.input(0);
  });
}

/** Seven steps in a row, with an exit from each: the end is reached in seven ways, one in each round of recursion. */
const edges = [1, 2, 3, 4, 5, 6, 7].flatMap((step) => [
  [step, step + 1],
  [step, 9],
]);
const RECURSIVE = `${edges.map(([from, to], i) => `told("b", ${from}, ${to})@${i + 1};`).join(' ')}
  edge("a", X, Y)@async :- told(_, X, Y); edge(A, X, Y)@next :- edge(A, X, Y);
  reach(A, X, Y) :- edge(A, X, Y); reach(A, X, Z) :- reach(A, X, Y), edge(A, Y, Z);
  kept("b")@16; pre(X) :- kept(X); post(X) :- kept(X); post(X) :- reach(X, 1, 9);`;
const LONG = { bounds: { eot: 16, eff: 15, crashes: 0 } };

/** `pre` holds only where b has crashed. */
const ONCE_CRASHED = `p("a")@1; p(X)@next :- p(X); pre(X) :- p(X), crash(X, "b", _); post(X) :- p(X);`;

/** `pre` holds only where both have crashed, which the bounds do not admit. */
const NEVER_ASKED = ONCE_CRASHED.replace('crash(X, "b", _)', 'crash(X, "a", _), crash(X, "b", _)');

/** No sample answers a question in place of the solver. */
function askedAll(): void {
  vi.spyOn(Samples.prototype, 'meet').mockReturnValue(false);
}

const GREETING = { nodes: greeting.nodes, bounds: greeting.bounds };

const byCircuit = { budgets: { diagramNodes: 0 } };
const cannotBe = /^the diagram finds .*, and the solver /;

async function expectToBeTold(
  text: string,
  options: Partial<CheckOptions>,
  sentence: string | RegExp,
): Promise<void> {
  await expect(checked(text, options)).rejects.toThrow(sentence);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a solver that lies', () => {
  const pool = (lie: Lie) => ({ pool: new LyingPool(lie) });

  it('changes nothing as long as it says the truth', async () => {
    for (const [text, options] of [
      [greeting.GREETINGS, GREETING],
      [PERSISTENT, {}],
      [NEVER_ASKED, {}],
    ] as const) {
      const { verdict, evidence } = await checked(text, { ...options, ...pool((truth) => truth) });
      expect(verdict).toEqual((await checked(text, options)).verdict);
      expect(evidence.confirmed).toBe(true);
      expect(evidence.statistics.solverCalls).toBeGreaterThan(0);
    }
  });

  it('is told where it finds a counterexample and the diagram none', async () => {
    await expectToBeTold(greeting.GREETINGS, { ...GREETING, ...pool(allowsAll) }, cannotBe);
  });

  it('is told where it finds none and the diagram one', async () => {
    await expectToBeTold(PERSISTENT, pool(allowsNothing), cannotBe);
  });

  it('is told where it finds a lesser counterexample than the diagram', async () => {
    await expectToBeTold(PERSISTENT, pool(allowsAll), cannotBe);
  });

  it('is told where it finds that `pre` may hold, and the diagram that it never does', async () => {
    await expectToBeTold(NEVER_ASKED, pool(allowsAll), cannotBe);
  });

  it('is told by the diagram where it stopped evaluation too early', async () => {
    askedAll();
    const told = 'the diagram finds possible what the solver said is not';
    await expectToBeTold(RECURSIVE, { ...LONG, ...pool(allowsNothing) }, told);
  });

  it('is told by itself where it stopped evaluation too early and later knows better', async () => {
    askedAll();
    const early: Lie = (truth, solver) => (solver === 0 ? 'unsatisfiable' : truth);
    const told = 'the solver finds possible what was left out';
    await expectToBeTold(RECURSIVE, { ...LONG, ...byCircuit, ...pool(early) }, told);
  });

  it('is told by the run of its counterexample, where nothing else contradicts it', async () => {
    const told = 'the fault set {} was found to violate the specification, and does not';
    await expectToBeTold(PERSISTENT, { bounds: SAFE, ...byCircuit, ...pool(allowsAll) }, told);
  });

  it('is told by the run under which a property is said to be asked', async () => {
    const onceDecided: Lie = (truth, solver) => (solver === 0 ? truth : 'satisfiable');
    const told = '`pre` was found to be asked under {}, and is not';
    await expectToBeTold(ONCE_CRASHED, { ...byCircuit, ...pool(onceDecided) }, told);
  });

  it('confirms nothing where it alone decides', async () => {
    const { evidence } = await checked(PERSISTENT, { ...byCircuit, ...pool(allowsNothing) });
    expect(evidence).toMatchObject({ representation: 'circuit', confirmed: false });
  });
});

describe('a diagram that lies', () => {
  it('is told where it finds no counterexample and the solver one', async () => {
    diagramSaying(FALSE, () => true);
    await expectToBeTold(PERSISTENT, {}, cannotBe);
  });

  it('is told where it finds a counterexample and the solver none', async () => {
    diagramSaying(TRUE, (_, question) => question === 0);
    await expectToBeTold(PERSISTENT, { bounds: SAFE }, cannotBe);
  });

  it('is told where its counterexample is not the least', async () => {
    const greater = [
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'crash', node: 'a', time: 1 },
    ] as const;
    vi.spyOn(FaultDiagram.prototype, 'minimal').mockReturnValue({ found: [greater], remaining: 'none' });
    await expectToBeTold(PERSISTENT, {}, cannotBe);
  });

  it.each([
    ['beside a counterexample', CRASHING],
    ['beside none', SAFE],
  ])('is told where it left out what may hold, %s', async (_, bounds) => {
    leavingOutTheFirst();
    // Asked of the violation, then of what was left out.
    diagramSaying(FALSE, (_asked, question) => question === 1);
    await expectToBeTold(PERSISTENT, { bounds }, cannotBe);
  });

  it('is told where it contradicts itself in what it left out', async () => {
    leavingOutTheFirst();
    await expectToBeTold(PERSISTENT, {}, 'the diagram finds possible what the solver said is not');
  });

  it('is told where it finds that `pre` never holds, and the solver that it may', async () => {
    diagramSaying(FALSE, (_, question) => question === 2);
    await expectToBeTold(ONCE_CRASHED, {}, cannotBe);
  });

  it('is told where it finds that `pre` may hold, and the solver that it never does', async () => {
    diagramSaying(TRUE, (_, question) => question === 2);
    await expectToBeTold(IDLE, {}, cannotBe);
  });
});
