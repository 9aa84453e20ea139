/**
 * One rule for what has no value: it is an error where the specification depends on it in some admissible run, and
 * has no say otherwise, whoever asks: every strategy, the replay of what it finds, and the run without faults.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { EvaluationError } from '../../../src/model/rules/evaluate/errors.js';
import { replayProtocol } from '../../../src/runner/replay.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedProgram } from '../../generators/dedalus.js';
import { judgeVerdict } from '../../judge/verdict.js';
import { admissibleFaultSets } from '../../judge/fault-sets.js';
import { expectVerdictToEqualJudge } from '../../laws/verdicts.js';
import { checked, EXACT } from '../checks.js';

const pool = new SolverPool();

/** Messages that arrive count themselves; the rest of a program does not look. */
const MESSAGE = 'go("a", "b")@1; m(B, 0)@async :- go(A, B); go(A, B)@next :- go(A, B);';
const GOOD = 'pre(A) :- go(A, _); post(A) :- go(A, _);';

const unseen: readonly (readonly [what: string, rules: string])[] = [
  ['a head', 'u(B, 1 / N) :- m(B, N);'],
  ['a comparison', 'u(B) :- m(B, N), 1 / N > 0;'],
  ['a message', 'u("a", 1 / N)@async :- m(B, N);'],
  ['what is carried on', 'u(B, 1 / N)@next :- m(B, N); u(B, N)@next :- u(B, N);'],
  ['a group', 'u(B, 1 / N, count<N>) :- m(B, N);'],
  ['a sum', 'u(B, sum<M>) :- v(B, M); v(B, 9007199254740991) :- m(B, _); v(B, 1) :- m(B, _);'],
  ['recursion', 'u(B, N) :- m(B, N); u(B, 1 / N) :- u(B, N);'],
  ['the specification, before it is read', 'early("b")@2; pre(B) :- m(B, N), 1 / N > 0, early(B);'],
];

/** The arrival of a message is what leads to it, so that it depends on the faults. */
const seen: readonly (readonly [what: string, rules: string])[] = [
  ['`pre`', 'pre(B) :- m(B, N), 1 / N > 0;'],
  ['`post`', 'post(B) :- m(B, N), 1 / N > 0;'],
  ['what `notin` reads', 'u(B) :- m(B, N), 1 / N > 0; pre(B) :- m(B, _), notin u(B);'],
];

describe('what has no value', () => {
  it.each(unseen)('has no say in %s on which nothing depends', async (_, rules) => {
    const text = `${MESSAGE} ${GOOD} ${rules}`;
    for (const strategy of EXACT) {
      const { verdict } = await checked(text, { strategy });
      expect(verdict.kind, strategy).toBe('certified');
    }
  });

  it.each(seen)('is an error in %s, whoever meets it', async (_, rules) => {
    const text = `${MESSAGE} ${GOOD} ${rules}`;
    for (const strategy of EXACT)
      await expect(checked(text, { strategy }), strategy).rejects.toThrow(EvaluationError);
    const options = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };
    expect(() => replayProtocol(readDedalusText(text).checked!, options, [])).toThrow(EvaluationError);
  });

  it('changes nothing of any program, wherever in it a relation is divided by zero that nothing reads', async () => {
    await fc.assert(
      fc.asyncProperty(generatedProgram(), fc.nat(), async ({ text, nodes, bounds }, turn) => {
        const { program, relations } = readDedalusText(text).checked!;
        const judged = judgeVerdict(program, nodes, bounds);
        const columns = (arity: number) => ['X', ...Array.from({ length: arity - 1 }, () => '_')].join(', ');
        const dividing = [...relations.values()].map(({ name, columns: { length } }, index) => {
          const counted = `counted${index}(X, count<X>) :- ${name}(${columns(length)});`;
          return `${counted} divided${index}(X, 1 / (N - N)) :- counted${index}(X, N);`;
        });
        const protocol = readDedalusText(`${text}\n${dividing.join('\n')}`).checked!;
        const strategy = EXACT[turn % EXACT.length];
        await expectVerdictToEqualJudge({ protocol, nodes, bounds }, judged, { strategy, pool });
        const [first] = admissibleFaultSets(nodes, bounds);
        replayProtocol(protocol, { nodes, bounds }, first);
      }),
      { numRuns: 12 },
    );
  }, 600_000);
});
