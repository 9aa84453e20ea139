/**
 * What the properties of a protocol say of its runs. A property sees one observation of each node and who has
 * crashed, so that only the few distinct views are combined across nodes, not the local states.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../algebra.js';
import type { Ask } from './cells/paths.js';
import type { HandlerEvaluator } from './evaluator.js';
import type { ConditionalView, HandlerEvaluation } from './evaluation.js';
import type { History } from './history.js';
import { SharedObject } from './operations/objects.js';
import type { OperationsWatch } from './operations/watch.js';
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
  type Enter,
  type OutcomeProperty,
  type SortedProperties,
} from './properties.js';
import {
  PropertyCalls,
  type AskedRun,
  type ConditionalAnswer,
  type FirstAnswer,
  type PropertyQuestion,
} from './property-calls.js';
import type { HandlerOutcome } from './protocol.js';
import { combinations, Showing, viewsText, type Combination, type Sight } from './shown.js';

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

/** Those that properties may ask for. */
type FaultKindNames = Pick<History, 'faultKinds'>;

/** What properties say of some views together, by the name of what is known of these. */
interface FindingsOfViews {
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly asking: readonly (readonly [name: string, property: OutcomeProperty])[];
}

/** The views that there may be of each node at one time. */
type Views = readonly (readonly ConditionalView[])[];

/** A node as properties look at it. */
export interface NodeAtTime {
  readonly node: string;
  readonly time: number;
}

/** A property that leads to something, and what it is owed in one run. */
interface Creditor {
  readonly name: string;
  readonly property: LeadsToProperty;
  readonly obligations: Obligations;
}

/** A property about operations, and those of one run. */
interface Watched {
  readonly name: string;
  readonly object: SharedObject;
  readonly watch: OperationsWatch;
}

/** A function of a property, as it is asked of all nodes together. */
interface OutcomeQuestion extends Pick<PropertyQuestion, 'property' | 'part' | 'time'> {
  readonly judge: (outcome: HandlerOutcome<string, unknown>, enter: Enter) => PropertyAnswer;
}

export class HandlerSpecification {
  private readonly properties: SortedProperties;
  private readonly calls: PropertyCalls;
  private readonly objects: readonly (readonly [name: string, object: SharedObject])[];

  constructor(private readonly evaluator: HandlerEvaluator) {
    this.properties = sortedProperties(evaluator.protocol.specification);
    this.calls = new PropertyCalls(evaluator.calls);
    this.objects = this.properties.linearizable.map(([name, property]) => [
      name,
      new SharedObject(name, property, evaluator.calls),
    ]);
  }

  /** When properties look at the nodes: at EOT, and before where one is about every time. */
  get times(): readonly number[] {
    const { eot, protocol } = this.evaluator;
    const isAboutAll = Object.values(protocol.specification).some((property) => !('pre' in property));
    return isAboutAll ? Array.from({ length: eot }, (_, index) => index + 1) : [eot];
  }

  /** Whether what was found last rests on which faults there are, whatever they do. */
  get restsOnFaults(): boolean {
    return this.calls.askedOfFaults;
  }

  /** All that properties look at. */
  get looksAt(): readonly NodeAtTime[] {
    return this.times.flatMap((time) => this.evaluator.nodes.map((node) => ({ node, time })));
  }

  /** What a property looked at in a run that violates it: of operations, where any were recorded. */
  lookedAt(property: string, violated: number, evaluation: HandlerEvaluation): readonly NodeAtTime[] {
    const { nodes, protocol } = this.evaluator;
    const asked = protocol.specification[property];
    const isLookedAt = (node: number, time: number) =>
      !('linearizable' in asked) ||
      evaluation.recordedOf(node, time).some(({ recorded }) => recorded.length > 0);
    return timesOf(asked, violated).flatMap((time) =>
      nodes.flatMap((node, place) => (isLookedAt(place, time) ? [{ node, time }] : [])),
    );
  }

