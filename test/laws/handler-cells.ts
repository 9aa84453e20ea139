/** The law of evaluation by cells: of all fault sets it finds exactly those under which properties ask, or are violated. */
import type { FaultSet } from '../../src/injector/faults.js';
import { CellCalls } from '../../src/model/handlers/cells/cell-calls.js';
import { CellPass } from '../../src/model/handlers/cells/cell-pass.js';
import { CellSpecification } from '../../src/model/handlers/cells/cell-specification.js';
import { HandlerEvaluator } from '../../src/model/handlers/evaluator.js';
import { finish } from '../../src/model/steps.js';
import type { World } from '../../src/model/world.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { judgeHandlerRun } from '../judge/handlers.js';
import type { HandlerSetting } from './handler-conditions.js';
import { expectTrueOfTheSame } from './representations.js';

/** What properties say of all runs in a world. */
export function byCells(evaluator: HandlerEvaluator, world: World): CellSpecification {
  const { eot, protocol, calls } = evaluator;
  const cellCalls = new CellCalls(protocol, calls);
  const specification = new CellSpecification(cellCalls, world, eot);
  const pass = new CellPass(
    cellCalls,
    world,
    eot,
    () => undefined,
    (time, answers, recorded) => {
      specification.see(time, answers, recorded);
    },
  );
  finish(pass.steps());
  return specification;
}

/** The names of the properties that ask something, and `violated`. */
export function namesOf(asked: readonly string[], violated: boolean): readonly string[] {
  return [...asked.map((name) => `asks ${name}`), ...(violated ? ['violated'] : [])].sort();
}

/** Fails with the fault set and what differs. @param faultSets admissible ones; all of them by default */
export function expectCellsToEqualRuns(
  { protocol, nodes, bounds }: HandlerSetting,
  factory: SolverFactory,
  faultSets: Iterable<FaultSet> = admissibleFaultSets(nodes, bounds),
): void {
  const { eot } = bounds;
  expectTrueOfTheSame(
    {
      nodes,
      bounds,
      evaluate: (world) => {
        const specification = byCells(new HandlerEvaluator(protocol, { nodes, eot }), world);
        const asked = Object.keys(protocol.specification).map((name) => ({
          name: `asks ${name}`,
          condition: specification.askedBy(name),
        }));
        return [...asked, { name: 'violated', condition: specification.violation }];
      },
      judge: (faults) => {
        const { pre, violations } = judgeHandlerRun(protocol, { nodes, eot }, faults);
        return namesOf(pre, violations.length > 0);
      },
    },
    factory,
    faultSets,
  );
}
