/**
 * Proofs by CaDiCaL. `cadical-wasm` is built without files and does not export CaDiCaL's tracing of proofs, but
 * it tells of every clause that conflict analysis learns. While nothing else simplifies the formula, each of
 * these follows by unit propagation from the formula and those learned before, which is a proof.
 */
import { Cadical, createModule } from 'cadical-wasm';
import type { CadicalModule } from 'cadical-wasm';
import type { ClauseSink } from '../../solver/encode.js';
import { runGuarded } from '../guard/watchdog.js';
import { addTo, type CnfClause, type Cnf } from './cnf.js';
import { checkProof } from './proof.js';

export type ProofSearch =
  | { readonly kind: 'proof'; readonly clauses: readonly CnfClause[] }
  /** One clause that says why there is none. */
  | { readonly kind: 'none'; readonly reason: string };

/** Conflicts after which a proof is too long to be worth its file. */
const MOST_CONFLICTS = 1_000_000;

/** CaDiCaL takes no larger bound on the length of the clauses that it tells of. */
const ANY_LENGTH = 2 ** 31 - 1;

/** Search alone: no simplification of the formula, nor of clauses on the fly, of which nobody is told. */
const SEARCH_ALONE = {
  inprocessing: false,
  otfs: false,
  lucky: false,
  walk: false,
  factor: false,
  phase: false,
  quiet: true,
} as const;

/**
 * Proves a formula unsatisfiable. What is returned has been checked.
 *
 * @param timeout milliseconds; undefined for no limit
 */
export async function prove(cnf: Cnf, timeout?: number): Promise<ProofSearch> {
  const module = await loadModule();
  const guarded = runGuarded(() => search(new Cadical(module, SEARCH_ALONE), cnf), { timeoutMs: timeout });
  if (guarded.kind === 'finished') return guarded.value;
  return { kind: 'none', reason: 'the time ended before there was a proof' };
}

/**
 * An instance for one proof, which is dropped as a whole: work in it may be ended from outside, and to free a solver
 * in what that leaves, as the package does when it is garbage collected, could hang the program.
 */
async function loadModule(): Promise<CadicalModule> {
  const ignore = () => undefined;
  const module = await createModule({ print: ignore, printErr: ignore });
  const cwrap: CadicalModule['cwrap'] = (name, returned, given) =>
    name === 'ccadical_release' ? ignore : module.cwrap(name, returned, given);
  return Object.create(module, { cwrap: { value: cwrap } }) as CadicalModule;
}

function search(solver: Cadical, cnf: Cnf): ProofSearch {
  const clauses: CnfClause[] = [];
  solver.setLearn(ANY_LENGTH, (clause) => clauses.push(clause));
  addTo(new Sink(solver), cnf);
  switch (solver.solve({ conflicts: MOST_CONFLICTS })) {
    case 'satisfiable':
      throw new Error('what is to be proved unsatisfiable is satisfiable');
    case 'unknown':
      return { kind: 'none', reason: `the solver passed its budget of ${MOST_CONFLICTS} conflicts` };
    case 'unsatisfiable':
      return checked(cnf, clauses);
  }
}

class Sink implements ClauseSink {
  constructor(private readonly solver: Cadical) {}

  newVariable(): number {
    return this.solver.newVar();
  }

  addClause(literals: CnfClause): void {
    this.solver.addClause(literals);
  }
}

function checked(cnf: Cnf, clauses: readonly CnfClause[]): ProofSearch {
  const result = checkProof(cnf, clauses);
  if (result.kind === 'proved') return { kind: 'proof', clauses: clauses.slice(0, result.steps) };
  return { kind: 'none', reason: `what the solver learned is ${result.kind} as a proof` };
}
