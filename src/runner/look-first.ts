/** Where to look first in the code of a protocol, of which a run violates its specification. */
import type { FaultSet } from '../injector/faults.js';
import { isViolated, type Violation } from '../injector/run.js';
import { placeName, type CodePlace, type Statement, type Suspect } from '../lineage/suspects.js';
import type { FaultCause } from './result.js';
import type { LineageOfRun, Subject } from './subjects/subject.js';

/**
 * The places in the code that most speaks against, what is likeliest first; none where nothing does.
 *
 * @param violation the first of the run under the faults
 * @param causes of that
 */
export function suspectsOf(
  subject: Subject,
  violation: Violation,
  faults: FaultSet,
  causes: readonly FaultCause[],
  lineageOf: LineageOfRun,
): readonly Suspect[] {
  const changed = placesOnTheWay(causes);
  return subject.suspects(faults, { violation, changed, good: goodRuns(subject, faults), lineageOf });
}

/** Each place once, by how far it is from the faults. */
function placesOnTheWay(causes: readonly FaultCause[]): readonly Statement[] {
  const longest = Math.max(0, ...causes.map(({ chain }) => chain.length));
  const places = new Map<string, CodePlace>();
  for (let step = 0; step < longest; step++)
    for (const { chain } of causes) {
      const { by, place } = chain.at(step) ?? {};
      if (by === undefined) continue;
      const found = { by, place };
      if (!places.has(placeName(found))) places.set(placeName(found), found);
    }
  return [...places.values()].map((place, after) => ({
    ...place,
    evidence: { kind: 'changed', after },
  }));
}

function goodRuns(subject: Subject, faults: FaultSet): readonly FaultSet[] {
  const without = faults.map((fault) => faults.filter((each) => each !== fault));
  return without.filter((others) => !isViolated(subject.outcome(others)));
}
