/** The driver of this thread: each request is answered at once, by what is checked. */
import { finish, type Steps } from '../../model/steps.js';
import type { Answer, Asking, Request } from '../requests.js';
import type { Recordable, Repeatable, Runnable } from '../subjects/subject.js';

type Checked = Runnable & Recordable & Repeatable;

/**
 * The work with its requests answered; it may be put aside where it asks. What goes wrong in an answer is thrown where
 * it was asked for.
 */
export function* answered<Value>(asking: Asking<Value>, checked: Checked): Steps<Value> {
  let step = asking.next();
  while (step.done !== true) {
    yield;
    step = answerTo(asking, step.value, checked);
  }
  return step.value;
}

/** Does the work at once. */
export function answeredAtOnce<Value>(asking: Asking<Value>, checked: Checked): Value {
  return finish(answered(asking, checked));
}

function answerTo<Value>(
  asking: Asking<Value>,
  request: Request,
  checked: Checked,
): IteratorResult<Request, Value> {
  let answer: Answer;
  try {
    answer = answerOf(request, checked);
  } catch (error) {
    return asking.throw(error);
  }
  return asking.next(answer);
}

function answerOf(request: Request, checked: Checked): Answer {
  switch (request.kind) {
    case 'run':
      return { kind: 'run', outcomes: request.faultSets.map((faults) => checked.outcome(faults)) };
    case 'record':
      return { kind: 'record', recorded: checked.record(request.faults) };
    case 'replay':
      return { kind: 'replay', run: checked.replay(request.faults) };
    case 'repeat':
      checked.repeatCalls();
      return { kind: 'repeat' };
    case 'checkpoint':
      return { kind: 'checkpoint' };
  }
}
