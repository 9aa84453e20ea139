import fc from 'fast-check';
import { expect, it } from 'vitest';
import { executions, faultSets } from '../../../src/testing/fast-check/index.js';
import { replayScenario } from '../../../src/runner/check-scenario.js';
import { byRules, faulty, hasty, patient } from '../../runner/scenarios.js';
import { isViolated } from '../../../src/injector/run.js';

it.each([hasty, patient, byRules])('executions are replays of fault sets: $name', (scenario) => {
  fc.assert(
    fc.property(executions(scenario), (run) => {
      expect(run).toEqual(replayScenario(scenario, run.faults).run);
    }),
  );
});

it('executions shrink as their fault sets do, and print as these', () => {
  const { counterexample, errorInstance } = fc.check(
    fc.property(executions(hasty), (run) => !isViolated(run)),
  );
  expect(errorInstance).toEqual(new Error('Property failed by returning false'));
  expect(fc.stringify(counterexample![0])).toBe('drop alice->bob@1');
});

it('a property of a replay finds what a check finds', () => {
  const { counterexample } = fc.check(
    fc.property(faultSets(byRules), (faults) => !isViolated(replayScenario(byRules, faults).run)),
  );
  expect(fc.stringify(counterexample)).toBe('[drop alice->bob@1]');
});

it('executions have no more faults than wanted', () => {
  const sizes = fc.sample(executions(patient, { maxFaults: 1 }), 100).map(({ faults }) => faults.length);
  expect(new Set(sizes)).toEqual(new Set([0, 1]));
});

it('executions of a scenario with errors fail with these', () => {
  expect(() => {
    fc.assert(fc.property(executions(faulty), () => true));
  }).toThrow('cannot be run');
});
