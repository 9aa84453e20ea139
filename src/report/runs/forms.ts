/** The ways in which one run is told. */
import type { RunResult } from '../../runner/result.js';
import type { ReportOptions } from '../text/options.js';
import { watchedColumns } from '../text/diagram/watched.js';
import { reportRun } from '../text/run.js';
import { asItf } from './itf.js';
import { asSequence } from './sequence.js';
import { asShiviz } from './shiviz.js';

/** By the name that a user types: a report, a diagram in Markdown, a trace for the tools of TLA+, a log for ShiViz. */
const WRITERS = {
  text: reportRun,
  mermaid: ({ run, divergence }, { watch = [] }) => asSequence(run, divergence, watchedColumns(run, watch)),
  itf: asItf,
  shiviz: ({ run }) => asShiviz(run),
} satisfies Readonly<Record<string, (result: RunResult, options: ReportOptions) => string>>;

export type RunForm = keyof typeof WRITERS;

export const RUN_FORMS = Object.keys(WRITERS) as readonly RunForm[];

/** The whole text, which ends in a line break. @param options of the report, of which other forms have what is watched alone, or nothing */
export function writeRun(form: RunForm, result: RunResult, options: ReportOptions): string {
  return WRITERS[form](result, options);
}
