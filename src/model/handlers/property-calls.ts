/** Calls of properties: each is made twice, and remembered, and one that fails is told with what it was shown. */
import type { Condition } from '../algebra.js';
import { abandon } from './abandon.js';
import type { Calls } from './calls.js';
import { HandlerError, isA, problemWithCall, type HandlerCall, type PropertyPart } from './errors.js';
import { NoJudgement, type Enter, type PropertyAnswer } from './properties.js';
import type { NodeView } from './protocol.js';

/** What is asked of a property, and when. */
export interface PropertyQuestion {
  readonly property: string;
  readonly time: number;
  /** The function that is called first. */
  readonly part: PropertyPart;
  readonly shown: readonly NodeView<string, unknown>[];
  readonly judge: (enter: Enter) => PropertyAnswer;
}

export class PropertyCalls {
  private readonly known = new Map<string, unknown>();

  constructor(private readonly calls: Calls) {}

  /**
   * What was found before by this name.
   *
   * @param find called anew with what was found before, to be held against that
   */
  remembered<Found>(name: string, find: (expected?: Found) => Found): Found {
    const known = this.known.get(name) as Found | undefined;
    if (known === undefined) {
      const found = find();
      this.known.set(name, found);
      this.calls.onCall(() => find(found));
      return found;
    }
    if (this.calls.repeating) find(known);
    return known;
  }

  /**
   * @param condition under which it is asked
   * @param expected what was answered before
   * @throws HandlerError
   */
  ask(question: PropertyQuestion, condition: Condition, expected?: PropertyAnswer): PropertyAnswer {
    const { calls } = this;
    const again = () => question.judge(() => undefined);
    let call = callOf(question, question.part);
    const enter = (part: PropertyPart) => {
      call = callOf(question, part);
      calls.enter({ call, again });
    };
    calls.condition = condition;
    try {
      const first = expected ?? question.judge(enter);
      assertSame(first, question.judge(enter), call, condition);
      calls.underWay = undefined;
      return first;
    } catch (error) {
      if (isA(error, HandlerError)) throw error;
      if (!isA(error, NoJudgement)) throw new HandlerError(call, problemWithCall(error), condition);
      abandon(error.returned);
      throw new HandlerError(call, { kind: 'no judgement', returned: error.returned }, condition);
    }
  }
}

function callOf({ property, time, shown }: PropertyQuestion, part: PropertyPart): HandlerCall {
  return { node: undefined, time, event: { kind: 'property', name: property, part }, state: shown };
}

/** @throws HandlerError */
function assertSame(a: PropertyAnswer, b: PropertyAnswer, call: HandlerCall, condition: Condition): void {
  const differ = (path: string, first: unknown, second: unknown): HandlerError =>
    new HandlerError(call, { kind: 'impure', path, first, second }, condition);
  if (a.pre !== b.pre) throw differ(whenAsked(call), a.pre, b.pre);
  if (a.reason !== b.reason) throw differ('its judgement', a.reason ?? true, b.reason ?? true);
}

/** What says whether a property asks anything. */
function whenAsked({ event }: HandlerCall): string {
  return event.kind === 'property' && event.part === 'when' ? '`when`' : '`pre`';
}
