/** Repairs, as a JSON document. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { positionOf } from '../../model/diagnostics/source.js';
import { printClause } from '../../model/rules/print.js';
import type { Repair, RepairResult } from '../../runner/repair/repair.js';
import { describeChange } from '../text/repair/describe.js';
import { lineOf } from '../text/repair/line.js';
import type { JsonRepairDocument } from './schema/repairs.js';

export function repairDocument(
  results: readonly RepairResult[],
  diagnostics: readonly Diagnostic[],
): JsonRepairDocument {
  return {
    version: 1,
    results: results.map(({ repairs, ...others }) => ({ ...others, repairs: repairs.map(repairOf) })),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}

type JsonRepair = JsonRepairDocument['results'][number]['repairs'][number];

function repairOf({ change, cost, lasts }: Repair): JsonRepair {
  const told = { change: describeChange(change), cost, lasts };
  if (!('idea' in change)) {
    const kinds = change.mendings.map(({ kind }) => kind);
    return { kind: kinds.at(-1)!, ...told, durable: [], clauses: [], line: lineOf(change) };
  }
  const { replacements, durable = [] } = change;
  return {
    kind: change.idea.kind,
    ...told,
    durable,
    clauses: replacements.map(({ clause, by }) => ({
      file: clause.span.source.name,
      line: positionOf(clause.span.source, clause.span.start).line,
      before: printClause(clause),
      after: by.map((each) => printClause(each)),
    })),
  };
}
