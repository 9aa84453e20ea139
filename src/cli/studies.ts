/** What a reader of counterexamples may ask next, found out for those of one check, or of what one scenario tolerates. */
import { type CheckResult, type Counterexample, type PreparedScenario, replayProtocol } from '../index.js';
import {
  casesOf,
  type CounterexampleStudy,
  type ScenarioHost,
  sourcesOf,
  type StudiedTolerance,
  studyCounterexample,
  type Tolerance,
} from '../toolkit.js';

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

/** With the runs of all its cases, and what they rest on. @throws as `replayProtocol` does */
export function studiedTolerance(
  { protocol, nodes }: Pick<PreparedScenario, 'protocol' | 'nodes'>,
  tolerance: Tolerance,
  host: ScenarioHost,
): StudiedTolerance {
  const read = sourcesOf(host);
  const cases = casesOf(tolerance).map(({ faults, bounds }) => ({
    faults,
    bounds,
    ...replayProtocol(protocol, { nodes, bounds }, faults),
    study: studyCounterexample(protocol, { nodes, bounds }, faults, read),
  }));
  return { tolerance, cases };
}
