/** What clients recorded of their operations, one a line: what the object was asked, and what it gave. */
import type { ClientOperation, HandlerRun } from '../../injector/run.js';
import { operationText } from '../../model/handlers/operations/record.js';
import { formatData } from '../../model/text/data.js';
import { visible } from '../../model/text/display.js';
import { displayWidth, padEnd, truncate } from '../../model/text/text.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';

/** `r  4–6  read gives 0`; none where nothing was recorded. */
export function operationsParagraphs(
  { operations = [] }: HandlerRun,
  { style, width }: ReportOptions,
): readonly (readonly string[])[] {
  if (operations.length === 0) return [];
  const rows = operations.map((each) => ({
    name: visible(each.node),
    span: spanOf(each),
    what: operationWords(each),
  }));
  const names = Math.max(...rows.map(({ name }) => displayWidth(name)));
  const spans = Math.max(...rows.map(({ span }) => displayWidth(span)));
  const lines = rows.map(({ name, span, what }) =>
    indent(truncate(`${padEnd(name, names)}  ${padEnd(span, spans)}  ${what}`, width - 2)),
  );
  return [[style.strong('Operations of clients'), ...lines]];
}

function spanOf({ began, ended }: ClientOperation): string {
  return ended === began ? `${began}` : `${began}–${ended ?? ''}`;
}

/** `read gives 0` */
export function operationWords({ operation, ended, result }: ClientOperation): string {
  const what = operationText(operation);
  if (ended === undefined) return `${what}, without an end`;
  return result === undefined ? what : `${what} gives ${formatData(result)}`;
}
