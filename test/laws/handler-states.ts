/** The law of the search through the states of all nodes together: of all fault sets it counts those that the judge finds. */
import { expect } from 'vitest';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { stepFaultsOf } from '../../src/injector/step-faults.js';
import { HandlerEvaluator } from '../../src/model/handlers/evaluator.js';
import { JointSearch } from '../../src/model/handlers/joint/joint-search.js';
import { HandlerSpecification } from '../../src/model/handlers/specification.js';
import { finish } from '../../src/model/steps.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { judgeHandlerRun } from '../judge/handlers.js';
import type { HandlerSetting } from './handler-conditions.js';

/** What a search came to: `none` where more than the states matters. */
export type FoundByStates = 'none' | 'violated' | 'not violated';

/** Fails where a count differs. */
export function expectStatesToEqualRuns({ protocol, nodes, bounds }: HandlerSetting): FoundByStates {
  const { eot } = bounds;
  const evaluator = new HandlerEvaluator(protocol, { nodes, eot });
  const specification = new HandlerSpecification(evaluator);
  const faults = stepFaultsOf(new FaultSpace(nodes, bounds));
  if (faults === undefined || specification.isOverTime) return 'none';
  const found = finish(new JointSearch(evaluator, specification, faults).steps());
  if (found === undefined) return 'none';
  const runs = [...admissibleFaultSets(nodes, bounds)].map((set) => ({
    size: set.length,
    ...judgeHandlerRun(protocol, { nodes, eot }, set),
  }));
  const violating = runs.filter(({ violations }) => violations.length > 0);
  const sizes = violating.map(({ size }) => size);
  const { asked, ...counts } = found;
  expect(counts).toEqual({
    violating: BigInt(violating.length),
    fewest: sizes.length === 0 ? undefined : Math.min(...sizes),
    ways: BigInt(runs.length),
  });
  const [faultless] = runs.filter(({ size }) => size === 0);
  // Where that violates something, nothing is asked any more.
  if (faultless.violations.length === 0) expect(asked).toEqual(new Set(faultless.pre));
  return sizes.length > 0 ? 'violated' : 'not violated';
}
