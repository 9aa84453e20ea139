/** What stands beside the run of a counterexample, for who wants to understand it: other runs, and lineage. */
import type { FaultSet } from '../../injector/faults.js';
import type { Lineage, Vertex, VertexName } from '../../lineage/lineage.js';
import type { Protocol } from '../../model/protocol.js';
import { onSubject, replayOn, type Replay, type ReplayOptions } from '../replay.js';
import { locateSpan, type ReadSource } from '../files/sources.js';

/** All that was found out about one counterexample beyond it. */
export interface CounterexampleStudy {
  /** Runs under some of its faults, the failure-free run first; none where it has no faults. */
  readonly parts: readonly PartialReplay[];
  /** Why its outcome is as it is. */
  readonly lineage: Lineage;
  /** Why that of the failure-free run is; undefined where that is the same run. */
  readonly failureFree: Lineage | undefined;
}

/** The run under some of the faults of a counterexample. */
export interface PartialReplay extends Replay {
  readonly faults: FaultSet;
}

/** With so many faults, all parts are run. */
const MOST_FOR_ALL = 3;

/** With so many, the parts that lack one fault are; with more, the failure-free run alone. */
const MOST_FOR_EACH = 8;

/**
 * Runs a protocol under parts of a fault set.
 *
 * @param read for the text of places in modules
 * @throws as `replayProtocol` does
 */
export function studyCounterexample(
  protocol: Protocol,
  options: ReplayOptions,
  faults: FaultSet,
  read: ReadSource,
): CounterexampleStudy {
  return onSubject('studyCounterexample', protocol, options, faults, (subject, own) => ({
    parts: partsOf(own).map((part) => ({ faults: part, ...replayOn(subject, part) })),
    lineage: locateLineage(subject.lineage(own), read),
    failureFree: own.length === 0 ? undefined : locateLineage(subject.lineage([]), read),
  }));
}

/** The same lineage, with places in the text of their files. */
export function locateLineage(lineage: Lineage, read: ReadSource): Lineage {
  const vertices = [...lineage.vertices].map(([name, vertex]): [VertexName, Vertex] => {
    if (!('place' in vertex) || vertex.place === undefined) return [name, vertex];
    return [name, { ...vertex, place: locateSpan(vertex.place, read) }];
  });
  return { ...lineage, vertices: new Map(vertices) };
}

/** Fewest faults first; never all of them. */
function partsOf(faults: FaultSet): readonly FaultSet[] {
  if (faults.length === 0) return [];
  if (faults.length <= MOST_FOR_ALL) return subsetsOf(faults).filter(({ length }) => length < faults.length);
  if (faults.length > MOST_FOR_EACH) return [[]];
  return [[], ...faults.map((_, index) => faults.filter((_, other) => other !== index))];
}

function subsetsOf(faults: FaultSet): readonly FaultSet[] {
  const subsets = faults.reduce<readonly FaultSet[]>(
    (known, fault) => [...known, ...known.map((subset) => [...subset, fault])],
    [[]],
  );
  return subsets.toSorted((a, b) => a.length - b.length);
}
