/**
 * What properties say of all runs at once. What is observed of a node is a cell of its own, of whole observations: states
 * that look alike are one to a property, which is asked once for each combination of the observations that it looks at.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import type { HandlerCall } from '../errors.js';
import type { Canonical } from '../plain.js';
import type { NodeView, Property } from '../protocol.js';
import { judgeOutcome, shownOutcome, type PropertyAnswer } from '../specification.js';
import { impure, type CellCalls } from './cell-calls.js';
import type { Possibilities } from './cell.js';
import { conditionsOf } from './decision.js';
import { explore, type Ask, type Branch, type Reached } from './paths.js';
import type { Answers } from './question.js';

export class CellSpecification {
  private readonly properties = new Map<string, Branch<PropertyAnswer>>();
  /** By node. */
  private readonly observations: readonly Branch<Canonical>[];
  private readonly asked = new Map<string, Condition>();
  violation: Condition = FALSE;

  constructor(
    private readonly calls: CellCalls,
    private readonly algebra: Algebra,
    private readonly eot: number,
  ) {
    this.observations = calls.nodes.map(() => ({}));
  }

  /** Under which a property asks anything. */
  askedBy(property: string): Condition {
    return this.asked.get(property) ?? FALSE;
  }

  /** Asks all properties that look at a time. @throws HandlerError */
  see(time: number, answersOfPass: Answers): void {
    const properties = Object.entries(this.calls.protocol.specification).filter(
      ([, property]) => time === this.eot || 'always' in property,
    );
    if (properties.length === 0) return;
    const views: Possibilities[] = [];
    const answers: Answers = (question) =>
      question.kind === 'observed' ? views[question.node] : answersOfPass(question);
    for (const node of this.observations.keys()) views.push(this.viewsOf(node, time, answers));
    for (const [name, property] of properties) this.ask(name, property, time, answers);
  }

  private viewsOf(node: number, time: number, answers: Answers): Possibilities {
    const call = this.calls.callAt(node, time, { kind: 'observe' });
    const values = new Map<string, unknown>();
    const work = (ask: Ask): Reached<Canonical> => {
      const seen = this.calls.seen(node, ask);
      return { effect: seen, text: seen.text };
    };
    const views = this.explored(call, this.observations[node], answers, work, ({ text, value }) => {
      values.set(text, value);
      return [text];
    });
    return new Map([...views].map(([text, condition]) => [text, { value: values.get(text), condition }]));
  }

  private ask(name: string, property: Property<string, unknown>, time: number, answers: Answers): void {
    const { algebra } = this;
    const part = 'always' in property ? 'always' : 'pre';
    const call: HandlerCall = { node: undefined, time, event: { kind: 'property', name, part }, state: [] };
    const work = (ask: Ask): Reached<PropertyAnswer> => {
      const answer = judgeOutcome(property, this.outcome(ask));
      return { effect: answer, text: JSON.stringify(answer) };
    };
    const conditions = this.explored(call, this.branch(name), answers, work, ({ pre, reason }) => [
      ...(pre ? ['asked'] : []),
      ...(reason === undefined ? [] : ['violated']),
    ]);
    this.asked.set(name, algebra.or(this.askedBy(name), conditions.get('asked') ?? FALSE));
    this.violation = algebra.or(this.violation, conditions.get('violated') ?? FALSE);
  }

  /** When what comes of it is what. */
  private explored<Effect>(
    call: HandlerCall,
    branch: Branch<Effect>,
    answers: Answers,
    work: (ask: Ask) => Reached<Effect>,
    thingsOf: (effect: Effect) => readonly string[],
  ): ReadonlyMap<string, Condition> {
    const { algebra, calls } = this;
    const decision = explore(branch, TRUE, {
      algebra,
      answers,
      call: (begin, condition) => calls.reached(call, condition, () => work(begin())),
      impure: () => impure(call),
      onFound: calls.shared.onCall,
    });
    return decision === undefined ? new Map() : conditionsOf(decision, thingsOf, algebra);
  }

  private branch(property: string): Branch<PropertyAnswer> {
    let branch = this.properties.get(property);
    if (branch === undefined) this.properties.set(property, (branch = {}));
    return branch;
  }

  /** Nodes are looked at where a property looks at them. */
  private outcome(ask: Ask) {
    const { roles } = this.calls.shared.setting;
    return shownOutcome(
      this.calls.nodes.map((name, node) => viewOf(name, node, ask)),
      roles,
    );
  }
}

function viewOf(node: string, place: number, ask: Ask): NodeView<string, unknown> {
  let observed: { readonly value: unknown } | undefined;
  let crashed: boolean | undefined;
  return {
    node,
    get observed() {
      return (observed ??= { value: ask({ kind: 'observed', node: place }) }).value;
    },
    get crashed() {
      return (crashed ??= ask({ kind: 'crashed', node: place }) as boolean);
    },
  };
}
