/** What protocols tolerate, from a JSON document of unknown origin. */
import type { Bounds } from '../../injector/bounds.js';
import type { Share } from '../../injector/fault-shares.js';
import type { FaultSet } from '../../injector/faults.js';
import { parseSchedule } from '../../injector/schedule.js';
import { otherVersion, valid } from '../../runner/documents/valid.js';
import type { Analysis } from '../../runner/tolerance/analyse.js';
import type { FrontierRow } from '../../runner/tolerance/frontier.js';
import type { Widening } from '../../runner/tolerance/outside.js';
import type { Tolerance } from '../../runner/tolerance/tolerance.js';
import { toleranceDocumentSchema, type JsonToleranceDocument } from './schema/tolerance.js';

type Told = JsonToleranceDocument['tolerances'][number];

/** @throws RangeError that says what is wrong where the document is of another version, or is not valid */
export function tolerancesIn(json: unknown): readonly Tolerance[] {
  const version = otherVersion(json, 1);
  if (version !== undefined)
    throw new RangeError(
      `the document is of version ${version}, and this reads version 1 of what is tolerated`,
    );
  return valid(toleranceDocumentSchema, json, invalid).tolerances.map(toleranceOf);
}

function invalid(what: string): RangeError {
  return new RangeError(`the document is not valid: ${what}`);
}

function toleranceOf({ rows, analysis, reason, outside, location, ...others }: Told): Tolerance {
  const { nodes, bounds } = others;
  const read = (text: string, within: Bounds) => faultsOf(text, nodes, within);
  return {
    ...others,
    location: { ...location, scenario: location.scenario ?? undefined },
    rows: rows.map((row) => rowOf(row, bounds, read)),
    analysis:
      analysis === null
        ? { kind: 'too large', reason: reason ?? '' }
        : { kind: 'analysed', analysis: analysisOf(analysis, bounds, read) },
    outside: outside?.map((widening) => wideningOf(widening, read)),
  };
}

/** Faults as they are written, admissible within bounds. */
type ReadFaults = (text: string, within: Bounds) => FaultSet;

function faultsOf(text: string, nodes: readonly string[], bounds: Bounds): FaultSet {
  const schedule = parseSchedule(text, { nodes, bounds });
  if (schedule.kind === 'faults') return schedule.faults;
  throw invalid(schedule.diagnostics[0].message);
}

function rowOf(
  { crashes, tolerated, vacuous, broken, undecided }: Told['rows'][number],
  bounds: Bounds,
  read: ReadFaults,
): FrontierRow {
  return {
    crashes,
    tolerated: tolerated ?? undefined,
    isVacuous: vacuous,
    broken: broken === null ? undefined : edgeOf(broken, { ...bounds, crashes }, read),
    undecided: undecided ?? undefined,
  };
}

function edgeOf(
  { eff, faults }: NonNullable<Told['rows'][number]['broken']>,
  bounds: Bounds,
  read: ReadFaults,
): FrontierRow['broken'] {
  return { eff, faults: read(faults, { ...bounds, eff }) };
}

function analysisOf(
  { share, faults, course, hardenings, probabilities }: NonNullable<Told['analysis']>,
  bounds: Bounds,
  read: ReadFaults,
): Analysis {
  return {
    bounds,
    share: shareOf(share),
    faults: faults === null ? undefined : read(faults, bounds),
    course: course.map(({ time, left }) => ({ time, left: shareOf(left) })),
    hardenings: hardenings.map(({ what, left, probability }) => ({
      what,
      left: shareOf(left),
      chance: probability ?? undefined,
    })),
    chances: probabilities ?? undefined,
  };
}

function wideningOf(
  { bounds, verdict, faults, reason }: NonNullable<Told['outside']>[number],
  read: ReadFaults,
): Widening {
  switch (verdict) {
    case 'tolerated':
      return { bounds, found: { kind: verdict } };
    case 'violated':
      return { bounds, found: { kind: verdict, faults: read(faults ?? '', bounds) } };
    case 'undecided':
      return { bounds, found: { kind: verdict, reason: reason ?? '' } };
  }
}

function shareOf({ violating, of }: { readonly violating: string; readonly of: string }): Share {
  return { violating: BigInt(violating), of: BigInt(of) };
}
