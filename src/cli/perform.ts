/** The half of the command line that works: from a request to the events that it comes to. */
import { checkScenarios } from './check-command.js';
import { explainScenarios } from './explain-command.js';
import { initialise } from './init-command.js';
import type { WorkIo } from './io.js';
import { printScenarios } from './print-command.js';
import { replayScenarios, rerunScenario } from './replay-command.js';
import { Session } from './session.js';
import { verifyCertificates } from './verify-command.js';
import type { Supervised, Task, WorkRequest } from './work.js';

/** Does what is asked. What goes wrong is told, too. */
export async function perform(request: WorkRequest, io: WorkIo, supervised: Supervised): Promise<void> {
  const session = new Session(io, request, supervised);
  try {
    if (request.rerun === undefined) await performTask(request.task, session);
    else await rerunScenario(request.task, request.rerun, session);
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    supervised.tell({ kind: 'failed', what, stack: error instanceof Error ? error.stack : undefined });
  }
}

async function performTask(task: Task, session: Session): Promise<void> {
  switch (task.kind) {
    case 'check':
      return checkScenarios(task, session);
    case 'replay':
      return replayScenarios(task, session);
    case 'explain':
      return explainScenarios(task, session);
    case 'tolerance': {
      // Few runs need it.
      const { tellTolerances } = await import('./tolerance-command.js');
      return tellTolerances(task, session);
    }
    case 'protect': {
      // Few runs need it.
      const { tellProtections } = await import('./protect-command.js');
      return tellProtections(task, session);
    }
    case 'repair': {
      // Few runs need it.
      const { tellRepairs } = await import('./repair-command.js');
      return tellRepairs(task, session);
    }
    case 'print':
      return printScenarios(task, session);
    case 'verify':
      return verifyCertificates(task, session);
    case 'trace': {
      // Few runs need it.
      const { readAndTell } = await import('./trace-command.js');
      return readAndTell(task, session);
    }
    case 'test-from': {
      // Few runs need it.
      const { writeTestFrom } = await import('./test-from-command.js');
      return writeTestFrom(task, session);
    }
    case 'show': {
      // Few runs need it.
      const { showDocument } = await import('./show-command.js');
      return showDocument(task, session);
    }
    case 'init':
      initialise(task.name, session);
  }
}
