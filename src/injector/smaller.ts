/** The fault sets that are smaller than another, or are it: fewer inputs are true of them, and they are no more faults. */
import { groupBy } from '../model/group.js';
import type { FaultSpace } from './fault-space.js';
import { limitsOf, momentOf } from './faults/kind.js';
import { compareFaults, faultKinds, kindOf, ofKind, type Fault, type FaultSet } from './faults.js';

/** The fault sets within an admissible one, itself included, each once. */
export function* faultSetsWithin(space: FaultSpace, faults: FaultSet): Iterable<FaultSet> {
  const events = space.inputsOf(faults).map((input) => space.events[input]);
  const rows = [...groupBy(events, (event) => `${event.kind} ${space.rowOf(event)}`).values()];
  function* choose(row: number, chosen: FaultSet): Iterable<FaultSet> {
    if (chosen.length > faults.length) return;
    if (row === rows.length) {
      if (isFewEnough(space, chosen)) yield chosen.toSorted(compareFaults);
      return;
    }
    for (const fewer of waysWithin(space, rows[row], faults.length - chosen.length))
      yield* choose(row + 1, [...chosen, ...fewer]);
  }
  yield* choose(0, []);
}

/** The fault sets that have one fault less, or one fault that is the next smaller. */
export function stepsDown(space: FaultSpace, faults: FaultSet): readonly FaultSet[] {
  return faults.flatMap((fault) => {
    const others = faults.filter((other) => other !== fault);
    const smaller = nextSmaller(space, fault).map((each) => [...others, each].sort(compareFaults));
    return [others, ...smaller];
  });
}

/** Every way for some of the events of one row, and no others, to be true together, as so many faults at the most. */
function* waysWithin({ bounds }: FaultSpace, events: readonly Fault[], most: number): Iterable<FaultSet> {
  const kind = kindOf(events[0]);
  /** @param entailed the event that those before entail */
  function* choose(at: number, chosen: readonly Fault[], entailed: Fault | undefined): Iterable<FaultSet> {
    if (kind.faultsOf(chosen).length > most) return;
    if (at === events.length) {
      yield kind.faultsOf(chosen);
      return;
    }
    const event = events[at];
    const moment = (each: Fault) => momentOf(kind, each, bounds);
    if (entailed === undefined || moment(event) !== moment(entailed)) yield* choose(at + 1, chosen, entailed);
    yield* choose(at + 1, [...chosen, event], kind.entails?.(event, bounds));
  }
  yield* choose(0, [], undefined);
}

function isFewEnough({ bounds }: FaultSpace, faults: FaultSet): boolean {
  return faultKinds.every((kind) =>
    limitsOf(kind, bounds).every(({ most, isOf }) => ofKind(kind, faults).filter(isOf).length <= most),
  );
}

/** The greatest faults that are smaller than one. */
function nextSmaller({ bounds }: FaultSpace, fault: Fault): readonly Fault[] {
  const kind = kindOf(fault);
  const smaller = kind.within(fault, bounds).slice(1);
  const size = (each: Fault) => kind.eventsOf(each, bounds).length;
  const end = smaller.findIndex((each) => size(each) < size(smaller[0]));
  return end === -1 ? smaller : smaller.slice(0, end);
}
