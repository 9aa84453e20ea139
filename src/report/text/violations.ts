/** When the violations of a run are there. */
import { violationsOf, type Outcome, type Violation } from '../../injector/run.js';

/** Those of rules, and of `pre` and `post`, are there at EOT; that of `always` the first time that it does not hold. */
export function violationsAt<Judged extends Outcome>(
  run: Judged,
  time: number,
): readonly Violation<Judged>[] {
  return violationsOf(run).filter((violation) => violation.time === time);
}
