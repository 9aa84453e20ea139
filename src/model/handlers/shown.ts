/** What properties are shown: one view of each node, as far as those can be together, or two of one node. */
import { TRUE, type Algebra, type Condition } from '../algebra.js';
import type { ConditionalView } from './evaluation.js';
import type { NodeRoles } from './node-roles.js';
import type { NodeView, HandlerOutcome } from './protocol.js';

/** Views that properties are shown together, and when they are so. */
export interface Combination {
  readonly chosen: readonly ConditionalView[];
  readonly condition: Condition;
}

/** A view of each node together. Who has crashed is looked at when it is asked for. */
export function shownOutcome(
  views: readonly NodeView<string, unknown>[],
  roles: NodeRoles,
): HandlerOutcome<string, unknown> {
  const nodes = Object.freeze(views.map((view) => shownView(view, roles)));
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

/** A view of one node. Its other fields may have to be asked for, and are not read. */
export function shownView(view: NodeView<string, unknown>, roles: NodeRoles): NodeView<string, unknown> {
  const role = roles.of(view.node);
  if (role !== undefined) Object.defineProperty(view, 'role', { value: role, enumerable: true });
  return Object.freeze(view);
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