  /**
   * What may be said of the nodes, by time: at EOT, and before where a property is about every time.
   *
   * @throws HandlerError
   */
  *findings(evaluation: HandlerEvaluation, algebra: Algebra): Iterable<ConditionalFindings> {
    this.calls.askedOfFaults = false;
    const run: AskedRun = { algebra, history: evaluation.history };
    const creditors = this.properties.leads.map(([name, property]): Creditor => {
      return { name, property, obligations: new Obligations(property.leadsTo.within, algebra) };
    });
    const watched = this.objects.map(([name, object]): Watched => {
      return { name, object, watch: object.watch(algebra) };
    });
    let earlier: Views | undefined;
    for (const time of this.times) {
      const views = this.evaluator.nodes.map((_, node) => evaluation.viewsOf(node, time));
      const seen: Combination[] = [];
      for (const together of this.isAnyAskedAt(time) ? combinations(views, algebra) : []) {
        seen.push(together);
        yield* this.judgeOutcomes(together, time, run);
      }
      if (earlier !== undefined) yield* this.judgeSteps(time, [earlier, views], run);
      for (const creditor of creditors) yield* this.judgeLeads(creditor, time, seen, run);
      for (const each of watched) yield* this.judgeOperations(each, time, evaluation);
      earlier = views;
    }
  }

  /**
   * What properties say of what nodes show at a time; undefined where one asks for more. Of properties over several times
   * nothing is said.
   *
   * @throws HandlerError
   */
  judgeViews(
    chosen: readonly ConditionalView[],
    time: number,
    kinds: FaultKindNames,
  ): readonly Finding[] | undefined {
    const { findings, asking } = this.findingsOfViews({ chosen, condition: TRUE }, time, kinds);
    return asking.length > 0 ? undefined : findings;
  }

  /** Whether properties are about several times, and not each time by itself. */
  get isOverTime(): boolean {
    const { steps, leads, linearizable } = this.properties;
    return steps.length + leads.length + linearizable.length > 0;
  }

  /** Whether any property looks at all nodes together at a time. */
  private isAnyAskedAt(time: number): boolean {
    return this.properties.leads.length > 0 || this.askedAt(time).length > 0;
  }

  private askedAt(time: number): readonly (readonly [name: string, property: OutcomeProperty])[] {
    return this.properties.outcomes.filter(([, property]) => isAskedAt(property, time, this.evaluator.eot));
  }

  /** All that are decided by what nodes show together, each of the others by itself. */
  private *judgeOutcomes(together: Combination, time: number, run: AskedRun): Iterable<ConditionalFindings> {
    const { condition } = together;
    const { key, findings, asking } = this.findingsOfViews(together, time, run.history);
    if (findings.length > 0) yield { time, condition, findings };
    for (const question of this.questionsOf(asking, time, together, run.history)) {
      const { property: name } = question;
      const all = this.calls.answersByHistory(question, `${name}\n${key}`, condition, run);
      yield* findingsOf(name, time, all);
    }
  }

  /** What properties say that ask for nothing but what nodes show, and which ask for more. */
  private findingsOfViews(together: Combination, time: number, kinds: FaultKindNames): FindingsOfViews {
    const asked = this.askedAt(time);
    const when = time === this.evaluator.eot ? 'end' : 'before';
    const key = `${when}\n${viewsText(together.chosen)}`;
    const answers = this.calls.remembered<readonly FirstAnswer[]>(key, (expected) =>
      this.questionsOf(asked, time, together, kinds).map((question, index) =>
        this.calls.ask(question, together.condition, expected?.[index]),
      ),
    );
    const findings = answers.flatMap((answer, index) =>
      answer === 'asks' ? [] : [{ property: asked[index][0], ...answer }],
    );
    return { key, findings, asking: asked.filter((_, index) => answers[index] === 'asks') };
  }

  /** Of properties that are all shown the same. */
  private questionsOf(
    asked: readonly (readonly [name: string, property: OutcomeProperty])[],
    time: number,
    together: Combination,
    kinds: FaultKindNames,
  ): readonly PropertyQuestion[] {
    const shown = this.shownTo(together, kinds);
    return asked.map(([name, property]) => {
      const judge = (outcome: HandlerOutcome<string, unknown>, enter: Enter) =>
        judgeOutcome(property, outcome, enter);
      return questionOf({ property: name, time, part: firstPart(property), judge }, shown);
    });
  }

  /** Of each node by itself, how it was before and how it is now. */
  private *judgeSteps(
    time: number,
    [earlier, now]: readonly [Views, Views],
    run: AskedRun,
  ): Iterable<ConditionalFindings> {
    for (const [name, property] of this.properties.steps) {
      for (const node of now.keys()) {
        for (const { chosen, condition } of combinations([earlier[node], now[node]], run.algebra)) {
          const looks = () => chosen.map((view) => this.lookOf(view, node));
          const question: PropertyQuestion = {
            property: name,
            time,
            part: 'step',
            shown: looks,
            judge: (ask, enter) => {
              const [before, after] = looks();
              const showing = this.showing(ask, run.history);
              return judgeStep(property, [showing.view(before, true), showing.view(after)], enter);
            },
          };
          const key = `step ${node} ${name}\n${viewsText(chosen)}`;
          yield* findingsOf(name, time, this.calls.answers(question, key, condition, run));
        }
      }
    }
  }

