/**
 * Annotations as GitHub's runner reads them from standard output ("workflow commands"). It shows ten of each severity
 * of a step, so that there are no more here, and the last one says how many are left out.
 */
import { visible } from '../../model/text/display.js';
import { plural } from '../../model/text/numbers.js';
import type { Findings } from '../json/findings.js';
import { type ToldOutcome, type ReporterContext, type Telling, tellingsOf } from './telling.js';

const MOST = 10;

const COMMAND: Readonly<Record<ToldOutcome, 'error' | 'warning' | undefined>> = {
  passed: undefined,
  failed: 'error',
  error: 'error',
  interrupted: 'warning',
  warning: 'warning',
};

/** One command a line; empty where all is as it should be. */
export function asAnnotations(findings: Findings, context: ReporterContext): string {
  const told = tellingsOf(findings, context);
  return (['error', 'warning'] as const)
    .flatMap((command) => {
      const all = told.filter(({ outcome }) => COMMAND[outcome] === command);
      const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
      const left = all.length - shown.length;
      const more = left === 0 ? [] : [`::${command} title=ldfi::${plural(left, 'more finding')} in the log`];
      return [...shown.map((telling) => annotation(command, telling)), ...more];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function annotation(command: 'error' | 'warning', { name, place, summary, report }: Telling): string {
  const properties = [
    ...(place === undefined ? [] : [`file=${property(place.file)}`]),
    ...(place?.line === undefined ? [] : [`line=${place.line}`]),
    ...(place?.column === undefined ? [] : [`col=${place.column}`]),
    `title=${property(visible(`${name}: ${summary}`))}`,
  ];
  return `::${command} ${properties.join(',')}::${data(report.trimEnd())}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
