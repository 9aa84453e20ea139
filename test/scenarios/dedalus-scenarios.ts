/** The protocols of `scenarios/dedalus/`, with what their headers expect. */
import { readdirSync } from 'node:fs';
import type { Bounds } from '../../src/injector/bounds.js';
import { readDedalus } from '../../src/model/rules/dedalus/read.js';
import type { CheckedProgram } from '../../src/model/rules/program.js';
import type { VerdictName } from '../../src/runner/result.js';
import { fileSystemHost } from '../../src/runner/files/file-system.js';

const FOLDER = 'scenarios/dedalus';

export interface DedalusScenario {
  readonly file: string;
  readonly checked: CheckedProgram;
  readonly nodes: readonly string[];
  readonly rows: readonly Row[];
}

interface Row {
  readonly bounds: Bounds;
  readonly expected: VerdictName | undefined;
}

export function dedalusScenarios(): readonly DedalusScenario[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ded'));
  return files.sort().map(scenario);
}

function scenario(file: string): DedalusScenario {
  const { checked, header, diagnostics } = readDedalus([`${FOLDER}/${file}`], fileSystemHost);
  if (checked === undefined) throw new Error(`${file}: ${diagnostics.map((d) => d.message).join('; ')}`);
  const nodes = (header.nodes ?? []).map(({ name }) => name);
  return { file, checked, nodes, rows: header.checks.map((row) => ({ ...row, expected: row.expect })) };
}
