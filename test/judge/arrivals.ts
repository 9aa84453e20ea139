/** When messages arrive under one fault set, of all that is not decided by who is down. */
import type { Fault, FaultSet, Partition } from '../../src/injector/faults.js';

/** What a node sends to another at a time. */
export interface Sending {
  readonly from: string;
  readonly to: string;
  readonly time: number;
}

/** The times at which it arrives, some of which may be past the last; none where it is lost. */
export function arrivalsUnder(faults: FaultSet): (sending: Sending) => readonly number[] {
  return (sending) => {
    const { from, to, time } = sending;
    if (from === to) return [time + 1];
    if (faults.some((fault) => fault.kind === 'omission' && isOf(fault, sending))) return [];
    if (faults.some((fault) => fault.kind === 'partition' && parts(fault, sending))) return [];
    const delay = faults.find((fault) => fault.kind === 'delay' && isOf(fault, sending));
    const copy = faults.find((fault) => fault.kind === 'duplicate' && isOf(fault, sending));
    const arrival = time + 1 + laterBy(delay);
    return copy === undefined ? [arrival] : [arrival, arrival + laterBy(copy)];
  };
}

/** Whether what is sent would cross a partition. */
function parts(fault: Partition, { from, to, time }: Sending): boolean {
  const crosses = (left: readonly string[], right: readonly string[]) =>
    left.includes(from) && right.includes(to);
  const isCut = crosses(fault.from, fault.to) || (fault.ways === 'both' && crosses(fault.to, fault.from));
  const isSpared = fault.spares?.includes(`${from}->${to}`) === true;
  return isCut && !isSpared && fault.time <= time && time < fault.until;
}

function isOf(
  fault: Extract<Fault, { readonly kind: 'omission' | 'delay' | 'duplicate' }>,
  { from, to, time }: Sending,
): boolean {
  return fault.from === from && fault.to === to && fault.time === time;
}

function laterBy(fault: Fault | undefined): number {
  return fault !== undefined && 'by' in fault ? fault.by : 0;
}
