/** What properties are shown: one view of each node, as far as those can be together, or two of one node. */
import { TRUE, type Algebra, type Condition } from '../algebra.js';
import type { Ask } from './cells/paths.js';
import type { HistoryQuestion } from './cells/question.js';
import type { ConditionalView } from './evaluation.js';
import type { NodeRoles } from './node-roles.js';
import { Getters } from './getters.js';
import type { HandlerOutcome, Moment, NodeView } from './protocol.js';

/** Views that properties are shown together, and when they are so. */
export interface Combination {
  readonly chosen: readonly ConditionalView[];
  readonly condition: Condition;
}

/** What a view is of, and what it shows: looked at where it is asked for, or known. */
export type Sight = Pick<NodeView<string, unknown>, 'node' | 'observed' | 'crashed'>;

/** What a view asks of the run. */
interface AskedView {
  readonly showing: Showing;
  readonly asked: Omit<Extract<HistoryQuestion, { kind: 'downSince' | 'restarted' }>, 'kind'>;
}

const history = new Getters<AskedView>(
  {
    downSince: ({ showing, asked }) => showing.ask({ kind: 'downSince', ...asked }),
    restarted: ({ showing, asked }) => showing.ask({ kind: 'restarted', ...asked }),
  },
  false,
);

const clock = new Getters<Showing>({ time: (showing) => showing.ask({ kind: 'time' }) });

/** The nodes of an outcome, and those that are not down, once somebody looked. */
interface ShownNodes {
  readonly all: readonly NodeView<string, unknown>[];
  correct: readonly NodeView<string, unknown>[] | undefined;
}

const health = new Getters<ShownNodes>({
  correct: (nodes) => (nodes.correct ??= Object.freeze(nodes.all.filter(({ crashed }) => !crashed))),
});

/** Shows properties what they look at. Of what has to be asked for, each thing is asked once. */
export class Showing {
  private readonly answers = new Map<string, unknown>();

  /** @param faultKinds those that may be asked for */
  constructor(
    private readonly nodes: readonly string[],
    private readonly roles: NodeRoles,
    private readonly faultKinds: readonly string[],
    private readonly question: Ask,
  ) {}

  /** A view of each node together. */
  outcome(looks: readonly Sight[]): HandlerOutcome<string, unknown> {
    const nodes = Object.freeze(looks.map((look) => this.view(look)));
    const at = (node: string) => {
      const view = nodes.find((one) => one.node === node);
      if (view === undefined) throw new RangeError(`there is no node ${JSON.stringify(node)}`);
      return view;
    };
    const outcome = { nodes, at };
    health.define(outcome, { all: nodes, correct: undefined });
    this.addMoment(outcome);
    const { roles } = this;
    const nodesOf = (role: string) => Object.freeze(roles.nodesOf(role).map(at));
    if (roles.any) Object.defineProperty(outcome, 'nodesOf', { value: nodesOf });
    return Object.freeze(outcome) as HandlerOutcome<string, unknown>;
  }

  /** A view of one node. @param before whether as it was one timestep ago */
  view(look: Sight, before = false): NodeView<string, unknown> {
    const role = this.roles.of(look.node);
    if (role !== undefined) Object.defineProperty(look, 'role', { value: role, enumerable: true });
    const asked = { node: this.nodes.indexOf(look.node), ...(before && { before }) };
    return Object.freeze(history.define(look, { showing: this, asked })) as NodeView<string, unknown>;
  }

  /** When it is, and what happened up to then. */
  private addMoment(outcome: object): void {
    const moment: Omit<Moment, 'time'> = {
      quiet: (timesteps) => {
        if (!Number.isInteger(timesteps) || timesteps < 0)
          throw new RangeError(
            `\`quiet\` takes a whole number of timesteps from 0, not ${String(timesteps)}`,
          );
        return this.ask({ kind: 'quiet', timesteps }) as boolean;
      },
      happened: (kind) => {
        if (kind !== undefined && !this.faultKinds.includes(kind))
          throw new RangeError(
            `there is no kind of fault ${JSON.stringify(kind)}: ${this.faultKinds.join(', ')}`,
          );
        return this.ask({ kind: 'happened', fault: kind }) as boolean;
      },
    };
    clock.define(Object.assign(outcome, moment), this);
  }

  /** Once each. */
  ask(question: HistoryQuestion): unknown {
    const name = JSON.stringify(question);
    if (!this.answers.has(name)) this.answers.set(name, this.question(question));
    return this.answers.get(name);
  }
}

/** A text that is equal where a property cannot tell views apart. */
export function viewsText(views: readonly ConditionalView[]): string {
  return views.map(({ crashed, observation }) => `${crashed ? '!' : '='}${observation.text}`).join('\n');
}

/** One view of each node, where they can be together. */
export function* combinations(
  views: readonly (readonly ConditionalView[])[],
  algebra: Algebra,
  chosen: readonly ConditionalView[] = [],
  condition: Condition = TRUE,
): Iterable<Combination> {
  if (chosen.length === views.length) {
    yield { chosen, condition };
    return;
  }
  for (const view of views[chosen.length]) {
    const both = algebra.and(condition, view.condition);
    if (algebra.isPossible(both)) yield* combinations(views, algebra, [...chosen, view], both);
  }
}
