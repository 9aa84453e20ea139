/**
 * Calls of properties: each is made twice, and remembered, and one that fails is told with what it was shown. One that asks
 * what nodes do not show is made for each answer that may be.
 */
import type { Algebra, Condition } from '../algebra.js';
import { abandon } from './abandon.js';
import type { Calls } from './calls.js';
import { impure } from './cells/cell-calls.js';
import { conditionsOf } from './cells/decision.js';
import { explore, type Ask, type Branch, type Reached } from './cells/paths.js';
import type { HistoryQuestion } from './cells/question.js';
import {
  HandlerError,
  isA,
  problemWithCall,
  UNANSWERED,
  type HandlerCall,
  type PropertyPart,
} from './errors.js';
import { Getters } from './getters.js';
import type { History } from './history.js';
import { NoJudgement, type Enter, type PropertyAnswer } from './properties.js';
import type { Sight } from './shown.js';

/** What is asked of a property, and when. */
export interface PropertyQuestion {
  readonly property: string;
  readonly time: number;
  /** The function that is called first. */
  readonly part: PropertyPart;
  readonly shown: () => readonly Sight[];
  /** @param ask for what it is not shown */
  readonly judge: (ask: Ask, enter: Enter) => PropertyAnswer;
}

/** What a property answers; `asks`, where that is more than what nodes show decides. */
export type FirstAnswer = PropertyAnswer | 'asks';

/** What a property answers, and when. */
export interface ConditionalAnswer {
  readonly condition: Condition;
  readonly answer: PropertyAnswer;
}

/** A run that properties are asked of. */
export interface AskedRun {
  readonly algebra: Algebra;
  readonly history: History;
}

export class PropertyCalls {
  /** Whether any property asked for faults since this was last set. */
  askedOfFaults = false;
  /** Whether the property that is being called asked for more than it is shown. */
  private asks = false;
  private readonly known = new Map<string, unknown>();
  private readonly branches = new Map<string, Branch<PropertyAnswer>>();

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

  /** All that a property may answer under a condition. @param name of what is known of it @throws HandlerError */
  *answers(
    question: PropertyQuestion,
    name: string,
    condition: Condition,
    run: AskedRun,
  ): Iterable<ConditionalAnswer> {
    const first = this.remembered<FirstAnswer>(name, (expected) => this.ask(question, condition, expected));
    if (first === 'asks') yield* this.answersByHistory(question, name, condition, run);
    else yield { condition, answer: first };
  }

  /**
   * @param condition under which it is asked
   * @param expected what was answered before
   * @throws HandlerError
   */
  ask(question: PropertyQuestion, condition: Condition, expected?: FirstAnswer): FirstAnswer {
    if (expected === 'asks') return expected;
    const { calls } = this;
    this.asks = false;
    let call = callOf(question, question.part);
    const once = () => question.judge(this.unanswered, (part) => (call = this.enter(question, part)));
    calls.condition = condition;
    try {
      const first = expected ?? once();
      if (!this.asks) assertSame(first, once(), call, condition);
      calls.underWay = undefined;
      return this.asks ? 'asks' : first;
    } catch (error) {
      if (!this.asks) throw failureOf(error, call, condition);
      calls.underWay = undefined;
      return 'asks';
    }
  }

  /** The same, of one that asks for more than it is shown. */
  *answersByHistory(
    question: PropertyQuestion,
    name: string,
    condition: Condition,
    run: AskedRun,
  ): Iterable<ConditionalAnswer> {
    let branch = this.branches.get(name);
    if (branch === undefined) this.branches.set(name, (branch = {}));
    const found = this.explored(question, branch, condition, run);
    if (this.calls.repeating) {
      const again = this.explored(question, {}, condition, run);
      if ([...again.keys()].join() !== [...found.keys()].join())
        throw impure(callOf(question, question.part));
    }
    for (const [text, so] of found)
      yield { condition: run.algebra.and(condition, so), answer: JSON.parse(text) as PropertyAnswer };
  }

  /** Under which it answers what, as text. */
  private explored(
    question: PropertyQuestion,
    branch: Branch<PropertyAnswer>,
    condition: Condition,
    { algebra, history }: AskedRun,
  ): ReadonlyMap<string, Condition> {
    const decision = explore(branch, condition, {
      algebra,
      answers: (asked) => history.answers(this.noted(asked as HistoryQuestion), question.time),
      call: (begin, under) => this.reached(question, begin, under),
      impure: () => impure(callOf(question, question.part)),
      onFound: this.calls.onCall,
    });
    if (decision === undefined) return new Map();
    return conditionsOf(decision, (answer) => [JSON.stringify(answer)], algebra);
  }

  /** Nodes are shown to a property, so that it asks for nothing else. */
  private noted(question: HistoryQuestion): HistoryQuestion {
    this.askedOfFaults ||= question.kind === 'quiet' || question.kind === 'happened';
    return question;
  }

  private reached(
    question: PropertyQuestion,
    begin: () => Ask,
    condition: Condition,
  ): Reached<PropertyAnswer> {
    const { calls } = this;
    let call = callOf(question, question.part);
    calls.condition = condition;
    try {
      const effect = question.judge(begin(), (part) => (call = this.enter(question, part)));
      return { effect, text: JSON.stringify(effect) };
    } catch (error) {
      if (error === UNANSWERED) throw UNANSWERED;
      throw failureOf(error, call, condition);
    } finally {
      calls.underWay = undefined;
    }
  }

  private readonly unanswered: Ask = () => {
    this.asks = true;
    throw UNANSWERED;
  };

  private enter(question: PropertyQuestion, part: PropertyPart): HandlerCall {
    const call = callOf(question, part);
    this.calls.enter({ call, again: () => question.judge(this.unanswered, () => undefined) });
    return call;
  }
}

const whatWasShown = new Getters<PropertyQuestion>({ state: ({ shown }) => shown() });

function callOf(question: PropertyQuestion, part: PropertyPart): HandlerCall {
  const { property, time } = question;
  const call: Omit<HandlerCall, 'state'> = {
    node: undefined,
    time,
    event: { kind: 'property', name: property, part },
  };
  return whatWasShown.define(call, question) as HandlerCall;
}

function failureOf(error: unknown, call: HandlerCall, condition: Condition): HandlerError {
  if (isA(error, HandlerError)) return error;
  if (!isA(error, NoJudgement)) return new HandlerError(call, problemWithCall(error), condition);
  abandon(error.returned);
  return new HandlerError(call, { kind: 'no judgement', returned: error.returned }, condition);
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
