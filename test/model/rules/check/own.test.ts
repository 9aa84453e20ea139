/** A check is of the program that passed the checks, whatever becomes of the one that it was made from. */
import { describe, expect, it } from 'vitest';
import { check, checkProgram, dedalus, readDedalusText, type CheckedProgram } from '../../../../src/index.js';

const options = { name: 'seen', nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 0 } };

function written() {
  return dedalus`
    peer("a", "b")@1;
    sent(Y)@async :- peer(X, Y);
    kept(X)@next :- kept(X);
    kept(X) :- sent(X);
    sent(X)@next :- sent(X);
    pre(Y) :- peer(X, Y)@1, crash(Y, Y, 9);
    pre(Y) :- kept(Y);
    post(Y) :- kept(Y);
  `;
}

function checkedOf(program: ReturnType<typeof written>): CheckedProgram {
  const { checked, diagnostics } = checkProgram(program);
  if (checked === undefined) throw new Error(JSON.stringify(diagnostics));
  return checked;
}

async function verdictOf(checked: CheckedProgram, meanwhile: () => void = () => undefined): Promise<string> {
  const pending = check(checked, options);
  meanwhile();
  return (await pending).verdict.kind;
}

describe('a program that passed the checks', () => {
  it('is as it was, whatever is done to the one it was made from', async () => {
    const program = written();
    const before = await verdictOf(checkedOf(program));
    const checked = checkedOf(program);
    const clauses = program.clauses as unknown[];
    expect(await verdictOf(checked, () => clauses.splice(-1))).toBe(before);
    for (const clause of program.clauses) if (clause.kind === 'rule') (clause.body as unknown[]).length = 0;
    expect(await verdictOf(checked)).toBe(before);
  });

  it('cannot be changed itself', () => {
    const { checked } = readDedalusText('p("a")@1; pre(X) :- p(X); post(X) :- p(X);');
    const { clauses } = checked!.program;
    expect(() => (clauses as unknown[]).pop()).toThrow(TypeError);
    expect(() => Object.assign(clauses[0], { relation: 'q' })).toThrow(TypeError);
    const [rule] = clauses.filter((clause) => clause.kind === 'rule');
    expect(() => (rule.body as unknown[]).pop()).toThrow(TypeError);
    expect(() => Object.assign(rule.head, { relation: 'q' })).toThrow(TypeError);
  });

  it('is as it was when a check began, whatever is put in its place', async () => {
    const checked = checkedOf(written());
    const before = await verdictOf(checked);
    const empty = () => {
      Object.assign(checked, { program: { clauses: [] } });
      (checked.relations as Map<string, unknown>).clear();
    };
    expect(await verdictOf(checked, empty)).toBe(before);
  });
});
