/** `ldfi repair`: changes of a protocol that a check has certified. */
import { repair } from '../index.js';
import { diagnostic, patchOf } from '../toolkit.js';
import { tellEach, type Bounded } from './bounded.js';
import type { RepairInvocation } from './invocation.js';
import type { Session } from './session.js';

export async function tellRepairs(invocation: RepairInvocation, session: Session): Promise<void> {
  const { limit, form } = invocation;
  await tellEach(invocation, session, async (bounded) => {
    const { name, nodes, location, protocol } = bounded.scenario;
    const timeout = bounded.settings.timeout?.value;
    const { bounds } = bounded;
    const isTold = form === 'text';
    if (isTold) session.repair({ kind: 'begun', name, nodes, bounds });
    const result = await repair(protocol, {
      name,
      nodes,
      bounds,
      pool: session.pool,
      limit: isTold ? limit : 1,
      ...(timeout !== undefined && { timeout }),
      onAttempt: (attempt) => {
        session.attempt(name, attempt);
      },
      onProgress: session.progress,
      ...(isTold && {
        onFound: (found) => {
          session.repair({ kind: 'found', repair: found, location });
        },
      }),
    });
    if (isTold) session.repair({ kind: 'known', result });
    else for (const { change } of result.repairs) tellPatch(patchOf(change, location.file), bounded, session);
  });
}

function tellPatch(patch: readonly string[] | undefined, { scenario }: Bounded, session: Session): void {
  if (patch !== undefined) {
    session.text(patch.map((line) => `${line}\n`).join(''));
    return;
  }
  const hint = 'without `--as patch`, the change is shown all the same';
  session.diagnose([diagnostic('RUN209', `${scenario.name} is not written as Dedalus`, { hint })]);
}
