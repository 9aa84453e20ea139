/** Brute force: every fault set that fires, and of those that are not survived the minimal ones. */
import {
  areWithin,
  faultsKey,
  firedIn,
  inOrderOfPoints,
  type SystemFaults,
  type SystemRun,
} from '../../../../src/runner/strategies/marco/system-run.js';

export interface Judged {
  readonly minimal: readonly string[];
  /** How many fault sets were run. */
  readonly runs: number;
}

/** @param most faults of a fault set */
export function judge(
  run: (faults: SystemFaults) => SystemRun,
  kinds: readonly string[],
  most: number,
): Judged {
  const minimal: SystemFaults[] = [];
  let level = new Map<string, SystemFaults>([['', []]]);
  let runs = 0;
  for (let size = 0; size <= most && level.size > 0; size++) {
    const next = new Map<string, SystemFaults>();
    for (const faults of level.values()) {
      if (minimal.some((bad) => areWithin(bad, faults))) continue;
      const done = run(faults);
      runs++;
      if (firedIn(done).length < faults.length) continue;
      if (!done.good) minimal.push(faults);
      else
        for (const { point, injected } of done.calls)
          for (const kind of injected === undefined ? kinds : []) {
            const larger = inOrderOfPoints([...faults, { point, kind }]);
            next.set(faultsKey(larger), larger);
          }
    }
    level = next;
  }
  return { minimal: minimal.map(faultsKey).sort(), runs };
}
