/**
 * SAT solvers that are installed beside ldfi, and share nothing with it: Debian has packages of `cadical`, `picosat` and
 * `minisat`. The first two write proofs, which ldfi's checker has to find right, and `drat-trim` where somebody
 * has built it: Debian has no package of that.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readDimacs } from '../../../src/runner/certificate/cnf.js';
import { CNF_FILE, PROOF_FILE } from '../../../src/runner/certificate/files.js';
import { checkProofText } from '../../../src/runner/certificate/proof.js';

interface NativeSolver {
  readonly program: string;
  /** @param proof the path to write a proof to */
  readonly args: (formula: string, proof: string) => readonly string[];
}

const SOLVERS: readonly NativeSolver[] = [
  { program: 'cadical', args: (formula, proof) => ['-q', '--no-binary', formula, proof] },
  { program: 'picosat', args: (formula, proof) => [formula, '-R', proof] },
  { program: 'minisat', args: (formula) => ['-verb=0', formula] },
];
const DRAT_TRIM = 'drat-trim';

export const NATIVE_PROGRAMS: readonly string[] = [...SOLVERS.map(({ program }) => program), DRAT_TRIM];

/** Those of them that are installed here. */
export function installedPrograms(): ReadonlySet<string> {
  return new Set(NATIVE_PROGRAMS.filter((program) => spawnSync(program, ['-h']).error === undefined));
}

/** What solvers exit with. */
const EXIT = { satisfiable: 10, unsatisfiable: 20 } as const;

/**
 * Every program that is installed says of a certificate's formula what the judge says, and every proof holds.
 *
 * @param folder of the certificate
 * @returns how many verdicts and proofs were looked at
 */
export function expectNativeSolversToAgree(
  folder: string,
  expected: keyof typeof EXIT,
  installed: ReadonlySet<string>,
): number {
  const formula = join(folder, CNF_FILE);
  const proofs: string[] = [];
  const solvers = SOLVERS.filter(({ program }) => installed.has(program));
  for (const { program, args } of solvers) {
    const proof = join(folder, `${program}.proof`);
    const { status } = spawnSync(program, args(formula, proof));
    expect(status, program).toBe(EXIT[expected]);
    if (expected !== 'unsatisfiable' || !existsSync(proof)) continue;
    removeHeading(proof);
    proofs.push(proof);
  }
  const cnf = readDimacs(readFileSync(formula, 'utf8'))!;
  for (const proof of proofs)
    expect(checkProofText(cnf, readFileSync(proof, 'utf8')).kind, proof).toBe('proved');
  if (expected === 'unsatisfiable' && installed.has(DRAT_TRIM)) {
    proofs.push(join(folder, PROOF_FILE));
    for (const proof of proofs)
      expect(String(spawnSync(DRAT_TRIM, [formula, proof]).stdout)).toMatch(/^s VERIFIED/m);
  }
  return solvers.length + proofs.length;
}

/** PicoSAT says first how large the formula is. */
function removeHeading(proof: string): void {
  writeFileSync(proof, readFileSync(proof, 'utf8').replace(/^%.*\n/, ''));
}
