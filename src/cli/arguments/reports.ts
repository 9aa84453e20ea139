/** Reports that are asked for by name, of which at most one may be printed alone. */
import { type Form, REPORTERS } from '../../toolkit.js';
import type { ReportRequest, SessionOptions } from '../invocation.js';
import { type OptionReader, typed } from '../options.js';
import type { RawPresentation } from './raw-options.js';
import { sessionOf } from './read.js';

export interface RawReports extends RawPresentation {
  /** Each as often as it was typed. */
  readonly reporter?: readonly string[];
}

export function reportingSession(raw: RawReports, reader: OptionReader): SessionOptions {
  const session = sessionOf(raw);
  if (raw.reporter === undefined) return session;
  const typedReports = raw.reporter.flatMap(
    (text) => reader.read(REPORT, typed('--reporter', text))?.value ?? [],
  );
  const reports = typedReports.filter(({ reporter, file }) => file !== undefined || reporter === 'github');
  const printed = typedReports.filter((report) => !reports.includes(report)).map(({ reporter }) => reporter);
  const alone = [...new Set([...(raw.json === true ? ['json' as const] : []), ...printed])];
  if (alone.length > 1)
    reader.report('RUN101', `${alone.join(' and ')} cannot both be printed`, {
      hint: `write one of them to a file: --reporter ${alone[1]}=<file>`,
    });
  const [form] = alone;
  if (form === undefined || form === 'text' || form === 'github') return { ...session, reports };
  if (reports.some(({ file }) => file === undefined))
    reader.report('RUN101', `${form} is printed alone, and github writes beside it`, {
      hint: `write it to a file: --reporter ${form}=<file>`,
    });
  return { ...session, presentation: 'document', form, reports };
}

const REPORT: Form<ReportRequest> = {
  read: (text) => {
    const [, name, file] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
    const reporter = REPORTERS.find((each) => each === name);
    const isOdd =
      reporter === undefined || text.endsWith('=') || (reporter === 'github' && file !== undefined);
    return isOdd ? undefined : { reporter, file };
  },
  expected: `${REPORTERS.join(', ')}, of which all but github may name a file: \`junit=report.xml\``,
  types: ['string'],
  names: REPORTERS,
};
