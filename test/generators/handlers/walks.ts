/** What handlers do to a container while they go through it, and to the order of a list. */
import { inOrder, shallow } from './copies.js';
import {
  LONGEST_LOG,
  MODULUS,
  type ArrangedBy,
  type Container,
  type LocalState,
  type Note,
  type Walk,
} from './language.js';

/** A walk, with all that it reads beside the container. */
export interface Walking extends Omit<Walk, 'kind' | 'peer' | 'entry' | 'operator' | 'value'> {
  readonly kind: 'walk';
  readonly peer: string;
  readonly entry: number;
  /** Whether something is done where the walk is. */
  readonly isMeant: (element: unknown) => boolean;
  readonly placeOf: (element: unknown) => number;
}

export interface Arranging {
  readonly kind: 'arrange';
  readonly by: ArrangedBy;
  readonly at: number;
  readonly entry: number;
}

type Draft<Data> = { -readonly [Field in keyof Data]: Data[Field] };

/** A walk that never ended would be no protocol. */
const MOST_VISITS = 6;

/** Goes through a container of the state itself. In which order, and how often, `m` tells. */
export function walk(walking: Walking, state: Draft<LocalState>): void {
  const container = inOrder(state[walking.of]) as object;
  let visits = 0;
  visitAll(container, walking.by, (key, element) => {
    state.m = (2 * state.m + walking.placeOf(element) + 1) % MODULUS;
    if (walking.isMeant(element)) doTo(container, key, walking);
    return ++visits < MOST_VISITS && !(walking.does === 'end' && walking.isMeant(element));
  });
}

/** The state as it is then, with a container of its own. */
export function walked(walking: Walking, state: LocalState): LocalState {
  const copy = Object.assign(shallow(state), { [walking.of]: shallow(state[walking.of]) });
  walk(walking, copy);
  return copy;
}

export function arrange({ by, at, entry }: Arranging, { log: given }: LocalState): void {
  const log = given as number[];
  switch (by) {
    case 'sort':
      log.sort((a, b) => b - a);
      return;
    case 'reverse':
      log.reverse();
      return;
    case 'splice':
      log.splice(
        at,
        1,
        ...(log.length > at ? [entry, entry + 1].slice(0, 1 + LONGEST_LOG - log.length) : []),
      );
      return;
    case 'shift':
      log.shift();
      return;
    case 'unshift':
      if (log.length < LONGEST_LOG) log.unshift(entry);
      return;
    case 'fill':
      log.fill(entry, at);
      return;
    case 'copyWithin':
      log.copyWithin(0, at);
      return;
    case 'shorten':
      log.length = Math.min(log.length, at);
  }
}

export function arranged(arranging: Arranging, state: LocalState): LocalState {
  const copy = Object.assign(shallow(state), { log: shallow(state.log) });
  arrange(arranging, copy);
  return copy;
}

/** @param visit says whether to go on */
function visitAll(
  container: object,
  by: Walk['by'],
  visit: (key: unknown, element: unknown) => boolean,
): void {
  if (by === 'forEach') {
    let goesOn = true;
    (container as Map<unknown, unknown>).forEach((element, key) => {
      goesOn &&= visit(key, element);
    });
  } else if (Array.isArray(container) && by === 'keys') {
    for (let index = 0; index < container.length; index++) if (!visit(index, container[index])) return;
  } else if (by === 'keys' && container instanceof Map) {
    for (const key of container.keys()) if (!visit(key, container.get(key))) return;
  } else {
    for (const [key, element] of (container as Map<unknown, unknown>).entries())
      if (!visit(key, element)) return;
  }
}

function doTo(container: object, key: unknown, { does, of, peer, entry }: Walking): void {
  const takes = does === 'take' || does === 'take and add';
  if (does === 'clear' || (takes && !Array.isArray(container))) remove(container, does === 'clear', key);
  else if (takes) (container as unknown[]).splice(key as number, 1);
  if (does === 'add') add(container, of, peer, entry);
  if (does === 'take and add')
    add(container, of, container instanceof Map || container instanceof Set ? (key as string) : peer, entry);
}

function remove(container: object, all: boolean, key: unknown): void {
  if (Array.isArray(container)) container.length = 0;
  else if (all) (container as Set<unknown>).clear();
  else (container as Set<unknown>).delete(key);
}

function add(container: object, of: Container, peer: string, entry: number): void {
  if (container instanceof Map) {
    const note: Note = { last: entry % MODULUS, all: [entry % MODULUS] };
    container.set(peer, note);
  } else if (container instanceof Set) container.add(peer);
  else {
    const list = container as unknown[];
    const element = of === 'heard' ? peer : entry;
    if (list.length < LONGEST_LOG && (of === 'log' || !list.includes(element))) list.push(element);
  }
}
