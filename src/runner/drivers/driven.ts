/** What drivers have in common that may be put aside: they take requests, one after another, and give answers back. */
import type { Answer, Asking, Request } from '../requests.js';

/**
 * The work with its requests answered. What goes wrong in an answer is thrown where it was asked for.
 *
 * @typeParam Pause what is yielded where answers may be put aside, or have to wait
 */
export function* driven<Value, Pause>(
  asking: Asking<Value>,
  answer: (request: Request) => Generator<Pause, Answer, undefined>,
): Generator<Pause, Value, undefined> {
  let step = asking.next();
  while (step.done !== true) step = yield* stepBehind(asking, answer(step.value));
  return step.value;
}

function* stepBehind<Value, Pause>(
  asking: Asking<Value>,
  answering: Generator<Pause, Answer, undefined>,
): Generator<Pause, IteratorResult<Request, Value>, undefined> {
  let answer: Answer;
  try {
    answer = yield* answering;
  } catch (error) {
    return asking.throw(error);
  }
  return asking.next(answer);
}
