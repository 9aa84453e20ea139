/** `ldfi check --list`: the scenarios that there are, by file. */
import { formatBounds, type PreparedScenario } from '../index.js';
import { type FoundScenario, padEnd, visible } from '../toolkit.js';
import type { Session } from './session.js';

interface Row {
  readonly file: string;
  readonly cells: readonly string[];
}

export function listScenarios(
  found: readonly FoundScenario[],
  nodes: readonly string[] | undefined,
  session: Session,
): void {
  const rows: Row[] = [];
  for (const { file, name, defined, system, prepare } of found) {
    if (system !== undefined) {
      rows.push({ file, cells: [visible(name), 'a running system'] });
      continue;
    }
    const { scenario, diagnostics } = prepare(nodes);
    session.diagnose(diagnostics);
    if (scenario !== undefined) rows.push(...rowsOf(file, defined?.name ?? '', scenario));
  }
  for (const file of new Set(rows.map((row) => row.file))) {
    const cells = rows.filter((row) => row.file === file).map((row) => row.cells);
    session.text([visible(file), ...aligned(cells).map((line) => `  ${line}`), ''].join('\n'));
  }
}

/** The name of a file of Dedalus is the file. */
function rowsOf(file: string, name: string, { checks }: PreparedScenario): readonly Row[] {
  const own = name === '' ? [] : [visible(name)];
  if (checks.length === 0) return [{ file, cells: [...own, 'no bounds of its own'] }];
  return checks.map(({ bounds, expect }) => ({
    file,
    cells: [...own, formatBounds(bounds), ...(expect === undefined ? [] : [`expected ${expect}`])],
  }));
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
