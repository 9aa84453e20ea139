/** What must hold of faults that are named by what they cut, of any protocol. */
import { expect } from 'vitest';
import { anchorFaults, locateFaults, type Look } from '../../src/injector/anchors/anchors.js';
import type { FaultSet, Omission } from '../../src/injector/faults.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { subjectFor, type Explained } from './lineage.js';

export function lookAt(explained: Explained): Look {
  const subject = subjectFor(explained);
  return (faults) => ({ run: subject.replay(faults), lineage: subject.lineage(faults) });
}

/** Fault sets that are looked at of one protocol. */
const MOST = 6;

/** In the protocol in which they were named, every so many fault sets are found where they were. */
export function expectFoundAgain(explained: Explained, stride: number): void {
  const look = lookAt(explained);
  for (const faults of someFaultSets(explained, stride)) {
    const anchored = anchorFaults(faults, look);
    expect(anchored.map(({ fault }) => fault)).toEqual(faults);
    expect(locateFaults(anchored, explained, look)).toEqual({ kind: 'there', faults });
  }
}

/** An omission alone cuts what is sent on its channel then and arrives, and nothing else. */
export function expectWhatIsCut(explained: Explained, stride: number): void {
  const look = lookAt(explained);
  const isOmission = ([fault, ...others]: FaultSet) => fault?.kind === 'omission' && others.length === 0;
  for (const faults of someFaultSets(explained, stride, isOmission)) {
    const { from, to, time } = faults[0] as Omission;
    const cut = look([]).run.messages.filter(
      (each) => each.from === from && each.to === to && each.sent === time && each.arrivals.length > 0,
    );
    const [{ anchor }] = anchorFaults(faults, look);
    const names = anchor.kind === 'cuts' ? anchor.sendings.map(({ name }) => name) : [];
    expect(new Set(names)).toEqual(new Set(cut.map(({ name }) => name)));
  }
}

/** Of the admissible fault sets that are wanted every so many, a few. */
function someFaultSets(
  { nodes, bounds }: Explained,
  stride: number,
  isWanted: (faults: FaultSet) => boolean = () => true,
): readonly FaultSet[] {
  const chosen: FaultSet[] = [];
  let number = 0;
  for (const faults of admissibleFaultSets(nodes, bounds)) {
    if (isWanted(faults) && number++ % stride === 0) chosen.push(faults);
    if (chosen.length === MOST) break;
  }
  return chosen;
}
