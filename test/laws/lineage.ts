/** Lineage of random protocols under a few fault sets, for whatever is to hold of every lineage. */
import { effectsWithin } from '../../src/injector/world.js';
import type fc from 'fast-check';
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { isViolated } from '../../src/injector/run.js';
import { lineageGraph, type LineageGraph } from '../../src/lineage/graph.js';
import type { Protocol } from '../../src/model/protocol.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import type { Subject } from '../../src/runner/subjects/subject.js';
import { protocolKind } from '../../src/runner/kinds/kinds.js';
import { generatedProgram } from '../generators/dedalus.js';
import { generatedHandlers } from '../generators/handlers/handlers.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';

/** A protocol within bounds. */
export interface Explained {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

export function explainedRules(): fc.Arbitrary<Explained> {
  return generatedProgram().map(({ text, nodes, bounds }) => {
    return { protocol: readDedalusText(text).checked!, nodes, bounds };
  });
}

export function explainedHandlers(): fc.Arbitrary<Explained> {
  return generatedHandlers().map(({ protocol, nodes, bounds }) => ({ protocol, nodes, bounds }));
}

export function subjectFor({ protocol, nodes, bounds }: Explained): Subject {
  return protocolKind(protocol).subject(protocol, {
    nodes,
    eot: bounds.eot,
    ...effectsWithin(bounds),
    checkpoint: () => undefined,
    lineage: 'causal',
  });
}

/** A run that has been explained. */
export interface ExplainedRun {
  readonly graph: LineageGraph;
  readonly isViolated: boolean;
}

/** The first few fault sets, the empty one first. */
export async function explainedRuns(explained: Explained, most: number): Promise<readonly ExplainedRun[]> {
  const subject = subjectFor(explained);
  const sets: FaultSet[] = [];
  for (const faults of admissibleFaultSets(explained.nodes, explained.bounds)) {
    if (sets.length === most) break;
    sets.push(faults);
  }
  return Promise.all(
    sets.map(async (faults) => ({
      graph: await lineageGraph(subject.lineage(faults)),
      isViolated: isViolated(subject.outcome(faults)),
    })),
  );
}
