/** The ways in which what checks found is told, each by one function, loaded when it is first needed. */
import { type Findings, toJson } from '../json/findings.js';
import { reportSummary } from '../text/report.js';
import { plainStyle } from '../text/style.js';
import { type ReporterContext, tellingsOf } from './telling.js';

/** Makes the whole text of a report. */
type Reporter = (findings: Findings, context: ReporterContext) => string;

/** By the name that a user types. */
const LOADERS = {
  text: () => Promise.resolve(asText),
  json: () => Promise.resolve(asJson),
  junit: async () => (await import('./junit.js')).asJunit,
  sarif: async () => (await import('./sarif.js')).asSarif,
  markdown: async () => (await import('./markdown.js')).asMarkdown,
  html: async () => (await import('../html/checks/page.js')).asPage,
  github: async () => (await import('./github.js')).asAnnotations,
} satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReporterName = keyof typeof LOADERS;

export const REPORTERS = Object.keys(LOADERS) as readonly ReporterName[];

export async function writeReport(
  name: ReporterName,
  findings: Findings,
  context: ReporterContext,
): Promise<string> {
  const reporter = await LOADERS[name]();
  return reporter(findings, context);
}

function asText(findings: Findings, context: ReporterContext): string {
  const summary = reportSummary(findings.results, { width: 80, style: plainStyle, verbose: false });
  const reports = tellingsOf(findings, context).map(({ report }) => report);
  return [...reports, ...(summary === '' ? [] : [summary])].join('\n');
}

function asJson(findings: Findings): string {
  return `${JSON.stringify(toJson(findings))}\n`;
}
