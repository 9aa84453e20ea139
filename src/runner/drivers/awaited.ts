/** The driver of what takes its time, such as a running system: each answer is awaited. */
import type { Answer, Asking, Request } from '../requests.js';
import type { Later, Recordable, Runnable } from '../subjects/subject.js';

/**
 * Does work, and awaits the answers to its requests. Runs that are asked for together are begun together. What goes
 * wrong in an answer is thrown where it was asked for.
 *
 * @throws the signal's reason when it is aborted
 */
export async function awaited<Value>(
  asking: Asking<Value>,
  checked: Later<Runnable & Recordable>,
  signal?: AbortSignal,
): Promise<Value> {
  let step = asking.next();
  while (step.done !== true) {
    signal?.throwIfAborted();
    step = await answerTo(asking, step.value, checked);
  }
  return step.value;
}

async function answerTo<Value>(
  asking: Asking<Value>,
  request: Request,
  checked: Later<Runnable & Recordable>,
): Promise<IteratorResult<Request, Value>> {
  let answer: Answer;
  try {
    answer = await answerOf(request, checked);
  } catch (error) {
    return asking.throw(error);
  }
  return asking.next(answer);
}

async function answerOf(request: Request, checked: Later<Runnable & Recordable>): Promise<Answer> {
  switch (request.kind) {
    case 'run': {
      const outcomes = request.faultSets.map(async (faults) => checked.outcome(faults));
      return { kind: 'run', outcomes: await Promise.all(outcomes) };
    }
    case 'record':
      return { kind: 'record', recorded: await checked.record(request.faults) };
    case 'replay':
      return { kind: 'replay', run: await checked.replay(request.faults) };
    case 'repeat':
    case 'checkpoint':
      return { kind: request.kind };
  }
}
