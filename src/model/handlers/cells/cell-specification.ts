/**
 * What properties say of all runs at once. What is observed of a node is a cell of its own, of whole observations: states
 * that look alike are one to a property, which is asked once for each combination of the observations that it looks at.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import type { HandlerCall, PropertyPart } from '../errors.js';
import { Getters } from '../getters.js';
import type { SeenObservation } from '../observed.js';
import type { Canonical } from '../plain.js';
import { Obligations } from '../obligations.js';
import { SharedObject } from '../operations/objects.js';
import type { ConditionalRecorded, OperationsWatch } from '../operations/watch.js';
import {
  firstPart,
  isAskedAt,
  judgeOutcome,
  judgeStep,
  judgeThen,
  judgeWhen,
  sortedProperties,
  type LeadsToProperty,
  type OutcomeProperty,
  type PropertyAnswer,
  type SortedProperties,
  type StepProperty,
} from '../properties.js';
import { Showing, type Sight } from '../shown.js';
import type { World } from '../../world.js';
import { impure, type CellCalls } from './cell-calls.js';
import type { Possibilities } from './cell.js';
import { conditionsOf } from './decision.js';
import { explore, type Ask, type Branch, type Reached } from './paths.js';
import type { Answers } from './question.js';

/** What may be seen of a node at a time. */
interface NodePossibilities {
  readonly observed: Possibilities;
  readonly crashed: Possibilities;
}

/** A function of a property that is called at a time, and the name of what is known of its calls. */
interface PartOfProperty {
  readonly name: string;
  readonly part: PropertyPart;
  readonly branch: string;
  readonly time: number;
}

/** Under which a property asks anything, and under which it is violated. */
interface ConditionsOfAnswer {
  readonly asked: Condition;
  readonly violated: Condition;
}

/** What each node may have recorded of operations at a time. */
type RecordedByNode = readonly (readonly ConditionalRecorded[])[];

/** A property about operations, and those of all runs. */
interface Watched {
  readonly name: string;
  readonly object: SharedObject;
  readonly watch: OperationsWatch;
}

export class CellSpecification {
  private readonly properties: SortedProperties;
  private readonly obligations = new Map<string, Obligations>();
  private readonly branches = new Map<string, Branch<PropertyAnswer>>();
  /** By node. */
  private readonly observations: readonly Branch<Canonical>[];
  /** What is seen of each node at the time before, where a property looks at that. */
  private before: readonly NodePossibilities[] | undefined;
  private readonly asked = new Map<string, Condition>();
  violation: Condition = FALSE;
  /** What was seen of nodes, and when that is so. */
  readonly seen: (SeenObservation & { readonly condition: Condition })[] = [];
  /** When nodes were seen to be down, and not to be. */
  readonly down: Condition[] = [];
  private readonly algebra: Algebra;
  private readonly watched: readonly Watched[];

  constructor(
    private readonly calls: CellCalls,
    private readonly world: World,
    private readonly eot: number,
  ) {
    this.algebra = world.algebra;
    this.observations = calls.nodes.map(() => ({}));
    this.properties = sortedProperties(calls.protocol.specification);
    for (const [name, { leadsTo }] of this.properties.leads)
      this.obligations.set(name, new Obligations(leadsTo.within, this.algebra));
    this.watched = this.properties.linearizable.map(([name, property]) => {
      const object = new SharedObject(name, property, calls.shared);
      return { name, object, watch: object.watch(this.algebra) };
    });
  }

  /** Under which a property asks anything. */
  askedBy(property: string): Condition {
    return this.asked.get(property) ?? FALSE;
  }

  /** Asks all properties that look at a time; the times in their order. @throws HandlerError */
  see(time: number, answersOfPass: Answers, recorded: RecordedByNode): void {
    for (const each of this.watched) this.seeOperations(each, time, recorded);
    const { steps, leads } = this.properties;
    const outcomes = this.properties.outcomes.filter(([, property]) => isAskedAt(property, time, this.eot));
    if (outcomes.length + steps.length + leads.length === 0) return;
    const nodes: NodePossibilities[] = [];
    const answers: Answers = (question) => {
      if (question.kind !== 'observed' && question.kind !== 'crashed') return answersOfPass(question);
      if (question.before === true) return this.before![question.node][question.kind];
      return question.kind === 'observed' ? nodes[question.node].observed : answersOfPass(question);
    };
    for (const node of this.observations.keys()) {
      const observed = this.viewsOf(node, time, answers);
      const crashed = answersOfPass({ kind: 'crashed', node });
      this.down.push(...[...crashed.values()].map(({ condition }) => condition));
      nodes.push({ observed, crashed });
    }
    for (const [name, property] of outcomes) this.seeOutcome(name, property, time, answers);
    for (const [name, property] of this.before === undefined ? [] : steps)
      for (const node of nodes.keys()) this.seeStep(name, property, { node, time }, answers);
    for (const [name, property] of leads) this.seeLeads(name, property, time, answers);
    if (steps.length > 0) this.before = nodes;
  }

  private viewsOf(node: number, time: number, answers: Answers): Possibilities {
    const call = this.calls.callAt(node, time, { kind: 'observe' });
    const values = new Map<string, unknown>();
    const work = (ask: Ask): Reached<Canonical> => {
      const seen = this.calls.seen(node, ask);
      return { effect: seen, text: seen.text };
    };
    const views = this.explored(
      { call, under: TRUE },
      this.observations[node],
      answers,
      work,
      ({ text, value }) => {
        values.set(text, value);
        return [text];
      },
    );
    const name = this.calls.nodes[node];
    for (const [text, condition] of views)
      this.seen.push({ node: name, observation: values.get(text), condition });
    return new Map([...views].map(([text, condition]) => [text, { value: values.get(text), condition }]));
  }

