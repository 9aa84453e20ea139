/**
 * What the properties of a protocol say of its runs. A property sees one observation of each node and who has
 * crashed, so that only the few distinct views are combined across nodes, not the local states.
 */
import { FALSE, type Algebra, type Condition } from '../algebra.js';
import type { HandlerEvaluator } from './evaluator.js';
import type { ConditionalView, HandlerEvaluation } from './evaluation.js';
import { Obligations } from './obligations.js';
import {
  firstPart,
  isAskedAt,
  judgeOutcome,
  judgeStep,
  judgeThen,
  judgeWhen,
  reasonOfDelay,
  sortedProperties,
  timesOf,
  type LeadsToProperty,
  type PropertyAnswer,
  type SortedProperties,
  type StepProperty,
} from './properties.js';
import { PropertyCalls, type PropertyQuestion } from './property-calls.js';
import type { NodeView } from './protocol.js';
import { combinations, shownOutcome, shownView, viewsText, type Combination } from './shown.js';

/** What one property says at one time. */
export interface Finding extends PropertyAnswer {
  readonly property: string;
}

/** What properties say at one time, and when that is so. */
export interface ConditionalFindings {
  readonly time: number;
  readonly condition: Condition;
  readonly findings: readonly Finding[];
}

/** The views that there may be of each node at one time. */
type Views = readonly (readonly ConditionalView[])[];

/** A property that leads to something, and what it is owed in one run. */
interface Creditor {
  readonly name: string;
  readonly property: LeadsToProperty;
  readonly obligations: Obligations;
}

export class HandlerSpecification {
  private readonly properties: SortedProperties;
  private readonly calls: PropertyCalls;

  constructor(private readonly evaluator: HandlerEvaluator) {
    this.properties = sortedProperties(evaluator.protocol.specification);
    this.calls = new PropertyCalls(evaluator.calls);
  }

  /** When properties look at the nodes: at EOT, and before where one is about every time. */
  get times(): readonly number[] {
    const { eot, protocol } = this.evaluator;
    const isAboutAll = Object.values(protocol.specification).some((property) => !('pre' in property));
    return isAboutAll ? Array.from({ length: eot }, (_, index) => index + 1) : [eot];
  }

  /** The times of which a property is asked, where it is violated at one. */
  timesOf(property: string, violated: number): readonly number[] {
    return timesOf(this.evaluator.protocol.specification[property], violated);
  }

  /**
   * What may be said of the nodes, by time: at EOT, and before where a property is about every time.
   *
   * @throws HandlerError
   */
  *findings(evaluation: HandlerEvaluation, algebra: Algebra): Iterable<ConditionalFindings> {
    const creditors = this.properties.leads.map(([name, property]): Creditor => {
      return { name, property, obligations: new Obligations(property.leadsTo.within, algebra) };
    });
    let earlier: Views | undefined;
    for (const time of this.times) {
      const views = this.evaluator.nodes.map((_, node) => evaluation.viewsOf(node, time));
      const seen: Combination[] = [];
      for (const together of this.isAnyAskedAt(time) ? combinations(views, algebra) : []) {
        seen.push(together);
        const findings = this.judge(together, time);
        if (findings.length > 0) yield { time, condition: together.condition, findings };
      }
      if (earlier !== undefined) yield* this.judgeSteps(time, earlier, views, algebra);
      for (const creditor of creditors) yield* this.judgeLeads(creditor, time, seen, algebra);
      earlier = views;
    }
  }

  /** Whether any property looks at all nodes together at a time. */
  private isAnyAskedAt(time: number): boolean {
    const { eot } = this.evaluator;
    const { outcomes, leads } = this.properties;
    return leads.length > 0 || outcomes.some(([, property]) => isAskedAt(property, time, eot));
  }

  private judge({ chosen, condition }: Combination, time: number): readonly Finding[] {
    const { eot } = this.evaluator;
    const asked = this.properties.outcomes.filter(([, property]) => isAskedAt(property, time, eot));
    const when = time === eot ? 'end' : 'before';
    return this.calls.remembered<readonly Finding[]>(`${when}\n${viewsText(chosen)}`, (expected) => {
      const outcome = this.outcomeOf(chosen);
      return asked.map(([name, property], index) => {
        const question: PropertyQuestion = {
          property: name,
          time,
          part: firstPart(property),
          shown: outcome.nodes,
          judge: (enter) => judgeOutcome(property, outcome, enter),
        };
        return { property: name, ...this.calls.ask(question, condition, expected?.[index]) };
      });
    });
  }

