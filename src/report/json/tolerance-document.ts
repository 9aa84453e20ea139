/** What protocols tolerate, as a JSON document. */
import type { Share } from '../../injector/fault-shares.js';
import { formatSchedule } from '../../injector/schedule.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Analysis } from '../../runner/tolerance/analyse.js';
import type { FrontierRow } from '../../runner/tolerance/frontier.js';
import type { Widening } from '../../runner/tolerance/outside.js';
import type { Tolerance } from '../../runner/tolerance/tolerance.js';
import type { JsonToleranceDocument } from './schema/tolerance.js';

type Told = JsonToleranceDocument['tolerances'][number];

export function toleranceDocument(
  tolerances: readonly Tolerance[],
  diagnostics: readonly Diagnostic[],
): JsonToleranceDocument {
  return {
    version: 1,
    tolerances: tolerances.map(({ rows, analysis, outside, location, ...others }) => ({
      ...others,
      location: { ...location, scenario: location.scenario ?? null },
      rows: rows.map(rowOf),
      analysis: analysis.kind === 'analysed' ? analysisOf(analysis.analysis) : null,
      reason: analysis.kind === 'too large' ? analysis.reason : null,
      outside: outside?.map(wideningOf) ?? null,
    })),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}

function rowOf({ crashes, tolerated, isVacuous, broken, undecided }: FrontierRow): Told['rows'][number] {
  return {
    crashes,
    tolerated: tolerated ?? null,
    vacuous: isVacuous,
    broken: broken === undefined ? null : { eff: broken.eff, faults: formatSchedule(broken.faults) },
    undecided: undecided ?? null,
  };
}

function analysisOf({ share, faults, course, hardenings, chances }: Analysis): Told['analysis'] {
  return {
    share: shareOf(share),
    faults: faults === undefined ? null : formatSchedule(faults),
    course: course.map(({ time, left }) => ({ time, left: shareOf(left) })),
    hardenings: hardenings.map(({ what, left, chance }) => ({
      what,
      left: shareOf(left),
      probability: chance ?? null,
    })),
    probabilities: chances ?? null,
  };
}

function wideningOf({ bounds, found }: Widening): NonNullable<Told['outside']>[number] {
  return {
    bounds,
    verdict: found.kind,
    faults: found.kind === 'violated' ? formatSchedule(found.faults) : null,
    reason: found.kind === 'undecided' ? found.reason : null,
  };
}

function shareOf({ violating, of }: Share): { violating: string; of: string } {
  return { violating: violating.toString(), of: of.toString() };
}
