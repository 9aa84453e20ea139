/** What of a local state a call looks at, found by making the call once more on a state that tells. */
import type { Calls, EventId } from './calls.js';
import { handles, invoke } from './invoke.js';
import type { LocalId } from './locals.js';
import { leaves, pathOf, watch, type Path } from './reads.js';

/** What a handler looks at, of a tree of `state` and `timers`. */
export function looksOf(
  calls: Calls,
  {
    node,
    local,
    event: id,
    time,
  }: { readonly node: number; readonly local: LocalId; readonly event: EventId; readonly time: number },
): readonly Path[] {
  const { setting } = calls;
  const { state, timers } = calls.locals.get(local);
  const { value, reads } = watch(state.value, ['state']);
  const event = calls.event(id);
  if (!handles(setting.handlers, event.kind)) return [];
  try {
    const { readsTimers } = invoke(setting, { node: setting.nodes[node], time, event, state: value, timers });
    return [...reads, ...readsTimers.map((name) => pathOf(['timers', name]))];
  } catch {
    // Some of what plain data can do, a watched copy cannot, such as being cloned: then all of it counts.
    return [...leaves(state.value, ['state'])].map(([path]) => path);
  }
}

/** What the observation of a local state shows of it. */
export function looksOfView({ locals, setting }: Calls, local: LocalId): readonly Path[] {
  const { state } = locals.get(local);
  const { value, reads } = watch(state.value, ['state'], { copies: true });
  try {
    // To look at all that is shown reads what it holds of the state as it is.
    Array.from(leaves(setting.handlers.observe(value)));
    return [...reads];
  } catch {
    return [...leaves(state.value, ['state'])].map(([path]) => path);
  }
}