  private seeOutcome(name: string, property: OutcomeProperty, time: number, answers: Answers): void {
    const question = { name, part: firstPart(property), branch: name, time };
    this.take(
      name,
      this.ask(question, answers, (ask) => judgeOutcome(property, this.outcome(ask))),
    );
  }

  private seeStep(
    name: string,
    property: StepProperty,
    { node, time }: { readonly node: number; readonly time: number },
    answers: Answers,
  ): void {
    const question = { name, part: 'step', branch: `${node} ${name}`, time } as const;
    const judge = (ask: Ask) => {
      const showing = this.showing(ask);
      const [before, after] = [true, false].map((isBefore) =>
        showing.view(lookAt(this.calls.nodes[node], node, ask, isBefore), isBefore),
      );
      return judgeStep(property, [before, after]);
    };
    this.take(name, this.ask(question, answers, judge));
  }

  private seeLeads(name: string, property: LeadsToProperty, time: number, answers: Answers): void {
    const obligations = this.obligations.get(name)!;
    if (time + property.leadsTo.within <= this.eot) {
      const question = { name, part: 'when', branch: `when ${name}`, time } as const;
      const found = this.ask(question, answers, (ask) => judgeWhen(property, this.outcome(ask)));
      this.take(name, found);
      obligations.begin(time, found.asked);
    }
    const { owed } = obligations;
    if (owed === FALSE) return;
    const question = { name, part: 'then', branch: `then ${name}`, time } as const;
    const work = (ask: Ask) => judgeThen(property, this.outcome(ask));
    const unfulfilled = this.algebra.and(owed, this.ask(question, answers, work, owed).violated);
    const late = this.algebra.and(obligations.dueAt(time), unfulfilled);
    this.violation = this.algebra.or(this.violation, late);
    obligations.goOn(time, unfulfilled);
  }

  private seeOperations({ name, object, watch }: Watched, time: number, recorded: RecordedByNode): void {
    for (const { condition, answer } of object.answers(watch, time, recorded))
      this.take(name, {
        asked: answer.pre ? condition : FALSE,
        violated: answer.reason === undefined ? FALSE : condition,
      });
  }

  private take(property: string, { asked, violated }: ConditionsOfAnswer): void {
    this.asked.set(property, this.algebra.or(this.askedBy(property), asked));
    this.violation = this.algebra.or(this.violation, violated);
  }

  /** @param under which it is asked at all */
  private ask(
    { name, part, branch, time }: PartOfProperty,
    answers: Answers,
    judge: (ask: Ask) => PropertyAnswer,
    under: Condition = TRUE,
  ): ConditionsOfAnswer {
    const call: HandlerCall = { node: undefined, time, event: { kind: 'property', name, part }, state: [] };
    const work = (ask: Ask): Reached<PropertyAnswer> => {
      const answer = judge(ask);
      return { effect: answer, text: JSON.stringify(answer) };
    };
    const thingsOf = ({ pre, reason }: PropertyAnswer) => [
      ...(pre ? ['asked'] : []),
      ...(reason === undefined ? [] : ['violated']),
    ];
    const conditions = this.explored({ call, under }, this.branch(branch), answers, work, thingsOf);
    return { asked: conditions.get('asked') ?? FALSE, violated: conditions.get('violated') ?? FALSE };
  }

  /** When what comes of it is what. */
  private explored<Effect>(
    { call, under }: { readonly call: HandlerCall; readonly under: Condition },
    branch: Branch<Effect>,
    answers: Answers,
    work: (ask: Ask) => Reached<Effect>,
    thingsOf: (effect: Effect) => readonly string[],
  ): ReadonlyMap<string, Condition> {
    const { algebra, calls } = this;
    const decision = explore(branch, under, {
      algebra,
      answers,
      call: (begin, condition) => calls.reached(call, condition, () => work(begin())),
      impure: () => impure(call),
      onFound: calls.shared.onCall,
    });
    return decision === undefined ? new Map() : conditionsOf(decision, thingsOf, algebra);
  }

  private branch(name: string): Branch<PropertyAnswer> {
    let branch = this.branches.get(name);
    if (branch === undefined) this.branches.set(name, (branch = {}));
    return branch;
  }

  private showing(ask: Ask): Showing {
    const { nodes, shared } = this.calls;
    return new Showing(nodes, shared.setting.roles, this.world.faultKinds, ask);
  }

  /** Nodes are looked at where a property looks at them. */
  private outcome(ask: Ask) {
    return this.showing(ask).outcome(this.calls.nodes.map((name, node) => lookAt(name, node, ask)));
  }
}

/** What is looked at of a node, and what it turned out to be. */
interface Looked {
  readonly ask: Ask;
  readonly asked: { readonly node: number; readonly before?: boolean };
  observed?: { readonly value: unknown };
  crashed?: boolean;
}

const sights = new Getters<Looked>({
  observed: (looked) =>
    (looked.observed ??= { value: looked.ask({ kind: 'observed', ...looked.asked }) }).value,
  crashed: (looked) => (looked.crashed ??= looked.ask({ kind: 'crashed', ...looked.asked }) as boolean),
});

/** @param before whether as it was one timestep ago */
function lookAt(node: string, place: number, ask: Ask, before = false): Sight {
  const asked = { node: place, ...(before && { before }) };
  return sights.define({ node }, { ask, asked }) as Sight;
}
