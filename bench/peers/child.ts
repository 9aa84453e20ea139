/** What a process of `ldfi.ts` does: it checks one row so many times, and prints what came of it. */
import { processorTime } from '../figures.js';
import { checkRow } from '../rows.js';
import type { CheckResult } from '../../src/runner/result.js';
import { answerOf } from './answer.js';
import type { Checked } from './ldfi.js';
import { peerRows } from './rows.js';

/** Milliseconds by the clock: long enough that the limit on processor time comes before it. */
const NEVER = 24 * 3_600_000;

const [number, written, runs] = process.argv.slice(2);
const { handlers, rules } = peerRows[Number(number)];
const row = await (written === 'rules' ? rules!.row() : handlers());
const results: CheckResult[] = [];
const computed: number[] = [];
for (let turn = 0; turn < Number(runs); turn++) {
  const before = processorTime();
  results.push(await checkRow(row, { timeout: NEVER }));
  computed.push((processorTime() - before) / 1_000);
}
process.stdout.write(JSON.stringify({ ...answerOf(results[0]), computed } satisfies Checked));
