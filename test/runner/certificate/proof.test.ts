/** What is trusted where solvers are not: unit propagation, and the proofs that it checks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printClauses, printDimacs, readDimacs } from '../../../src/runner/certificate/cnf.js';
import { checkProof, checkProofText } from '../../../src/runner/certificate/proof.js';
import { Propagator } from '../../../src/runner/certificate/propagator.js';
import { prove } from '../../../src/runner/certificate/prove.js';
import {
  clausesOver,
  cnf,
  holds,
  literalOf,
  modelsOf,
  type Clause,
  type Cnf,
} from '../../solver/brute-force.js';

/** Formulas, often without a model, and a few literals or clauses over their variables. */
const withLiterals = cnf.chain((problem) =>
  fc.tuple(fc.constant(problem), fc.array(literalOf(problem.variables), { maxLength: 4 })),
);
const withClauses = cnf.chain((problem) => fc.tuple(fc.constant(problem), clausesOver(problem.variables, 8)));

const hard: Cnf = pigeons(5);

/** One pigeon more than there are holes. */
function pigeons(holes: number): Cnf {
  const all = (count: number) => Array.from({ length: count }, (_, index) => index);
  const sits = (pigeon: number, hole: number) => pigeon * holes + hole + 1;
  const everywhere = all(holes + 1).map((pigeon) => all(holes).map((hole) => sits(pigeon, hole)));
  const alone = all(holes).flatMap((hole) =>
    all(holes + 1).flatMap((one) => all(one).map((other) => [-sits(one, hole), -sits(other, hole)])),
  );
  return { variables: (holes + 1) * holes, clauses: [...everywhere, ...alone] };
}

describe('propagation', () => {
  it('refuses only assumptions that no model satisfies, and says of a literal only what all these models do', () => {
    fc.assert(
      fc.property(withLiterals, ([problem, assumptions]) => {
        const models = modelsOf(problem).filter((model) => assumptions.every((each) => holds(each, model)));
        const consistent = new Propagator(problem).suppose(assumptions, (value) => {
          for (let variable = 1; variable <= problem.variables; variable++) {
            const said = value(variable);
            expect(value(-variable)).toBe(said === undefined ? undefined : !said);
            if (said !== undefined) for (const model of models) expect(model[variable]).toBe(said);
          }
        });
        if (!consistent) expect(models).toEqual([]);
      }),
    );
  });

  it('says the same whatever was supposed before, and in whatever order clauses come', () => {
    fc.assert(
      fc.property(withLiterals, withLiterals, ([problem, assumptions], [, others]) => {
        const within = others.filter((literal) => Math.abs(literal) <= problem.variables);
        const used = new Propagator(problem);
        used.suppose(within);
        const reversed = new Propagator({ ...problem, clauses: problem.clauses.toReversed() });
        const ways = [used, reversed, new Propagator(problem)].map((way) =>
          valuesUnder(way, problem, assumptions),
        );
        expect(ways[0]).toEqual(ways[2]);
        expect(ways[1]).toEqual(ways[2]);
      }),
    );
  });
});

function valuesUnder(
  propagator: Propagator,
  { variables }: Cnf,
  assumptions: Clause,
): readonly unknown[] | 'none' {
  const values: unknown[] = [];
  const consistent = propagator.suppose(assumptions, (value) => {
    for (let variable = 1; variable <= variables; variable++) values.push(value(variable));
  });
  return consistent ? values : 'none';
}

describe('a proof', () => {
  it('is found and checked exactly of what has no model', async () => {
    await fc.assert(
      fc.asyncProperty(cnf, async (problem) => {
        fc.pre(modelsOf(problem).length === 0);
        const search = await prove(problem);
        expect(search.kind).toBe('proof');
        if (search.kind !== 'proof') return;
        const { clauses } = search;
        expect(checkProof(problem, clauses)).toEqual({ kind: 'proved', steps: clauses.length });
        expect(checkProofText(problem, printClauses(clauses))).toEqual({
          kind: 'proved',
          steps: clauses.length,
        });
      }),
    );
  });

  it('of what has a model is refused, whatever it is', () => {
    fc.assert(
      fc.property(withClauses, ([problem, clauses]) => {
        fc.pre(modelsOf(problem).length > 0);
        expect(checkProof(problem, [...clauses, []]).kind).toBe('unfounded');
        expect(['unfounded', 'unfinished']).toContain(checkProof(problem, clauses).kind);
      }),
    );
  });

  it('is refused by the first step that does not follow', async () => {
    const search = await prove(hard);
    if (search.kind !== 'proof') throw new Error(search.kind);
    expect(search.clauses.length).toBeGreaterThan(10);
    expect(checkProof(hard, [[1], ...search.clauses])).toEqual({ kind: 'unfounded', step: 1 });
    expect(checkProof(hard, search.clauses.slice(0, -1)).kind).toBe('unfinished');
    expect(checkProof(hard, search.clauses.slice(-1))).toEqual({ kind: 'unfounded', step: 1 });
  });

  it('may delete clauses, which changes nothing', async () => {
    const search = await prove(hard);
    if (search.kind !== 'proof') throw new Error(search.kind);
    const text = `d 1 2 0\n${printClauses(search.clauses)}`;
    expect(checkProofText(hard, text)).toEqual({ kind: 'proved', steps: search.clauses.length });
  });

  it.each(['1 2', '1 2 0 ', '1  2 0', '01 0', '1 31 0', '-0 0', '1e1 0', 'a 0', '0 1 0', '\t0'])(
    'is told by the line that is no clause: %j',
    (line) => {
      expect(checkProofText(hard, `1 -1 0\n${line}\n`)).toEqual({ kind: 'malformed', line: 2 });
    },
  );
});

it('prints a formula as solvers read it', () => {
  const problem = { variables: 3, clauses: [[1, -2], [3], []] };
  expect(printDimacs(problem, ['of three', ''])).toBe('c of three\nc\np cnf 3 3\n1 -2 0\n3 0\n0\n');
});

describe('DIMACS', () => {
  it('is read as it was printed', () => {
    fc.assert(
      fc.property(cnf, fc.array(fc.constantFrom('', 'p cnf 1 1', '1 0')), (problem, comments) => {
        expect(readDimacs(printDimacs(problem, comments))).toEqual(problem);
      }),
    );
  });

  it.each([
    '',
    'p cnf 1 1\n',
    'p cnf 1 1\n1 0',
    'p cnf 1 1\n2 0\n',
    'p cnf 1 2\n1 0\n',
    'p cnf 1 1\n1\n',
    'p  cnf 1 1\n1 0\n',
    '1 0\np cnf 1 1\n',
    'p cnf 1 1\n1 0\nc late\n',
    'c only\n',
  ])('is nothing else: %j', (text) => {
    expect(readDimacs(text)).toBeUndefined();
  });
});
