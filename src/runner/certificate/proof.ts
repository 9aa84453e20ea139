/**
 * Proofs that a formula has no model: clauses of which each follows from the formula and those before it by
 * unit propagation alone, the last of them empty (Goldberg & Novikov, "Verification of proofs of
 * unsatisfiability for CNF formulas", DATE 2003). A text of them is a DRAT proof that uses no more than that,
 * so that other checkers read it too. DRAT's own kind of step, resolution asymmetric tautologies, is refused:
 * nothing here makes such steps, and a checker without them is half as long.
 */
import { readClause, type CnfClause, type Cnf } from './cnf.js';
import { Propagator } from './propagator.js';

/** What checking a proof came to. */
export type ProofResult =
  | { readonly kind: 'proved'; readonly steps: number }
  /** A clause of the proof, from 1, that does not follow from what came before. */
  | { readonly kind: 'unfounded'; readonly step: number }
  /** Every clause follows, but they do not end in a contradiction. */
  | { readonly kind: 'unfinished' }
  /** A line of the text, from 1, that is no clause over the formula's variables. */
  | { readonly kind: 'malformed'; readonly line: number };

/**
 * Checks that the clauses prove the formula unsatisfiable.
 *
 * @returns in `steps`, how many of them it took
 */
export function checkProof(cnf: Cnf, proof: readonly CnfClause[]): ProofResult {
  const propagator = new Propagator(cnf);
  for (const [index, clause] of proof.entries()) {
    if (propagator.isContradictory) return { kind: 'proved', steps: index };
    if (propagator.suppose(clause.map((literal) => -literal))) return { kind: 'unfounded', step: index + 1 };
    propagator.add(clause);
  }
  return propagator.isContradictory ? { kind: 'proved', steps: proof.length } : { kind: 'unfinished' };
}

/**
 * Checks that a text proves a formula unsatisfiable: one clause a line, ended by 0, each of which follows from the formula
 * and the clauses before it by unit propagation. Lines that delete a clause (`d`) change nothing. Solvers write
 * such texts as DRAT, though not every DRAT proof is one.
 */
export function checkProofText(cnf: Cnf, text: string): ProofResult {
  const proof: CnfClause[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('d ')) continue;
    const clause = readClause(line, cnf.variables);
    if (clause === undefined) return { kind: 'malformed', line: index + 1 };
    proof.push(clause);
  }
  return checkProof(cnf, proof);
}
