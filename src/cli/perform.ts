/** The half of the command line that works: from a request to the events that it comes to. */
import { checkScenarios } from './check-command.js';
import type { WorkIo } from './io.js';
import { Session } from './session.js';
import type { Supervised, Task, WorkRequest } from './work.js';

/** Does what is asked. What goes wrong is told, too. */
export async function perform(request: WorkRequest, io: WorkIo, supervised: Supervised): Promise<void> {
  const session = new Session(io, request, supervised);
  try {
    if (request.rerun === undefined) await performTask(request.task, session);
    else {
      const { rerunScenario } = await import('./replay-command.js');
      await rerunScenario(request.task, request.rerun, session);
    }
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    supervised.tell({ kind: 'failed', what, stack: error instanceof Error ? error.stack : undefined });
  }
}

/** What few runs need is loaded where it is asked for. */
async function performTask(task: Task, session: Session): Promise<void> {
  switch (task.kind) {
    case 'check':
      return checkScenarios(task, session);
    case 'replay': {
      const { replayScenarios } = await import('./replay-command.js');
      return replayScenarios(task, session);
    }
    case 'explain': {
      const { explainScenarios } = await import('./explain-command.js');
      return explainScenarios(task, session);
    }
    case 'tolerance': {
      const { tellTolerances } = await import('./tolerance-command.js');
      return tellTolerances(task, session);
    }
    case 'protect': {
      const { tellProtections } = await import('./protect-command.js');
      return tellProtections(task, session);
    }
    case 'repair': {
      const { tellRepairs } = await import('./repair-command.js');
      return tellRepairs(task, session);
    }
    case 'print': {
      const { printScenarios } = await import('./print-command.js');
      return printScenarios(task, session);
    }
    case 'verify': {
      const { verifyCertificates } = await import('./verify-command.js');
      return verifyCertificates(task, session);
    }
    case 'trace': {
      const { readAndTell } = await import('./trace-command.js');
      return readAndTell(task, session);
    }
    case 'test-from': {
      const { writeTestFrom } = await import('./test-from-command.js');
      return writeTestFrom(task, session);
    }
    case 'show': {
      const { showDocument } = await import('./show-command.js');
      return showDocument(task, session);
    }
    case 'init': {
      const { initialise } = await import('./init-command.js');
      initialise(task.name, session);
    }
  }
}
