/**
 * Fault sets to test that faults which are alike are so beside each other as well: no run of faults that stand for others
 * shows what a mixture of kinds does. They are rows of a covering array, which meets every two kinds at every two calls in
 * few rows, built greedily (Cohen, Dalal, Fredman & Patton, "The AETG system", IEEE TSE 23, 1997).
 */
import { compareStrings } from '../../../model/order.js';
import type { Knowledge } from './knowledge.js';
import { faultKey, faultsKey, inOrderOfPoints, type SystemFault, type SystemFaults } from './system-run.js';

/** Of the largest fault sets that were survived, with others that are alike in place of their faults; at most so many. */
export function mixedFaultSets(knowledge: Knowledge, count: number): readonly SystemFaults[] {
  const { map } = knowledge;
  const survived = map.decided
    .flatMap(({ kind, faults, isPredicted }) => (kind === 'survived' && isPredicted !== true ? [faults] : []))
    .sort((a, b) => b.length - a.length || compareStrings(faultsKey(a), faultsKey(b)));
  const met = new Set(survived.flatMap(pairsOf));
  const mixed: SystemFaults[] = [];
  for (const faults of survived) {
    const choices = faults.map((fault) => map.standingFor(fault));
    for (
      let row = rowOf(choices, met);
      row !== undefined && mixed.length < count;
      row = rowOf(choices, met)
    ) {
      for (const pair of pairsOf(row)) met.add(pair);
      if (knowledge.runUnder(row) === undefined && !map.hasBadWithin(row)) mixed.push(row);
    }
  }
  return mixed;
}

/** One of each, two of which were never met together; undefined where all were. */
function rowOf(
  choices: readonly (readonly SystemFault[])[],
  met: ReadonlySet<string>,
): SystemFaults | undefined {
  const first = unmetPair(choices, met);
  if (first === undefined) return undefined;
  let row = first;
  for (const choice of choices) {
    if (row.some(({ point }) => point === choice[0].point)) continue;
    const gains = choice.map((fault) => row.filter((other) => !met.has(pairKey(fault, other))).length);
    row = [...row, choice[gains.indexOf(Math.max(...gains))]];
  }
  return inOrderOfPoints(row);
}

function unmetPair(
  choices: readonly (readonly SystemFault[])[],
  met: ReadonlySet<string>,
): SystemFaults | undefined {
  for (const [place, choice] of choices.entries())
    for (const other of choices.slice(place + 1))
      for (const a of choice) for (const b of other) if (!met.has(pairKey(a, b))) return [a, b];
  return undefined;
}

function pairsOf(faults: SystemFaults): readonly string[] {
  return faults.flatMap((a, place) => faults.slice(place + 1).map((b) => pairKey(a, b)));
}

function pairKey(a: SystemFault, b: SystemFault): string {
  return [faultKey(a), faultKey(b)].sort(compareStrings).join('\n');
}
