/**
 * Checks a proof that another solver wrote, by the same few hundred lines that `ldfi verify-certificate` checks its own
 * by. Usage: node tools/check-proof.js <formula.cnf> <proof>
 */
import { readFileSync } from 'node:fs';
import { checkProofText, readDimacs } from '../dist/index.js';

const [formula, proof] = process.argv.slice(2);
const cnf = readDimacs(readFileSync(formula, 'utf8'));
if (cnf === undefined) {
  console.log(`${formula} is no formula`);
  process.exit(2);
}
const result = checkProofText(cnf, readFileSync(proof, 'utf8'));
console.log(result.kind === 'proved' ? `proved in ${result.steps} steps` : JSON.stringify(result));
process.exit(result.kind === 'proved' ? 0 : 1);
