/** `ldfi codes`: what a code of a diagnostic means, and what to do. */
import { codes, type DiagnosticCode } from '../index.js';
import { wrapProse } from '../toolkit.js';

const WIDTH = 80;

/** @param named those that are asked about; all that there are, a line each, where there is none */
export function codesText(named: readonly DiagnosticCode[]): string {
  if (named.length > 0) return named.map(entryText).join('\n');
  const all = Object.keys(codes) as DiagnosticCode[];
  return all.map((code) => `${code}  ${codes[code].title}\n`).join('');
}

function entryText(code: DiagnosticCode): string {
  const { severity, title, explanation, fix } = codes[code];
  return [
    `${severity} ${code}: ${title}`,
    ...wrapProse(`${explanation} ${fix}`, WIDTH - 2).map((line) => `  ${line}`),
    '',
  ].join('\n');
}
