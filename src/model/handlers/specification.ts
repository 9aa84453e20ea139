/**
 * What the properties of a protocol say of its runs. A property sees one observation of each node and who has
 * crashed, so that only the few distinct views are combined across nodes, not the local states.
 */
import { TRUE, type Algebra, type Condition } from '../algebra.js';
import { abandon } from './abandon.js';
import { HandlerError, isA, problemWithCall, type HandlerCall, type PropertyPart } from './errors.js';
import type { HandlerEvaluator } from './evaluator.js';
import type { ConditionalView, HandlerEvaluation } from './evaluation.js';
import type { NodeRoles } from './node-roles.js';
import type { Judgement, NodeView, HandlerOutcome, Property } from './protocol.js';

/** What one property says at one time. */
export interface Finding {
  readonly property: string;
  /** Whether it asks anything. */
  readonly pre: boolean;
  /** Why it is violated; undefined where it is not. */
  readonly reason: string | undefined;
}

/** What a property says, whatever it is called. */
export type PropertyAnswer = Omit<Finding, 'property'>;

/** What the properties say of one outcome at one time, and when that is so. */
export interface ConditionalFindings {
  readonly time: number;
  readonly condition: Condition;
  readonly findings: readonly Finding[];
}

export class HandlerSpecification {
  private readonly known = new Map<string, readonly Finding[]>();

  constructor(private readonly evaluator: HandlerEvaluator) {}

  /** When properties look at the nodes: at EOT, and before where one is to hold always. */
  get times(): readonly number[] {
    const { eot, protocol } = this.evaluator;
    const always = Object.values(protocol.specification).some((property) => 'always' in property);
    return always ? Array.from({ length: eot }, (_, index) => index + 1) : [eot];
  }

  /**
   * Every outcome that may be, by time: at EOT, and before where a property is to hold always.
   *
   * @throws HandlerError
   */
  *findings(evaluation: HandlerEvaluation, algebra: Algebra): Iterable<ConditionalFindings> {
    for (const time of this.times) {
      const views = this.evaluator.nodes.map((_, node) => evaluation.viewsOf(node, time));
      for (const { chosen, condition } of combinations(views, algebra)) {
        yield { time, condition, findings: this.judge(chosen, time, condition) };
      }
    }
  }

  private judge(views: readonly ConditionalView[], time: number, condition: Condition): readonly Finding[] {
    const { eot } = this.evaluator;
    const last = time === eot;
    const key = views
      .map(({ crashed, observation }) => `${crashed ? '!' : '='}${observation.text}`)
      .join('\n');
    const name = `${last ? 'end' : 'before'}\n${key}`;
    const known = this.known.get(name);
    if (known === undefined) {
      const findings = this.ask(views, time, condition);
      this.known.set(name, findings);
      this.evaluator.calls.onCall(() => this.ask(views, time, condition, findings));
      return findings;
    }
    if (this.evaluator.calls.repeating) this.ask(views, time, condition, known);
    return known;
  }

  /** @param expected what was found before */
  private ask(
    views: readonly ConditionalView[],
    time: number,
    condition: Condition,
    expected?: readonly Finding[],
  ): readonly Finding[] {
    const { nodes, eot, protocol, calls } = this.evaluator;
    const outcome = shownOutcome(
      views.map(({ observation, crashed }, node) => ({
        node: nodes[node],
        observed: observation.value,
        crashed,
      })),
      calls.roles,
    );
    return Object.entries(protocol.specification)
      .filter(([, property]) => time === eot || 'always' in property)
      .map(([name, property], index) => {
        const callOf = (part: PropertyPart): HandlerCall => {
          const event = { kind: 'property', name, part } as const;
          return { node: undefined, time, event, state: outcome.nodes };
        };
        return { property: name, ...this.askOne(property, outcome, callOf, condition, expected?.[index]) };
      });
  }

