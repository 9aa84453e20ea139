/** The answer-set program of a row, as `ldfi print --asp` writes it, decided by clingo with the fewest faults. */
import { printAnswerSets } from '../../src/injector/answer-sets.js';
import type { Row } from '../rows.js';
import { NO_ANSWER, type Answer } from './answer.js';
import { run } from './processes.js';

export interface ByClingo extends Answer {
  /** Seconds of the whole process. */
  readonly whole: number;
}

/** @param seconds of processor time  @throws Error where clingo says what is not understood */
export function searchByClingo({ scenario, bounds }: Row, seconds: number): ByClingo {
  const { protocol, nodes } = scenario;
  if (protocol.kind !== 'rules') throw new Error(`${scenario.name} is not written in rules`);
  const input = printAnswerSets(protocol, nodes, bounds);
  const { output, computed, outOfTime } = run(['clingo', '-', '--warn=none', '--quiet=2,1'], {
    input,
    seconds,
  });
  const whole = computed;
  if (outOfTime) return { ...NO_ANSWER, whole };
  if (output.includes('UNSATISFIABLE')) return { ...NO_ANSWER, verdict: 'certified', whole };
  const fewest = /^Optimization: (\d+)$/m.exec(output)?.[1];
  if (!output.includes('OPTIMUM FOUND') || fewest === undefined) throw new Error(`clingo: ${output}`);
  return { verdict: 'violated', fewest: Number(fewest), whole };
}
