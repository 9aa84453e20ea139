/** The driver of this thread: each request is answered at once, by what is checked. */
import { finish, type Steps } from '../../model/steps.js';
import type { Answer, Asking, Request } from '../requests.js';
import type { Recordable, Repeatable, Runnable } from '../subjects/subject.js';
import { driven } from './driven.js';

export type Checked = Runnable & Recordable & Repeatable;

/** The work with its requests answered; it may be put aside where it asks. */
export function answered<Value>(asking: Asking<Value>, checked: Checked): Steps<Value> {
  return driven(asking, (request) => answerOf(request, checked));
}

/** Does the work at once. */
export function answeredAtOnce<Value>(asking: Asking<Value>, checked: Checked): Value {
  return finish(answered(asking, checked));
}

/** The answer of this thread to one request; the work may be put aside before it. */
export function* answerOf(request: Request, checked: Checked): Steps<Answer> {
  yield;
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
