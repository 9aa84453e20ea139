/** Where a run first parts from the failure-free one. */
import type { Execution, GroundFact } from '../injector/execution.js';
import { CRASH } from '../model/program.js';
import type { Divergence } from './result.js';

/** Undefined where both runs hold the same facts throughout. `crash` is left out: it holds from the start. */
export function divergenceOf(execution: Execution, failureFree: Execution): Divergence | undefined {
  for (let time = 1; time <= execution.eot; time++) {
    const missing = without(failureFree.facts[time], execution.facts[time]);
    const added = without(execution.facts[time], failureFree.facts[time]);
    if (missing.length > 0 || added.length > 0) return { time, missing, added };
  }
  return undefined;
}

function without(facts: readonly GroundFact[], others: readonly GroundFact[]): readonly GroundFact[] {
  const known = new Set(others.map(nameOf));
  return facts.filter((fact) => fact.relation !== CRASH && !known.has(nameOf(fact)));
}

function nameOf({ relation, tuple }: GroundFact): string {
  return JSON.stringify([relation, tuple]);
}
