/** A largest fault set around one: what a run of it shows, it shows of all within it. */
import type { Knowledge } from './knowledge.js';
import { withFault, type SystemFault, type SystemFaults } from './system-run.js';

/**
 * As many faults as may fire together and are not known to be too many. Of the kinds of fault of a call it takes the
 * one that makes most new sets of so many faults with the others, as covering arrays are built row by row (Cohen, Dalal,
 * Fredman & Patton, "The AETG system", IEEE TSE 23, 1997).
 *
 * @param size of the fault sets that are being decided
 * @param ceiling the most faults
 */
export function largestAround(
  seed: SystemFaults,
  knowledge: Knowledge,
  { size, ceiling }: { readonly size: number; readonly ceiling: number },
): SystemFaults {
  const { map } = knowledge;
  const isAllowed = (faults: SystemFaults): boolean =>
    faults.length <= ceiling && !map.hasBadWithin(faults) && knowledge.mayFire(faults);
  let chosen = isAllowed(seed) ? seed : withContexts(seed, knowledge, isAllowed);
  for (const kinds of byPoint(map.faults)) {
    const options = kinds
      .map((fault) => ({ faults: withFault(chosen, fault), times: map.timesSurvived(fault, chosen, size) }))
      .sort((a, b) => a.times - b.times);
    chosen = options.find(({ faults }) => isAllowed(faults))?.faults ?? chosen;
  }
  return chosen;
}

/** With what has to fail for the calls to be made, where that is allowed; else as it is. */
function withContexts(
  seed: SystemFaults,
  knowledge: Knowledge,
  isAllowed: (faults: SystemFaults) => boolean,
): SystemFaults {
  let chosen = seed;
  for (const { point, contexts } of knowledge.seenCalls) {
    if (!seed.some((fault) => fault.point === point)) continue;
    const larger = contexts
      .map((context) => knowledge.map.canonicalSet([...context, ...chosen]))
      .filter((faults) => new Set(faults.map((fault) => fault.point)).size === faults.length);
    const [smallest] = larger.sort((a, b) => a.length - b.length);
    chosen = smallest ?? chosen;
  }
  return isAllowed(chosen) ? chosen : seed;
}

function byPoint(faults: readonly SystemFault[]): readonly (readonly SystemFault[])[] {
  const points = new Map<string, SystemFault[]>();
  for (const fault of faults) {
    const kinds = points.get(fault.point);
    if (kinds === undefined) points.set(fault.point, [fault]);
    else kinds.push(fault);
  }
  return [...points.values()];
}
