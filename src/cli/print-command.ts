/**
 * `ldfi print`: programs of rules as Dedalus, with what the checks found out about them, as TypeScript, or as
 * answer-set programs.
 */
import { basename } from 'node:path';
import {
  type CheckedProgram,
  checkSpecification,
  type Diagnostic,
  hasErrors,
  type Header,
  type PreparedScenario,
  printChecked,
  printTypeScript,
  readDedalus,
  type Scenario,
} from '../index.js';
import { diagnostic, type FoundScenario, printAnswerSets, protocolKind } from '../toolkit.js';
import type { PrintInvocation } from './invocation.js';
import { gather, type Gathered } from './gather.js';
import type { Session } from './session.js';

/** A program, and what it is called in either language. */
interface Printable {
  readonly checked: CheckedProgram;
  readonly header: Header;
  readonly name: string;
  /** Before the program in Dedalus, which has no names. */
  readonly comment: string;
}

export async function printScenarios(invocation: PrintInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, invocation.settings, session);
  if (gathered === undefined) return;
  for await (const found of session.items(gathered.found, ({ name }) => name)) {
    const printable =
      found.defined === undefined
        ? readFile(found.file, gathered, session)
        : prepare(found, found.defined, session);
    if (printable !== undefined) print(printable, invocation.language, session);
  }
}

function print(
  { checked, header, name, comment }: Printable,
  language: PrintInvocation['language'],
  session: Session,
) {
  switch (language) {
    case 'dedalus':
      session.text(comment + printChecked(checked, header));
      return;
    case 'typescript': {
      const problems = header.checks.length === 0 ? [] : checkSpecification(checked);
      session.diagnose(problems);
      if (!hasErrors(problems)) session.text(printTypeScript(checked, { name, header }));
      return;
    }
    case 'asp': {
      const nodes = header.nodes?.map((node) => node.name) ?? checked.locations;
      const bounds = header.checks.at(0)?.bounds;
      const problems = [
        ...checkSpecification(checked),
        ...(bounds === undefined ? [withoutBounds(name)] : []),
      ];
      session.diagnose(problems);
      if (bounds !== undefined && !hasErrors(problems))
        session.text(comment.replace('//', '%') + printAnswerSets(checked, nodes, bounds));
    }
  }
}

function withoutBounds(name: string): Diagnostic {
  return diagnostic('RUN105', `${name} has no bounds`, {
    expected: 'a line `// ldfi: bounds EOT/EFF/CRASHES` at the top of the file',
  });
}

/** A part that others include can be printed though it is no scenario. */
function readFile(file: string, { host, with: parts }: Gathered, session: Session): Printable | undefined {
  const { checked, header, diagnostics } = readDedalus([file, ...parts], host);
  session.diagnose(diagnostics);
  return checked && { checked, header, name: basename(file, '.ded'), comment: '' };
}

function prepare(found: FoundScenario, { name }: Scenario, session: Session): Printable | undefined {
  const { scenario, diagnostics } = found.prepare(undefined);
  session.diagnose(diagnostics);
  if (scenario === undefined) return undefined;
  const { protocol } = scenario;
  const checked = protocolKind(protocol).program(protocol);
  if (checked !== undefined)
    return { checked, header: headerOf(scenario), name, comment: `// ${scenario.name}\n` };
  const problem = diagnostic(
    'RUN209',
    `${scenario.name} is written as ${protocol.kind}, which have no form in Dedalus`,
    {
      hint: '`ldfi replay` shows a run of it',
    },
  );
  session.diagnose([problem]);
  return undefined;
}

/** Its places are never shown. */
function headerOf({ nodes, checks }: PreparedScenario): Header {
  const span = { source: { name: '', text: '' }, start: 0, end: 0 };
  return {
    nodes: nodes.map((name) => ({ name, span })),
    checks: checks.map((check) => ({ span, ...check })),
  };
}
