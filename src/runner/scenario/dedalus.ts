/** A file of Dedalus, made ready to be checked or replayed: read, with its nodes, and found free of errors. */
import { undeclaredNodes, unreachedNodes } from '../../model/check/locations.js';
import { checkSpecification } from '../../model/check/specification.js';
import type { SourceHost } from '../../model/dedalus/load.js';
import { readDedalus } from '../../model/dedalus/read.js';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import { checksOn, type Preparation } from './prepared.js';

export interface LoadOptions {
  /** Instead of those of the header, or of the program. */
  readonly nodes?: readonly string[] | undefined;
  /** Files that are parts of the program beside the one it is named after. */
  readonly with?: readonly string[];
}

/** Reads a file of Dedalus with what it includes and what goes with it, and makes it ready to be checked. */
export function loadScenario(file: string, options: LoadOptions, host: SourceHost): Preparation {
  const { nodes, with: parts = [] } = options;
  const { checked, header, diagnostics } = readDedalus([file, ...parts], host);
  if (checked === undefined) return { scenario: undefined, diagnostics };
  const declared = header.nodes?.map(({ name }) => name);
  const own = declared ?? checked.locations;
  const chosen = nodes ?? own;
  const found = [
    ...diagnostics,
    ...checkSpecification(checked),
    ...(chosen.length === 0 ? [noNodes(file)] : undeclaredNodes(checked, chosen)),
    ...(nodes === undefined ? [] : unreachedNodes(checked, nodes)),
  ];
  if (hasErrors(found)) return { scenario: undefined, diagnostics: found };
  const scenario = {
    name: file,
    location: { file, scenario: undefined, ...(parts.length > 0 && { with: parts }) },
    protocol: checked,
    nodes: chosen,
    nodesInferred: nodes === undefined && declared === undefined,
    checks: checksOn(chosen, own, header.checks),
  };
  return { scenario, diagnostics: found };
}

function noNodes(file: string): Diagnostic {
  return diagnostic('RUN104', `${file} names no nodes where messages go to or come from`, {
    expected: '`--nodes a,b,c`, or a line `// ldfi: nodes a, b, c` at the top of the file',
  });
}
