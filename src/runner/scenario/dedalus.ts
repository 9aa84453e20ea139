/** A file of Dedalus, made ready to be checked or replayed: read, with its nodes, and found free of errors. */
import { undeclaredNodes, unreachedNodes } from '../../model/rules/check/locations.js';
import { checkSpecification } from '../../model/rules/check/specification.js';
import type { SourceHost } from '../../model/rules/dedalus/load.js';
import { readDedalus } from '../../model/rules/dedalus/read.js';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { checksOn, type Preparation } from './prepared.js';

/**
 * Reads a file of Dedalus with what it includes and what goes with it, and makes it ready to be checked.
 *
 * @param nodes instead of those of the header, or of the program
 * @param parts files that are parts of the program beside the one it is named after, such as its specification
 */
export function loadScenario(
  file: string,
  nodes: readonly string[] | undefined,
  host: SourceHost,
  parts: readonly string[] = [],
): Preparation {
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