  private askOne(
    property: Property<string, unknown>,
    outcome: HandlerOutcome<string, unknown>,
    callOf: (part: PropertyPart) => HandlerCall,
    condition: Condition,
    expected: PropertyAnswer | undefined,
  ): PropertyAnswer {
    const { calls } = this.evaluator;
    let call = callOf('always' in property ? 'always' : 'pre');
    const again = () => judgeOutcome(property, outcome);
    const enter = (part: PropertyPart) => {
      call = callOf(part);
      calls.enter({ call, again });
    };
    calls.condition = condition;
    try {
      const first = expected ?? judgeOutcome(property, outcome, enter);
      assertSame(first, judgeOutcome(property, outcome, enter), call, condition);
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

/**
 * What a property says of an outcome.
 *
 * @param enter told which function of the property is called next
 * @throws NoJudgement, and what the property throws
 */
export function judgeOutcome(
  property: Property<string, unknown>,
  outcome: HandlerOutcome<string, unknown>,
  enter: (part: PropertyPart) => void = () => undefined,
): PropertyAnswer {
  if ('always' in property) {
    enter('always');
    return { pre: true, reason: reasonOf(property.always(outcome), 'it does not hold') };
  }
  enter('pre');
  const pre: unknown = property.pre(outcome);
  if (typeof pre !== 'boolean') throw new NoJudgement(pre);
  if (!pre) return { pre, reason: undefined };
  enter('post');
  return { pre, reason: reasonOf(property.post(outcome), '`pre` holds, and `post` does not') };
}

/** @throws HandlerError */
function assertSame(a: PropertyAnswer, b: PropertyAnswer, call: HandlerCall, condition: Condition): void {
  const differ = (path: string, first: unknown, second: unknown): HandlerError =>
    new HandlerError(call, { kind: 'impure', path, first, second }, condition);
  if (a.pre !== b.pre) throw differ('`pre`', a.pre, b.pre);
  if (a.reason !== b.reason) throw differ('its judgement', a.reason ?? true, b.reason ?? true);
}

class NoJudgement extends Error {
  constructor(readonly returned: unknown) {
    super('no judgement');
  }
}

function reasonOf(judgement: Judgement, otherwise: string): string | undefined {
  if (judgement === true) return undefined;
  if (judgement === false) return otherwise;
  if (typeof judgement === 'string') return judgement;
  throw new NoJudgement(judgement);
}

/** What properties are shown. Who has crashed is looked at when it is asked for. */
export function shownOutcome(
  views: readonly NodeView<string, unknown>[],
  roles: NodeRoles,
): HandlerOutcome<string, unknown> {
  const nodes = Object.freeze(views.map((view) => Object.freeze(withRole(view, roles.of(view.node)))));
  let correct: readonly NodeView<string, unknown>[] | undefined;
  const at = (node: string) => {
    const view = nodes.find((one) => one.node === node);
    if (view === undefined) throw new RangeError(`there is no node ${JSON.stringify(node)}`);
    return view;
  };
  const outcome = {
    nodes,
    get correct() {
      return (correct ??= Object.freeze(nodes.filter(({ crashed }) => !crashed)));
    },
    at,
  };
  const nodesOf = (role: string) => Object.freeze(roles.nodesOf(role).map(at));
  return Object.freeze(roles.any ? Object.defineProperty(outcome, 'nodesOf', { value: nodesOf }) : outcome);
}

/** Its other fields may have to be asked for, and are not read. */
function withRole(view: NodeView<string, unknown>, role: string | undefined): NodeView<string, unknown> {
  return role === undefined ? view : Object.defineProperty(view, 'role', { value: role, enumerable: true });
}

/** One view of each node, where they can be together. */
function* combinations(
  views: readonly (readonly ConditionalView[])[],
  algebra: Algebra,
  chosen: readonly ConditionalView[] = [],
  condition: Condition = TRUE,
): Iterable<{ readonly chosen: readonly ConditionalView[]; readonly condition: Condition }> {
  if (chosen.length === views.length) {
    yield { chosen, condition };
    return;
  }
  for (const view of views[chosen.length]) {
    const both = algebra.and(condition, view.condition);
    if (algebra.isPossible(both)) yield* combinations(views, algebra, [...chosen, view], both);
  }
}
