/** The law of conditions: under every admissible fault set, a fact's condition is true exactly where it holds. */
import { effectsWithin } from '../../src/injector/world.js';
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { Evaluator, type Evaluation } from '../../src/model/rules/evaluate/evaluator.js';
import { isOfOutages } from '../../src/model/rules/evaluate/outages.js';
import { CRASH, type CheckedProgram } from '../../src/model/rules/program.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { prepareJudge } from '../judge/dedalus.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { expectTrueOfTheSame, type NamedCondition } from './representations.js';

export interface Setting {
  readonly checked: CheckedProgram;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Fails with the fault set and the facts that differ. @param faultSets admissible ones; all of them by default */
export function expectConditionsToEqualRuns(
  setting: Setting,
  factory: SolverFactory,
  faultSets: Iterable<FaultSet> = admissibleFaultSets(setting.nodes, setting.bounds),
): void {
  const { checked, nodes, bounds } = setting;
  const run = prepareJudge(checked.program, { nodes, eot: bounds.eot });
  // A program that reads no crashes has no such relation.
  const isKnown = (fact: string) => checked.relations.has(CRASH) || !fact.startsWith(`["${CRASH}"`);
  expectTrueOfTheSame(
    {
      nodes,
      bounds,
      evaluate: (world) => {
        const evaluator = new Evaluator(checked, {
          nodes,
          eot: bounds.eot,
          ...effectsWithin(bounds),
        });
        return allFacts(evaluator, evaluator.run(world));
      },
      judge: (faults) => {
        const { facts } = run(faults);
        const held = Array.from({ length: bounds.eot }, (_, i) =>
          [...facts(i + 1)].map((fact) => `${fact}@${i + 1}`),
        );
        return held.flat().filter(isKnown).sort();
      },
    },
    factory,
    faultSets,
  );
}

/** Each by relation, tuple and time. */
function allFacts(evaluator: Evaluator, evaluation: Evaluation): readonly NamedCondition[] {
  const times = Array.from({ length: evaluator.eot }, (_, i) => i + 1);
  const shown = evaluator.relations.filter(({ name }) => !isOfOutages(name));
  return shown.flatMap(({ name }) =>
    times.flatMap((time) =>
      evaluation.factsOf(name, time).map(({ tuple, condition }) => ({
        name: `${JSON.stringify([name, ...tuple])}@${time}`,
        condition,
      })),
    ),
  );
}
