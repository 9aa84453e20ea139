/** What handlers came to do, in all the runs that were made or evaluated: read off the calls that are remembered. */
import { compareStrings } from '../order.js';
import type { ReachablePart } from '../reachable.js';
import type { Calls } from './calls.js';
import type { CellCalls } from './cells/cell-calls.js';
import type { RunEvent } from './invoke.js';
import type { AnyHandlers } from './protocol.js';

/** In the order of roles, then of handlers; timers last, by name, of which only those are known that were set. */
export function reachedParts(calls: Calls, cells: CellCalls): readonly ReachablePart[] {
  const happened = new Set<string>();
  for (const [node, name] of calls.nodes.entries())
    for (const event of [...calls.eventsAt(node), ...cells.eventsAt(node)])
      happened.add(nameOf(name, partOf(event)));
  const at = (part: Part, nodes: readonly string[]): readonly string[] =>
    nodes.filter((node) => happened.has(nameOf(node, part)));
  const timers = new Set([...calls.locals.timerNames(), ...cells.timerNames()]);
  return [
    ...handlersByRole(calls).flatMap(({ role, handlers, nodes }) =>
      partsOf(handlers).map((part) => ({
        ...part,
        ...(role !== undefined && { role }),
        nodes: at(part, nodes),
      })),
    ),
    ...[...timers].sort(compareStrings).map((name) => {
      const part = { kind: 'timer', name } as const;
      return { ...part, nodes: at(part, calls.nodes) };
    }),
  ];
}

type Part = Pick<ReachablePart, 'kind' | 'name'>;

interface Handled {
  readonly role: string | undefined;
  readonly handlers: AnyHandlers;
  readonly nodes: readonly string[];
}

function handlersByRole({ roles, nodes }: Calls): readonly Handled[] {
  const known = [...new Set(nodes.map((node) => roles.of(node)))];
  return known.map((role) => {
    const own = nodes.filter((node) => roles.of(node) === role);
    return { role, handlers: roles.handlersOf(own[0]), nodes: own };
  });
}

function partsOf(handlers: AnyHandlers): readonly Part[] {
  return [
    ...(handlers.onStart === undefined ? [] : [{ kind: 'start', name: 'onStart' } as const]),
    ...(handlers.onTick === undefined ? [] : [{ kind: 'tick', name: 'onTick' } as const]),
    ...Object.keys(handlers.onMessage).map((name) => ({ kind: 'message', name }) as const),
  ];
}

function partOf(event: RunEvent): Part {
  switch (event.kind) {
    case 'start':
    case 'restart':
      return { kind: 'start', name: 'onStart' };
    case 'tick':
      return { kind: 'tick', name: 'onTick' };
    case 'timer':
      return { kind: 'timer', name: event.name };
    case 'message':
      return { kind: 'message', name: event.message.type };
  }
}

function nameOf(node: string, { kind, name }: Part): string {
  return JSON.stringify([node, kind, name]);
}