  /** Of each node by itself, how it was before and how it is now. */
  private *judgeSteps(
    time: number,
    earlier: Views,
    now: Views,
    algebra: Algebra,
  ): Iterable<ConditionalFindings> {
    for (const [name, property] of this.properties.steps) {
      for (const node of now.keys()) {
        for (const pair of combinations([earlier[node], now[node]], algebra)) {
          const answer = this.judgeStep({ name, property, node, time }, pair);
          yield { time, condition: pair.condition, findings: [{ property: name, ...answer }] };
        }
      }
    }
  }

  private judgeStep(
    { name, property, node, time }: StepOfNode,
    { chosen, condition }: Combination,
  ): PropertyAnswer {
    return this.calls.remembered<PropertyAnswer>(`step ${node} ${name}\n${viewsText(chosen)}`, (expected) => {
      const [before, after] = chosen.map((view) =>
        shownView(this.viewOf(view, node), this.evaluator.calls.roles),
      );
      const question: PropertyQuestion = {
        property: name,
        time,
        part: 'step',
        shown: [before, after],
        judge: (enter) => judgeStep(property, [before, after], enter),
      };
      return this.calls.ask(question, condition, expected);
    });
  }

  /** @param seen all nodes together at that time */
  private *judgeLeads(
    { name, property, obligations }: Creditor,
    time: number,
    seen: readonly Combination[],
    algebra: Algebra,
  ): Iterable<ConditionalFindings> {
    const { within } = property.leadsTo;
    if (time + within <= this.evaluator.eot) {
      const asking = seen.filter((together) => this.askLeads('when', name, property, time, together).pre);
      obligations.begin(time, anyOf(asking, algebra));
      for (const { condition } of asking)
        yield { time, condition, findings: [{ property: name, pre: true, reason: undefined }] };
    }
    const owed = obligations.owed;
    const due = obligations.dueAt(time);
    const failing: Combination[] = [];
    for (const { chosen, condition: whole } of seen) {
      const condition = algebra.and(whole, owed);
      if (!algebra.isPossible(condition)) continue;
      const { reason } = this.askLeads('then', name, property, time, { chosen, condition });
      if (reason === undefined) continue;
      failing.push({ chosen, condition });
      const late = algebra.and(condition, due);
      if (!algebra.isPossible(late)) continue;
      const told = reasonOfDelay(property.leadsTo, reason, time);
      yield { time, condition: late, findings: [{ property: name, pre: true, reason: told }] };
    }
    obligations.goOn(time, anyOf(failing, algebra));
  }

  private askLeads(
    part: 'when' | 'then',
    name: string,
    property: LeadsToProperty,
    time: number,
    { chosen, condition }: Combination,
  ): PropertyAnswer {
    const judge = part === 'when' ? judgeWhen : judgeThen;
    return this.calls.remembered<PropertyAnswer>(`${part} ${name}\n${viewsText(chosen)}`, (expected) => {
      const outcome = this.outcomeOf(chosen);
      const question: PropertyQuestion = {
        property: name,
        time,
        part,
        shown: outcome.nodes,
        judge: (enter) => judge(property, outcome, enter),
      };
      return this.calls.ask(question, condition, expected);
    });
  }

  private outcomeOf(chosen: readonly ConditionalView[]) {
    const views = chosen.map((view, node) => this.viewOf(view, node));
    return shownOutcome(views, this.evaluator.calls.roles);
  }

  private viewOf({ observation, crashed }: ConditionalView, node: number): NodeView<string, unknown> {
    return { node: this.evaluator.nodes[node], observed: observation.value, crashed };
  }
}

/** A property of steps, and the step of one node that it is asked of, by the time at which that is done. */
interface StepOfNode {
  readonly name: string;
  readonly property: StepProperty;
  readonly node: number;
  readonly time: number;
}

function anyOf(combinations: readonly Combination[], algebra: Algebra): Condition {
  return combinations.reduce((any, { condition }) => algebra.or(any, condition), FALSE);
}
