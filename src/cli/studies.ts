/** What a reader of counterexamples may ask next, found out for those of one check. */
import type { CheckResult, Counterexample } from '../index.js';
import { type CounterexampleStudy, type ScenarioHost, sourcesOf, studyCounterexample } from '../toolkit.js';
import type { PreparedScenario } from '../index.js';

/** Counterexamples of one check that are studied. */
const MOST_STUDIED = 10;

export function studiedOf({ verdict }: CheckResult): readonly Counterexample[] {
  return verdict.kind === 'violated' ? verdict.counterexamples.slice(0, MOST_STUDIED) : [];
}

/** Of the first counterexamples, in their order. @throws as `replayProtocol` does */
export function studiesOf(
  { protocol, nodes }: PreparedScenario,
  result: CheckResult,
  host: ScenarioHost,
): readonly CounterexampleStudy[] {
  const { bounds } = result;
  const read = sourcesOf(host);
  return studiedOf(result).map(({ faults }) =>
    studyCounterexample(protocol, { nodes, bounds }, faults, read),
  );
}
