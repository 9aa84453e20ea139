/** The least fault sets that a page of tolerance tells of, each of which can be gone through there. */
import type { Bounds } from '../../../injector/bounds.js';
import type { FaultSet } from '../../../injector/faults.js';
import { formatSchedule } from '../../../injector/schedule.js';
import type { CounterexampleStudy } from '../../../runner/explain/study.js';
import type { Replay } from '../../../runner/replay.js';
import type { Tolerance } from '../../../runner/tolerance/tolerance.js';

/** A fault set that violates, and bounds within which it does. */
export interface ToleranceCase {
  readonly faults: FaultSet;
  readonly bounds: Bounds;
}

/** A case, its run, and what was found out about it. */
export interface StudiedCase extends ToleranceCase, Replay {
  readonly study: CounterexampleStudy;
}

/** What is known of one scenario, with its cases as far as they were studied. */
export interface StudiedTolerance {
  readonly tolerance: Tolerance;
  readonly cases: readonly StudiedCase[];
}

/** All cases, each once: those of the frontier, of the bounds themselves, and from just outside of them. */
export function casesOf({ rows, bounds, analysis, outside = [] }: Tolerance): readonly ToleranceCase[] {
  const edges = rows.flatMap(({ crashes, broken }) =>
    broken === undefined ? [] : [{ faults: broken.faults, bounds: { ...bounds, crashes, eff: broken.eff } }],
  );
  const least = analysis.kind === 'analysed' ? analysis.analysis.faults : undefined;
  const own = least === undefined ? [] : [{ faults: least, bounds }];
  const beyond = outside.flatMap(({ bounds: wider, found }) =>
    found.kind === 'violated' ? [{ faults: found.faults, bounds: wider }] : [],
  );
  const all = [...edges, ...own, ...beyond];
  return all.filter((each, index) => all.findIndex((other) => caseKey(other) === caseKey(each)) === index);
}

/** Equal for two cases that have the same run. */
export function caseKey({ faults, bounds: { eot } }: ToleranceCase): string {
  return `${eot} ${formatSchedule(faults)}`;
}
