/**
 * The law of conditions for handlers: under every admissible fault set, of all that a node might show at a time
 * exactly the one view has a true condition that it shows in the run.
 */
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { HandlerEvaluator } from '../../src/model/handlers/evaluator.js';
import type { HandlerProtocol } from '../../src/model/handlers/protocol.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { judgeHandlerRun } from '../judge/handlers.js';
import { expectTrueOfTheSame } from './representations.js';

export interface HandlerSetting {
  readonly protocol: HandlerProtocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Fails with the fault set and the views that differ. @param faultSets admissible ones; all of them by default */
export function expectViewsToEqualRuns(
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
        const evaluation = new HandlerEvaluator(protocol, { nodes, eot }).run(world);
        return nodes.flatMap((node, place) =>
          Array.from({ length: eot }, (_, i) =>
            evaluation.viewsOf(place, i + 1).map(({ observation, crashed, condition }) => ({
              name: nameOf(node, i + 1, observation.value, crashed),
              condition,
            })),
          ).flat(),
        );
      },
      judge: (faults) =>
        judgeHandlerRun(protocol, { nodes, eot }, faults)
          .views.flatMap((views, i) =>
            views.map(({ node, observed, crashed }) => nameOf(node, i + 1, observed, crashed)),
          )
          .sort(),
    },
    factory,
    faultSets,
  );
}

function nameOf(node: string, time: number, observed: unknown, crashed: boolean): string {
  return `${node}@${time} ${crashed ? 'crashed' : 'correct'} ${JSON.stringify(observed, sortKeys) ?? 'undefined'}`;
}

/** Objects are equal whatever the order of their keys; sets and maps are lists here. */
function sortKeys(_: string, value: unknown): unknown {
  if (value instanceof Set || value instanceof Map) return [...(value as Iterable<unknown>)];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
