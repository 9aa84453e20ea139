/** The scenarios that there are, by file, for people. */
import { formatBounds } from '../../injector/bounds.js';
import { visible } from '../../model/text/display.js';
import { padEnd } from '../../model/text/text.js';
import type { ListedScenario } from '../listed.js';

export function reportList(scenarios: readonly ListedScenario[]): string {
  const files = [...new Set(scenarios.map(({ file }) => file))];
  return files
    .map((file) => {
      const rows = scenarios.filter((each) => each.file === file).flatMap(rowsOf);
      return [visible(file), ...aligned(rows).map((line) => `  ${line}`), ''].join('\n');
    })
    .join('\n');
}

/** A row for each of its bounds. */
function rowsOf({ name, language, checks }: ListedScenario): readonly (readonly string[])[] {
  const own = name === undefined ? [] : [visible(name)];
  if (language === 'system') return [[...own, 'a running system']];
  if (checks.length === 0) return [[...own, 'no bounds of its own']];
  return checks.map(({ bounds, expect }) => [
    ...own,
    formatBounds(bounds),
    ...(expect === undefined ? [] : [`expected ${expect}`]),
  ]);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((cells) => (cells[column] ?? '').length));
  return rows.map((cells) =>
    cells
      .map((cell, column) => padEnd(cell, width(column)))
      .join('  ')
      .trimEnd(),
  );
}
