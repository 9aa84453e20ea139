/** `ldfi print`: programs of rules as Dedalus, with what the checks found out about them. */
import type { Header } from '../../model/dedalus/header.js';
import { printChecked } from '../../model/dedalus/print-checked.js';
import { readDedalus } from '../../model/dedalus/read.js';
import { diagnostic } from '../../model/diagnostics.js';
import type { FoundScenario } from '../scenario/find.js';
import type { PreparedScenario } from '../scenario/prepared.js';
import type { PrintInvocation } from './arguments.js';
import { gather } from './gather.js';
import type { Session } from './session.js';

export async function printScenarios(invocation: PrintInvocation, session: Session): Promise<void> {
  const gathered = await gather(invocation, {}, session);
  for (const found of gathered?.found ?? [])
    if (found.defined === undefined) printFile(found.file, session);
    else printDefined(found, session);
}

/** A part that others include can be printed though it is no scenario. */
function printFile(file: string, session: Session): void {
  const { checked, header, diagnostics } = readDedalus([file], session.io.host);
  session.diagnose(diagnostics);
  if (checked !== undefined) session.text(printChecked(checked, header));
}

function printDefined(found: FoundScenario, session: Session): void {
  const { scenario, diagnostics } = found.prepare(undefined);
  session.diagnose(diagnostics);
  if (scenario === undefined) return;
  const { name, protocol } = scenario;
  if (protocol.kind === 'rules') session.text(`// ${name}\n${printChecked(protocol, headerOf(scenario))}`);
  else
    session.diagnose([
      diagnostic('RUN209', `${name} is written as handlers, which have no form in Dedalus`, {
        hint: '`ldfi replay` shows a run of it',
      }),
    ]);
}

/** Its places are never shown. */
function headerOf({ nodes, checks }: PreparedScenario): Header {
  const span = { source: { name: '', text: '' }, start: 0, end: 0 };
  return {
    nodes: nodes.map((name) => ({ name, span })),
    checks: checks.map((check) => ({ span, ...check })),
  };
}
