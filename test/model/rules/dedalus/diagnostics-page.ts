/** `docs/diagnostics.md`: the table of codes, with a sample of each from the case files. */
import { codes } from '../../../../src/model/diagnostics/codes.js';
import type { DiagnosticCode } from '../../../../src/model/diagnostics/codes.js';
import { formatDiagnostic } from '../../../../src/model/diagnostics/format-diagnostic.js';
import { readGolden } from '../../../golden.js';
import { failing } from '../../../runner/handlers/failing.js';
import { samplesOfRules } from '../typescript/samples.js';
import { caseFiles, diagnosticsOf, readCases } from './cases.js';

const PREAMBLE = `# Diagnostics

Everything that ldfi has to say about its input carries one of these codes. Codes are stable: one that is no
longer raised is not given a new meaning. An error keeps the program from running; a warning does not.

A report names the place, shows the line, and says what was expected and what is likely meant. All errors of
all files are reported at once, those that only follow from another left out as far as possible; beyond 100 errors
or 100 warnings the rest are counted.

This page is written from the table of codes and the test cases by \`npx vitest run test/model --update\`, and a
test keeps it equal to them.
`;

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['DED1', 'Syntax'],
  ['DED2', 'Names, types and constants'],
  ['DED3', 'Binding'],
  ['DED4', 'Strata'],
  ['DED5', 'Header'],
  ['DED6', 'Files'],
  ['DED7', 'Specification and times'],
  ['DED8', 'Rules in TypeScript'],
  ['RUN1', 'Checking and running'],
  ['RUN2', 'Scenarios in modules, configuration and `ldfi init`'],
  ['RUN3', 'Handlers'],
  ['RUN4', 'Certificates'],
  ['RUN5', 'Traces'],
  ['RUN6', 'Running systems'],
]);

export function diagnosticsPage(): string {
  const samples = findSamples();
  const known = Object.keys(codes) as DiagnosticCode[];
  const sections = [...GROUPS].map(([prefix, title]) => {
    const own = known.filter((code) => code.startsWith(prefix));
    return `## ${title}\n\n${own.map((code) => entry(code, samples.get(code))).join('\n')}`;
  });
  return [PREAMBLE, ...sections].join('\n');
}

function entry(code: DiagnosticCode, sample: string | undefined): string {
  const { severity, title, explanation, fix } = codes[code];
  const text = `### ${code}: ${title}${severity === 'warning' ? ' (warning)' : ''}\n\n${explanation} ${fix}\n`;
  return sample === undefined ? text : `${text}\n\`\`\`text\n${sample}\n\`\`\`\n`;
}

/** The first report of each code that is printable as it stands. */
function findSamples(): ReadonlyMap<DiagnosticCode, string> {
  const samples = new Map<DiagnosticCode, string>();
  const raised = [...caseFiles().flatMap(readCases).flatMap(diagnosticsOf), ...samplesOfRules()];
  for (const diagnostic of raised)
    if (!samples.has(diagnostic.code)) samples.set(diagnostic.code, formatDiagnostic(diagnostic));
  for (const { name } of failing) {
    const told = readGolden(`handlers/${name}`).trimEnd();
    const code = /error (RUN\d+)/.exec(told)![1] as DiagnosticCode;
    if (!samples.has(code)) samples.set(code, told);
  }
  return samples;
}
