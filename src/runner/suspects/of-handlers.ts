/** What a run of handlers that violates its specification says of each of them. */
import type { HandlerRun } from '../../injector/run.js';
import type { Lineage, Vertex, VertexName } from '../../lineage/lineage.js';
import {
  suspectsAmong,
  type CodePlace,
  type Statement,
  type Suspect,
  type Suspicion,
} from '../../lineage/suspects.js';
import type { AnyHandlers, HandlerProtocol } from '../../model/handlers/protocol.js';

/** What is known of a violation by handlers. */
export interface HandlerCase {
  readonly run: HandlerRun;
  /** Of the run, where calls rest on all of their states. */
  readonly lineage: Lineage;
  /** The same, where they rest on what they looked at. */
  readonly read: Lineage;
  /** Of each good run without one of the faults. */
  readonly others: readonly Lineage[];
}

/** @param changed what is on the way from the faults */
export function suspectedHandlers(
  protocol: HandlerProtocol,
  changed: readonly Statement[],
  found: HandlerCase,
): readonly Suspect[] {
  const statements = changed.map(({ by, evidence }) => ({ ...handlerPlace(by), evidence }));
  // What starts a run is on the way to all that happens.
  const starting = new Set(['onStart']);
  return suspectsAmong(handlerPlaces(protocol), [...statements, ...handlerStatements(found)], starting);
}

/** Once each, though several roles have it. */
function handlerPlaces({ handlers, roles }: HandlerProtocol): readonly CodePlace[] {
  const all = roles === undefined ? [handlers] : Object.values(roles);
  const names = new Set(all.flatMap(namesOf));
  return [...names].map(handlerPlace);
}

/** Timers are told apart by their names, and handled by one handler. */
function handlerPlace(by: string): CodePlace {
  return { by: by.split(' "')[0], place: undefined };
}

function namesOf({ onMessage, ...others }: AnyHandlers): readonly string[] {
  const types = Object.keys(onMessage).map((type) => `onMessage.${type}`);
  const named = ['onStart', 'onTick', 'onTimer', 'keep', 'restore'] as const;
  return [...types, ...named.filter((name) => others[name] !== undefined)];
}

function handlerStatements({ run, lineage, read, others }: HandlerCase): readonly Statement[] {
  const acting = actingIn([lineage, ...others]);
  const sending = sendingIn(lineage);
  const say = (by: string, evidence: Suspicion): Statement => ({
    ...handlerPlace(by),
    evidence,
  });
  const idle = [...callsIn(run)].filter(([by]) => !acting.has(by));
  return [
    ...idle.map(([by, calls]) => say(by, { kind: 'idle', calls })),
    ...(actingIn([lineage]).has('restore') ? [say('restore', { kind: 'restored' })] : []),
    ...writersOf(lineage).map((by) => say(by, { kind: 'last' })),
    ...writersOf(read)
      .filter((by) => sending.has(by))
      .map((by) => say(by, { kind: 'decided' })),
  ];
}

/** How often each handler was called. */
function callsIn({ events, messages }: HandlerRun): ReadonlyMap<string, number> {
  const types = new Map(messages.map(({ id, name }) => [id, name]));
  const calls = new Map<string, number>();
  for (const event of events) {
    const by = calledBy(event, types);
    if (by !== undefined) calls.set(by, (calls.get(by) ?? 0) + 1);
  }
  return calls;
}

function calledBy(
  event: HandlerRun['events'][number],
  types: ReadonlyMap<string, string>,
): string | undefined {
  switch (event.kind) {
    case 'start':
      return 'onStart';
    case 'restart':
      return undefined;
    case 'tick':
      return 'onTick';
    case 'timer':
      return 'onTimer';
    case 'receipt':
      return `onMessage.${types.get(event.message)!}`;
  }
}

/** Handlers that changed or sent anything. */
function actingIn(lineages: readonly Lineage[]): ReadonlySet<string> {
  return new Set(lineages.flatMap(({ vertices }) => [...vertices.values()].flatMap(handlerOf)));
}

function sendingIn({ vertices, because }: Lineage): ReadonlySet<string> {
  const messages = [...vertices].filter(([, { kind }]) => kind === 'message');
  return new Set(
    messages.flatMap(([name]) => because.get(name)!.flatMap((reason) => handlerOf(vertices.get(reason)!))),
  );
}

/** The handlers that made of what the outcome rests on what it is, at last. */
function writersOf({ goals, vertices, because }: Lineage): readonly string[] {
  const near = new Set<VertexName>(goals);
  const writers = new Set<string>();
  for (const name of near) {
    const vertex = vertices.get(name)!;
    if (vertex.kind === 'firing') for (const by of handlerOf(vertex)) writers.add(by);
    else for (const reason of because.get(name)!) near.add(reason);
  }
  return [...writers];
}

function handlerOf(vertex: Vertex): readonly string[] {
  return vertex.kind === 'firing' ? [handlerPlace(vertex.by).by] : [];
}
