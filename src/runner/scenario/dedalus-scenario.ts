/** Programs of Dedalus in files, as scenarios: for who tests them from TypeScript. */
import { fileURLToPath } from 'node:url';
import type { Bounds } from '../../injector/bounds.js';
import { diagnostic, hasErrors } from '../../model/diagnostics/diagnostics.js';
import { displayPath, fileSystemHost } from '../files/file-system.js';
import { loadScenario } from './dedalus.js';
import type { Scenario } from './define.js';
import { ScenarioError } from './error.js';

/** What is not as the file says. */
export interface DedalusScenarioOptions {
  /** What reports call it; default the file. */
  readonly name?: string;
  /** Instead of those of the header, or of the program. */
  readonly nodes?: readonly string[];
  /** Instead of the first of the header. */
  readonly bounds?: Bounds;
  /** Files that are parts of the program beside it, such as its specification. */
  readonly with?: readonly (string | URL)[];
}

/**
 * Reads a file of Dedalus, with what it includes, as a scenario.
 *
 * @param file a path from the working folder of the process, or a `file:` URL
 * @throws ScenarioError where the file cannot be read, has errors, or gives no bounds
 *
 * @example
 * const kafka = dedalusScenario(new URL('./kafka.ded', import.meta.url));
 * const { verdict } = await checkScenario(kafka, { bounds: { crashes: 1 } });
 */
export function dedalusScenario(file: string | URL, options: DedalusScenarioOptions = {}): Scenario {
  const path = pathOf(file);
  const { name = displayPath(path), nodes, with: parts = [] } = options;
  const { scenario, diagnostics } = loadScenario(path, nodes, fileSystemHost, parts.map(pathOf));
  if (scenario === undefined || hasErrors(diagnostics)) throw new ScenarioError(name, diagnostics);
  const { protocol, checks } = scenario;
  const [own] = checks;
  const bounds = options.bounds ?? (own as typeof own | undefined)?.bounds;
  if (bounds === undefined)
    throw new ScenarioError(name, [
      diagnostic('RUN105', `no bounds are given for ${name}`, {
        expected: 'the option `bounds`, or a line `// ldfi: bounds 6/4/1` at the top of the file',
      }),
    ]);
  if (!('program' in protocol)) throw new TypeError(`${name} is no program of rules`);
  return {
    kind: 'scenario',
    name,
    nodes: scenario.nodes,
    bounds,
    expect: options.bounds === undefined && options.nodes === undefined ? own.expect : undefined,
    protocol: { kind: 'rules', program: protocol.program },
    span: { source: { name: path, text: '' }, start: 0, end: 0 },
    fields: ['name', 'nodes', 'bounds', 'rules'],
  };
}

function pathOf(file: string | URL): string {
  return typeof file === 'string' ? file : fileURLToPath(file);
}
