/** The formula of a certificate, against a judge that runs a protocol under every admissible fault set. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import {
  claimOf,
  literalsOf,
  printClaim,
  violationOf,
  admissibility,
  type ClaimTerms,
} from '../../../src/runner/certificate/claim.js';
import { Propagator } from '../../../src/runner/certificate/propagator.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { generatedProgram, type GeneratedProgram } from '../../generators/dedalus.js';
import { generatedHandlers } from '../../generators/handlers/handlers.js';
import { judgeHandlerRuns } from '../../judge/handlers.js';
import { judgeRuns } from '../../judge/verdict.js';
import { backends, solverOf } from '../../solver/brute-force.js';

const numRuns = 15;
const [{ factory: minisat }, { factory: cadical }] = backends;

type JudgedRuns = Iterable<{
  readonly faults: FaultSet;
  readonly run: { readonly violations: readonly unknown[] };
}>;

function termsOf({ text, nodes, bounds }: GeneratedProgram): ClaimTerms {
  return { protocol: readDedalusText(text).checked!, nodes, bounds };
}

/** Decides each fault set by propagation, all of them by solvers, and counts the models that there are. */
function expectFormulaToEqualRuns(terms: ClaimTerms, runs: JudgedRuns): void {
  const claim = claimOf(terms, minisat);
  const { cnf, space } = claim;
  const gates = new Propagator(admissibility(cnf));
  let violating = 0;
  const differing: FaultSet[] = [];
  const variables = Array.from({ length: cnf.variables }, (_, index) => index + 1);
  for (const { faults, run } of runs) {
    const violates = run.violations.length > 0;
    if (violates) violating++;
    let agrees = false;
    gates.suppose(literalsOf(space, faults), (value) => {
      agrees =
        value(violationOf(cnf)) === violates && variables.every((variable) => value(variable) !== undefined);
    });
    if (!agrees) differing.push(faults);
  }
  expect(differing).toEqual([]);
  for (const { factory } of backends) {
    const solver = solverOf(factory, cnf);
    expect(solver.solve()).toBe(violating > 0 ? 'satisfiable' : 'unsatisfiable');
    solver.dispose();
  }
}

describe('the formula', { timeout: 600_000 }, () => {
  it('has a model exactly where an admissible fault set violates, over random programs', () => {
    fc.assert(
      fc.property(generatedProgram(), (generated) => {
        const terms = termsOf(generated);
        const { program } = readDedalusText(generated.text).checked!;
        expectFormulaToEqualRuns(terms, judgeRuns(program, terms.nodes, terms.bounds));
      }),
      { numRuns },
    );
  });

  it('has a model exactly where an admissible fault set violates, over random handlers', () => {
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        const { protocol, nodes, bounds } = generated;
        expectFormulaToEqualRuns(generated, judgeHandlerRuns(protocol, nodes, bounds));
      }),
      { numRuns },
    );
  });

  it('is the same to the byte with every solver', () => {
    fc.assert(
      fc.property(fc.oneof(generatedProgram().map(termsOf), generatedHandlers()), (terms) => {
        const texts = [minisat, cadical].map((factory) => printClaim(claimOf(terms, factory)));
        expect(texts[1]).toBe(texts[0]);
      }),
      { numRuns: 12 },
    );
  });
});

describe('the formula without its last clause', () => {
  const protocol = readDedalusText('pre("a")@1; post("a")@1;').checked!;
  const nodes = ['a', 'b'];
  const bounds = fc
    .record({ eot: fc.integer({ min: 1, max: 4 }), eff: fc.nat(3), crashes: fc.nat(2) })
    .filter(({ eot, eff }) => eff < eot);

  it('has exactly the admissible fault sets for models', () => {
    fc.assert(
      fc.property(bounds, (within) => {
        const claim = claimOf({ protocol, nodes, bounds: within }, minisat);
        const found = modelsOver(claim.cnf, claim.space, minisat);
        const space = new FaultSpace(nodes, within);
        const admissible = everyChoice(space).filter((inputs) => isAdmissible(space, within, inputs));
        expect(new Set(found)).toEqual(new Set(admissible.map((inputs) => JSON.stringify(inputs))));
      }),
    );
  });
});

/** The true fault events of each model, excluding each as it is found. */
function modelsOver(
  cnf: Parameters<typeof admissibility>[0],
  space: FaultSpace,
  factory: SolverFactory,
): readonly string[] {
  const solver = solverOf(factory, admissibility(cnf));
  const found: string[] = [];
  while (solver.solve() === 'satisfiable') {
    const values = space.events.map((_, input) => solver.value(input + 1));
    found.push(JSON.stringify([...values.keys()].filter((input) => values[input])));
    solver.addClause(values.map((value, input) => (value ? -(input + 1) : input + 1)));
  }
  solver.dispose();
  return found;
}

function everyChoice(space: FaultSpace): readonly (readonly number[])[] {
  const inputs = [...space.events.keys()];
  return Array.from({ length: 2 ** inputs.length }, (_, bits) =>
    inputs.filter((input) => (bits >> input) & 1),
  );
}

/** Who is down stays down, and no more nodes are down at the end than may crash. */
function isAdmissible(space: FaultSpace, { eot, crashes }: Bounds, inputs: readonly number[]): boolean {
  const down = new Set(
    inputs.flatMap((input) => {
      const event = space.events[input];
      return event.kind === 'crash' ? [`${event.node}@${event.time}`] : [];
    }),
  );
  const recovers = space.nodes.some((node) =>
    Array.from({ length: eot }, (_, time) => time).some(
      (time) => down.has(`${node}@${time}`) && time + 1 < eot && !down.has(`${node}@${time + 1}`),
    ),
  );
  return !recovers && space.nodes.filter((node) => down.has(`${node}@${eot - 1}`)).length <= crashes;
}
