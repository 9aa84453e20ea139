/** The verdict on a protocol by running it under every admissible fault set. */
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import type { Program } from '../../src/model/rules/program.js';
import { prepareJudge } from './dedalus.js';
import type { JudgedRun } from './dedalus.js';
import { admissibleFaultSets, minimalOnes } from './fault-sets.js';

export interface JudgedVerdict {
  readonly verdict: 'violated' | 'certified' | 'vacuous';
  /** How many admissible fault sets there are, each of which was run. */
  readonly faultSets: number;
  readonly violating: readonly FaultSet[];
  /** The violating ones than which no violating one is smaller: fewest faults first, then the latest crashes. */
  readonly minimal: readonly FaultSet[];
  /** In the order of the specification. */
  readonly properties: readonly JudgedProperty[];
}

export interface JudgedProperty {
  readonly name: string;
  /** The admissible fault sets under which it is asked anything. */
  readonly asked: readonly FaultSet[];
}

/** What one run adds to a verdict. */
interface Judged {
  readonly faults: FaultSet;
  /** The names of the properties that it is asked. */
  readonly asked: readonly string[];
  readonly violates: boolean;
}

/**
 * @param delivered relations of messages that always arrive
 * @throws as {@link prepareJudge}.
 */
export function judgeVerdict(
  program: Program,
  nodes: readonly string[],
  bounds: Bounds,
  delivered: readonly string[] = [],
): JudgedVerdict {
  const heads = new Set(program.clauses.map((clause) => headOf(clause)));
  const isRead = (...relations: readonly string[]) => relations.every((relation) => heads.has(relation));
  const [atEnd, always] = [isRead('pre', 'post'), isRead('always', 'alwaysPost')];
  const judged = [...judgeRuns(program, nodes, bounds, delivered)].map(({ faults, run }) => ({
    faults,
    asked: [
      ...(atEnd && run.pre.length > 0 ? ['pre'] : []),
      ...(always && run.always.length > 0 ? ['always'] : []),
    ],
    violates: (atEnd && run.violations.length > 0) || (always && run.broken.length > 0),
  }));
  return verdictOf([...(atEnd ? ['pre'] : []), ...(always ? ['always'] : [])], judged);
}

function headOf(clause: Program['clauses'][number]): string {
  return clause.kind === 'fact' ? clause.relation : clause.head.relation;
}

/**
 * @param names those of the properties
 * @param runs those under all admissible fault sets
 */
export function verdictOf(names: readonly string[], runs: readonly Judged[]): JudgedVerdict {
  const violating = runs.filter(({ violates }) => violates).map(({ faults }) => faults);
  const properties = names.map((name) => ({
    name,
    asked: runs.filter(({ asked }) => asked.includes(name)).map(({ faults }) => faults),
  }));
  const saysEnough =
    properties.every(({ asked }) => asked.length > 0) &&
    properties.some(({ asked }) => asked.some((faults) => faults.length === 0));
  const passed = saysEnough ? 'certified' : 'vacuous';
  return {
    verdict: violating.length > 0 ? 'violated' : passed,
    faultSets: runs.length,
    violating,
    minimal: minimalOnes(violating),
    properties,
  };
}

/** Each admissible fault set with the run under it, for laws about every fact under every fault set. */
export function* judgeRuns(
  program: Program,
  nodes: readonly string[],
  bounds: Bounds,
  delivered: readonly string[] = [],
): Iterable<{ readonly faults: FaultSet; readonly run: JudgedRun }> {
  const run = prepareJudge(program, { nodes, eot: bounds.eot, delivered });
  for (const faults of admissibleFaultSets(nodes, bounds)) yield { faults, run: run(faults) };
}