  /** @param seen all nodes together at that time */
  private *judgeLeads(
    { name, property, obligations }: Creditor,
    time: number,
    seen: readonly Combination[],
    run: AskedRun,
  ): Iterable<ConditionalFindings> {
    const { algebra } = run;
    const asks = (part: 'when' | 'then', together: Combination) => {
      const judge = (outcome: HandlerOutcome<string, unknown>, enter: Enter) =>
        (part === 'when' ? judgeWhen : judgeThen)(property, outcome, enter);
      const question = questionOf({ property: name, time, part, judge }, this.shownTo(together, run.history));
      const key = `${part} ${name}\n${viewsText(together.chosen)}`;
      return this.calls.answers(question, key, together.condition, run);
    };
    if (time + property.leadsTo.within <= this.evaluator.eot) {
      const asking = seen
        .flatMap((together) => [...asks('when', together)])
        .filter(({ answer }) => answer.pre);
      obligations.begin(time, anyOf(asking, algebra));
      yield* findingsOf(name, time, asking);
    }
    const { owed } = obligations;
    const due = obligations.dueAt(time);
    const failing = seen
      .map(({ chosen, condition }) => ({ chosen, condition: algebra.and(condition, owed) }))
      .filter(({ condition }) => algebra.isPossible(condition))
      .flatMap((together) => [...asks('then', together)])
      .filter(({ answer }) => answer.reason !== undefined);
    for (const { condition, answer } of failing) {
      const late = algebra.and(condition, due);
      if (!algebra.isPossible(late)) continue;
      const reason = reasonOfDelay(property.leadsTo, answer.reason!, time);
      yield { time, condition: late, findings: [{ property: name, pre: true, reason }] };
    }
    obligations.goOn(time, anyOf(failing, algebra));
  }

  private judgeOperations(
    { name, object, watch }: Watched,
    time: number,
    evaluation: HandlerEvaluation,
  ): Iterable<ConditionalFindings> {
    const recorded = this.evaluator.nodes.map((_, node) => evaluation.recordedOf(node, time));
    return findingsOf(name, time, object.answers(watch, time, recorded));
  }

  private shownTo({ chosen }: Combination, kinds: FaultKindNames): ShownTogether {
    const looks = () => chosen.map((view, node) => this.lookOf(view, node));
    return new ShownTogether(looks, (ask) => this.showing(ask, kinds).outcome(looks()));
  }

  private showing(ask: Ask, { faultKinds }: FaultKindNames): Showing {
    const { nodes, calls } = this.evaluator;
    return new Showing(nodes, calls.roles, faultKinds, ask);
  }

  private lookOf({ observation, crashed }: ConditionalView, node: number): Sight {
    return { node: this.evaluator.nodes[node], observed: observation.value, crashed };
  }
}

/** What nodes show together, put in order once for all that ask in the same way. */
class ShownTogether {
  private readonly outcomes = new Map<Ask, HandlerOutcome<string, unknown>>();

  constructor(
    readonly looks: () => readonly Sight[],
    private readonly outcomeFor: (ask: Ask) => HandlerOutcome<string, unknown>,
  ) {}

  outcome(ask: Ask): HandlerOutcome<string, unknown> {
    let outcome = this.outcomes.get(ask);
    if (outcome === undefined) this.outcomes.set(ask, (outcome = this.outcomeFor(ask)));
    return outcome;
  }
}

function questionOf({ judge, ...question }: OutcomeQuestion, shown: ShownTogether): PropertyQuestion {
  return {
    ...question,
    shown: () => shown.looks(),
    judge: (ask, enter) => judge(shown.outcome(ask), enter),
  };
}

function* findingsOf(
  property: string,
  time: number,
  answers: Iterable<ConditionalAnswer>,
): Iterable<ConditionalFindings> {
  for (const { condition, answer } of answers) yield { time, condition, findings: [{ property, ...answer }] };
}

function anyOf(some: readonly { readonly condition: Condition }[], algebra: Algebra): Condition {
  return some.reduce((any, { condition }) => algebra.or(any, condition), FALSE);
}
