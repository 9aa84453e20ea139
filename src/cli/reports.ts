/** Reports beside the one that is printed: written to files, and told to the CI server that the program runs on. */
import { appendFileSync } from 'node:fs';
import type { Diagnostic, Findings } from '../index.js';
import { diagnostic, reasonOf, type ReporterContext, visible, writeReport } from '../toolkit.js';
import { writeWhole } from './init/write.js';
import type { Invocation, ReportRequest, SessionOptions } from './invocation.js';
import type { Environment } from './environment.js';
import type { Screens } from './io.js';

/** What was asked for; where nothing was, what the server reads that checks run on. */
export function reportsFor(
  { kind, session: { presentation, reports } }: Told,
  environment: Environment,
): readonly ReportRequest[] {
  if (reports !== undefined) return reports;
  const isPrinting = kind === 'check' && presentation !== 'document';
  return isPrinting && environment.GITHUB_ACTIONS === 'true' ? [{ reporter: 'github', file: undefined }] : [];
}

/** What leads to results that are told. */
type Told = Extract<Invocation, { readonly session: SessionOptions }>;

/** @returns what could not be written */
export async function writeReports(
  requests: readonly ReportRequest[],
  findings: Findings,
  context: ReporterContext,
  { out, environment }: Screens,
): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const attempt = (file: string, write: () => void) => {
    try {
      write();
    } catch (error) {
      problems.push(diagnostic('RUN140', `no report is written to "${visible(file)}": ${reasonOf(error)}`));
    }
  };
  for (const { reporter, file } of requests) {
    const text = await writeReport(reporter, findings, context);
    if (file !== undefined)
      attempt(file, () => {
        writeWhole(file, text);
      });
    else {
      out.write(text);
      const summary = environment.GITHUB_STEP_SUMMARY ?? '';
      if (summary === '') continue;
      const markdown = await writeReport('markdown', findings, context);
      attempt(summary, () => {
        appendFileSync(summary, markdown);
      });
    }
  }
  return problems;
}
