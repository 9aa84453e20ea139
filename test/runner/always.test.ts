/** What rules ask at every time: `always` and `alwaysPost`, beside `pre` and `post` at EOT, or alone. */
import { describe, expect, it } from 'vitest';
import { violationsOf } from '../../src/injector/run.js';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import { reportCheck, reportLine } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import type { CheckResult } from '../../src/runner/result.js';
import { checked, EXACT, schedules } from './checks.js';

/** b takes the lock as well where a beat does not come. */
const LOCK = `
holds("a")@1; holds(N)@next :- holds(N);
backup("a", "b")@1; backup(A, B)@next :- backup(A, B);
beat(B)@async :- backup(A, B), holds(A);
waits("b")@2; waits(B)@next :- waits(B);
holds(B)@next :- waits(B), notin beat(B);
`;
const ONE_HOLDER = 'always(N, M) :- holds(N), holds(M); alwaysPost(N, N) :- holds(N);';
const SOMEBODY = 'pre("lock") :- backup(_, _); post("lock") :- holds(_);';

const bounds = { eot: 6, eff: 3, crashes: 0 };
const options = { width: 80, style: plainStyle, verbose: false };

function violations({ verdict }: CheckResult) {
  if (verdict.kind !== 'violated') throw new Error(`no violation, but ${verdict.kind}`);
  return violationsOf(verdict.counterexamples[0].run);
}

describe.each(EXACT)('always, by %s', (strategy) => {
  it('is violated where a tuple is not in alwaysPost at that time, whatever is so at EOT', async () => {
    const result = await checked(LOCK + ONE_HOLDER + SOMEBODY, { strategy, bounds, limit: 10 });
    expect(new Set(schedules(result))).toEqual(new Set(['drop a->b@1', 'drop a->b@2']));
    expect(violations(result)).toMatchObject([
      { property: 'always', tuple: ['a', 'b'], time: 3 },
      { property: 'always', tuple: ['b', 'a'], time: 3 },
    ]);
    expect((await checked(LOCK + SOMEBODY, { strategy, bounds })).verdict.kind).toBe('certified');
  });

  it('may stand alone', async () => {
    const alone = await checked(LOCK + ONE_HOLDER, { strategy, bounds });
    expect(schedules(alone)).toHaveLength(1);
    const { verdict } = await checked(LOCK + ONE_HOLDER, { strategy, bounds: { ...bounds, eff: 0 } });
    expect(verdict).toMatchObject({ kind: 'certified', properties: [{ name: 'always', under: [] }] });
  });

  it('is vacuous by itself where it is never asked', async () => {
    const idle = 'always(N) :- holds(N), N == "c"; alwaysPost(N) :- holds(N);';
    const result = await checked(LOCK + SOMEBODY + idle, { strategy, bounds });
    expect(result.verdict).toMatchObject({
      kind: 'vacuous',
      scope: 'always',
      properties: [
        { name: 'pre', under: [] },
        { name: 'always', under: undefined },
      ],
    });
    expect(reportLine(result, options)).toContain('`always` never holds');
    expect(reportCheck(result, options)).toContain(
      '`always` holds in no admissible run: that part of the specification says nothing\nabout this protocol.',
    );
  });
});

describe('a relation called always', () => {
  it('is one like any other where there is no alwaysPost', async () => {
    const { verdict } = await checked(`${LOCK}${SOMEBODY} always(N, M) :- holds(N), holds(M);`, { bounds });
    expect(verdict).toMatchObject({ kind: 'certified', properties: [{ name: 'pre' }] });
  });
});

describe('what is told', () => {
  it('says which tuples are not kept, and when', async () => {
    const result = await checked(LOCK + ONE_HOLDER + SOMEBODY, { bounds, because: true });
    const report = reportCheck(result, options);
    expect(report).toContain(
      'In `always` but not in `alwaysPost`\n  always("a", "b") at time 3\n  always("b", "a") at time 3\n',
    );
    expect(report).toContain('so always("a", "b") holds at 3');
    expect(report).toContain('3  │      │   violated: always');
    const document = toJson({ results: [result], diagnostics: [] });
    expect(JSON.stringify(document)).toContain('"property":"always"');
    expect((await fromJson(document)).results).toEqual([result]);
  });
});
