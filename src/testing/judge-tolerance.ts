/** What tests say of a scenario that is to tolerate faults, whatever runs them. */
import type { Bounds } from '../injector/bounds.js';
import { checkScenario, type CheckScenarioOptions } from '../runner/check-scenario.js';
import { boundsOptions, searchOptions } from '../runner/options/common.js';
import { assertOptions, type OptionTable } from '../runner/options/table.js';
import { vacuityWords } from '../report/text/properties.js';
import { shellOf } from '../report/text/command.js';
import { reportCheck } from '../report/text/report.js';
import { plainStyle } from '../report/text/style.js';
import type { CheckResult } from '../runner/result.js';
import type { Scenario } from '../runner/scenario/define.js';
// A test runner may load this beside the copy of the library that scenarios are made by: this one is to know handlers, too.
import '../runner/scenario/define.js';

/** Bounds in place of the scenario's own, each by itself, and whatever else a check takes. */
export interface ToleranceOptions extends Omit<CheckScenarioOptions, 'bounds'>, Partial<Bounds> {}

const toleranceOptions: OptionTable<keyof ToleranceOptions> = { ...boundsOptions, ...searchOptions };

/** As vitest takes it from matchers. */
export interface JudgedTolerance {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Columns of a report: that of a plain terminal, less what test runners indent. */
const WIDTH = 78;

/**
 * @param caller what a message about options names
 * @param negated whether it is to be the other way round
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws what `checkScenario` throws
 */
export async function judgeTolerance(
  caller: string,
  scenario: Scenario,
  tolerance: ToleranceOptions,
  negated: boolean,
): Promise<JudgedTolerance> {
  assertOptions(caller, tolerance, toleranceOptions);
  const entries = Object.entries(tolerance).filter(([, value]) => value !== undefined);
  const given = entries.filter(([name]) => name in boundsOptions);
  const bounds = Object.fromEntries(given) as Partial<Bounds>;
  const options: CheckScenarioOptions = Object.fromEntries(
    entries.filter(([name]) => !(name in boundsOptions)),
  );
  const result = await checkScenario(scenario, {
    because: !negated,
    ...options,
    ...(given.length > 0 && { bounds }),
  });
  const report = reportCheck(result, {
    width: WIDTH,
    style: plainStyle,
    verbose: false,
    shell: shellOf(process.platform),
  });
  return {
    pass: passes(result, negated),
    message: () => `${complaint(result, negated)}\n\n${report.trimEnd()}`,
  };
}

/** What is neither known to hold nor known to fail is to fail the test either way. */
function passes({ verdict }: CheckResult, negated: boolean): boolean {
  switch (verdict.kind) {
    case 'certified':
      return true;
    case 'violated':
      return false;
    case 'vacuous':
    case 'inconclusive':
      return negated;
  }
}

function complaint(result: CheckResult, negated: boolean): string {
  const { name, verdict } = result;
  switch (verdict.kind) {
    case 'certified':
      return `${name} tolerates all faults within the bounds, and was expected not to`;
    case 'violated':
      return `${name} does not tolerate all faults within the bounds`;
    case 'vacuous':
      return `${name} was checked, but its specification says nothing (${vacuityWords(result, verdict)}): that shows neither that it tolerates faults nor that it does not`;
    case 'inconclusive':
      return `${name} could not be decided: it is not known whether it ${negated ? 'fails to tolerate' : 'tolerates'} all faults within the bounds`;
  }
}
