/** Runs of a scenario under random fault sets, for properties that no check of a specification knows. */
import fc from 'fast-check';
import type { Run } from '../../injector/run.js';
import { formatSchedule } from '../../injector/schedule.js';
import { replayScenario } from '../../runner/check-scenario.js';
import type { Scenario } from '../../runner/scenario/define.js';
// A test runner may load this beside the copy of the library that scenarios are made by: this one is to know handlers, too.
import '../../runner/scenario/define.js';
import { faultSets, type FaultSetConstraints } from './fault-sets.js';

/**
 * Runs of a scenario under fault sets as {@link faultSets} draws and shrinks them. A run prints as its fault set.
 *
 * @throws ScenarioError when the scenario has errors, once the first run is drawn
 * @throws TypeError for an option that there is not, RangeError when the bounds, or the limit, make no sense
 *
 * @example
 * fc.assert(
 *   fc.property(executions(scenario), ({ messages }) => messages.length <= 20),
 * );
 */
export function executions(scenario: Scenario, constraints: FaultSetConstraints = {}): fc.Arbitrary<Run> {
  return faultSets(scenario, constraints).map((faults) => {
    const { run } = replayScenario(scenario, faults);
    return Object.defineProperty({ ...run }, fc.toStringMethod, {
      value: () => formatSchedule(faults) || 'no fault',
    });
  });
}
