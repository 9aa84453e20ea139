/** What of a local state a call looks at, found by making the call once more on a state that tells. */
import type { Calls, EventId } from './calls.js';
import { handles, invoke, isUnanswered, type Happening } from './invoke.js';
import type { LocalId } from './locals.js';
import { Drafts } from './drafts/drafts.js';
import { ValueOfState } from './drafts/value.js';
import { leaves, pathOf, type Path } from './reads.js';

/** What a handler looks at, of a tree of `state` and `timers`. */
export function looksOf(
  calls: Calls,
  {
    node,
    local,
    event: id,
    time,
    happens,
  }: {
    readonly node: number;
    readonly local: LocalId;
    readonly event: EventId;
    readonly time: number;
    readonly happens: Happening;
  },
): readonly Path[] {
  const { setting } = calls;
  const { state, timers } = calls.locals.get(local);
  const event = calls.event(id);
  if (!handles(calls.handlersOf(node), event.kind)) return [];
  const reads = new Set<Path>();
  const invocation = { node: setting.nodes[node], time, event, state: state.value, timers, happens };
  const returned = invoke(setting, invocation, { reads, copies: false });
  const readsTimers = isUnanswered(returned) ? [] : returned.readsTimers;
  return [...reads, ...readsTimers.map((name) => pathOf(['timers', name]))];
}

/** What the observation of a local state shows of it. */
export function looksOfView(calls: Calls, node: number, local: LocalId): readonly Path[] {
  const { state } = calls.locals.get(local);
  const reads = new Set<Path>();
  const drafts = new Drafts(new ValueOfState(state.value, ['state'], { reads, copies: true }));
  // To look at all that is shown reads what it holds of the state as it is.
  Array.from(
    leaves(calls.handlersOf(node).observe(drafts.state(), calls.roles.contextOf(calls.nodes[node]))),
  );
  return [...reads];
}
