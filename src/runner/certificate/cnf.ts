/**
 * Formulas in conjunctive normal form as data, and as DIMACS text: what every SAT solver reads. The solvers in
 * `src/solver` take clauses one by one and keep them to themselves; a certificate has to show them.
 */
import type { ClauseSink } from '../../solver/encode.js';
import type { Literal } from '../../solver/sat.js';

export type CnfClause = readonly Literal[];

/** A formula: of every clause some literal is true. Variables are 1 to `variables`. */
export interface Cnf {
  readonly variables: number;
  readonly clauses: readonly (readonly Literal[])[];
}

/** Keeps what is written to it, where a solver would begin to work on it. */
export class CnfRecorder implements ClauseSink {
  private variables = 0;
  private readonly clauses: CnfClause[] = [];

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: CnfClause): void {
    this.clauses.push([...literals]);
  }

  get cnf(): Cnf {
    return { variables: this.variables, clauses: this.clauses };
  }
}

/** Writes a formula to a solver that has no variables yet. */
export function addTo(solver: ClauseSink, { variables, clauses }: Cnf): void {
  for (let variable = 1; variable <= variables; variable++) solver.newVariable();
  for (const clause of clauses) solver.addClause(clause);
}

/** @param comments lines without a line break in them */
export function printDimacs({ variables, clauses }: Cnf, comments: readonly string[]): string {
  const lines = [
    ...comments.map((comment) => (comment === '' ? 'c' : `c ${comment}`)),
    `p cnf ${variables} ${clauses.length}`,
  ];
  return `${lines.join('\n')}\n${printClauses(clauses)}`;
}

/** Each clause on a line of its own, ended by 0. */
export function printClauses(clauses: readonly CnfClause[]): string {
  return clauses.map((clause) => `${[...clause, 0].join(' ')}\n`).join('');
}

/**
 * Reads a formula in DIMACS as certificates are written in it: comments, then the header, then each clause on a line
 * of its own, ended by 0. Undefined where the text is something else.
 */
export function readDimacs(text: string): Cnf | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line !== 'c' && !line.startsWith('c '));
  const header = /^p cnf (0|[1-9]\d*) (0|[1-9]\d*)$/.exec(lines.at(first) ?? '');
  if (header === null || lines.at(-1) !== '') return undefined;
  const variables = Number(header[1]);
  const clauses = lines.slice(first + 1, -1).map((line) => readClause(line, variables));
  if (clauses.length !== Number(header[2]) || clauses.includes(undefined)) return undefined;
  return { variables, clauses: clauses.filter((clause) => clause !== undefined) };
}

/** A line with a clause over so many variables; undefined where it is something else. */
export function readClause(line: string, variables: number): CnfClause | undefined {
  if (!/^(?:-?[1-9]\d* )*0$/.test(line)) return undefined;
  const literals = line.split(' ').map(Number).slice(0, -1);
  return literals.every((literal) => Math.abs(literal) <= variables) ? literals : undefined;
}
