/** Which faults of a fault set are why something did not arrive, or a node is down, for the lineage of a run. */
import type { HappenedFaults } from '../lineage/lineage.js';
import { kindOf, type Fault, type FaultSet } from './faults.js';
import { formatSchedule } from './schedule.js';
import { UNBOUNDED } from './world.js';

export function happenedFaults(faults: FaultSet): HappenedFaults {
  const truths = faults.map((fault) => ({
    fault,
    written: { fault: formatSchedule([fault]), time: fault.time },
    isTrue: kindOf(fault).truth([fault]),
  }));
  const those = (eventsOf: (fault: Fault) => readonly Fault[]) =>
    truths.filter(({ fault, isTrue }) => eventsOf(fault).some(isTrue)).map(({ written }) => written);
  return {
    removing: (channel) => those((fault) => kindOf(fault).removing(channel)),
    downing: (node, time) => those((fault) => kindOf(fault).downing(node, time, UNBOUNDED)),
  };
}
