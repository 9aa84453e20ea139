/** A file, made ready to be checked or replayed: read, with its nodes, and found free of errors. */
import { undeclaredNodes } from '../../model/check/locations.js';
import { checkSpecification } from '../../model/check/specification.js';
import type { Header } from '../../model/dedalus/header.js';
import type { SourceHost } from '../../model/dedalus/load.js';
import { readDedalus } from '../../model/dedalus/read.js';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics.js';
import type { CheckedProgram } from '../../model/program.js';

export interface Scenario {
  /** The file as the user named it. */
  readonly name: string;
  readonly checked: CheckedProgram;
  readonly header: Header;
  readonly nodes: readonly string[];
  /** Whether the nodes were taken from the program's location columns. */
  readonly nodesInferred: boolean;
}

export interface Loading {
  /** Absent where there are errors. */
  readonly scenario: Scenario | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param nodes those that flags give */
export function loadScenario(file: string, nodes: readonly string[] | undefined, host: SourceHost): Loading {
  const { checked, header, diagnostics } = readDedalus([file], host);
  if (checked === undefined) return { scenario: undefined, diagnostics };
  const chosen = chooseNodes(header, nodes, checked);
  const found = [
    ...diagnostics,
    ...checkSpecification(checked),
    ...(chosen.nodes.length === 0 ? [noNodes(file)] : undeclaredNodes(checked, chosen.nodes)),
  ];
  if (hasErrors(found)) return { scenario: undefined, diagnostics: found };
  return { scenario: { name: file, checked, ...chosen }, diagnostics: found };
}

interface ChosenNodes {
  readonly nodes: readonly string[];
  readonly nodesInferred: boolean;
  /** Without the verdicts that it expects on other nodes. */
  readonly header: Header;
}

function chooseNodes(
  header: Header,
  flags: readonly string[] | undefined,
  checked: CheckedProgram,
): ChosenNodes {
  const own = header.nodes?.map(({ name }) => name);
  if (flags === undefined)
    return { nodes: own ?? checked.locations, nodesInferred: own === undefined, header };
  const expecting = own ?? checked.locations;
  const same = flags.length === expecting.length && flags.every((node) => expecting.includes(node));
  return { nodes: flags, nodesInferred: false, header: same ? header : withoutExpectations(header) };
}

function withoutExpectations(header: Header): Header {
  return { ...header, checks: header.checks.map(({ bounds, span }) => ({ bounds, span })) };
}

function noNodes(file: string): Diagnostic {
  return diagnostic('RUN104', `${file} has no nodes: its location columns hold no constants`, {
    expected: '`--nodes a,b,c`, or a line `// ldfi: nodes a, b, c` at the top of the file',
  });
}
