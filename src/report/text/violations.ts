/** When the violations of a run are there. */
import type { Execution } from '../../injector/execution.js';
import type { Tuple } from '../../model/rules/program.js';

/** Those of rules, and of `pre` and `post`, are there at EOT; that of `always` the first time that it does not hold. */
export function violationsAt({ language, eot, violations }: Execution, time: number): readonly Tuple[] {
  return violations.filter(([, , first]) => (language === 'rules' ? eot : first) === time);
}

/** All times at which there is one, ascending. */
export function violationTimes(execution: Execution): readonly number[] {
  const times = Array.from({ length: execution.eot }, (_, index) => index + 1);
  return times.filter((time) => violationsAt(execution, time).length > 0);
}
