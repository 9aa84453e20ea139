/** What occurs of what nodes let others see, field by field; and the words of a protocol that never occur there. */
import type { Observed, ObservedField, ObservedValue } from '../observed.js';
import { compareStrings } from '../order.js';
import type { Calls } from './calls.js';
import { compareElements, containerKind } from './containers.js';
import { PlainData } from './plain.js';

/** What is seen of a node at some time in some run. */
export interface SeenObservation {
  readonly node: string;
  readonly observation: unknown;
}

/** The same of some node of a role; of any node where there are no roles. */
interface RoleObservation {
  readonly role: string | undefined;
  readonly observation: unknown;
}

/** The values of a field, by their texts. */
interface FieldValues {
  readonly of: Pick<ObservedField, 'role' | 'field'>;
  readonly values: Map<string, unknown>;
}

/** A field with more values than these tells how many there are, and not which. */
const MANY = 16;

/**
 * @param seen of which equal observations are most often one object
 * @param calls of the protocol that it is seen of
 */
export function observedIn(seen: readonly SeenObservation[], calls: Calls): Observed {
  const byRole = new Map<string | undefined, Set<unknown>>();
  for (const { node, observation } of seen) {
    const role = calls.roles.of(node);
    const known = byRole.get(role) ?? new Set<unknown>();
    byRole.set(role, known.add(observation));
  }
  const observations = [...byRole].flatMap(([role, some]) =>
    [...some].map((observation): RoleObservation => ({ role, observation })),
  );
  return { fields: observedFields(observations), unseen: unseenWords(observations, calls) };
}

/** By role, in the order in which they first occur. */
function observedFields(seen: readonly RoleObservation[]): readonly ObservedField[] {
  const plain = new PlainData();
  const fields = new Map<string, FieldValues>();
  for (const { role, observation } of seen) {
    for (const [field, value] of fieldsOf(observation)) {
      const name = JSON.stringify([role, field]);
      const of = { ...(role !== undefined && { role }), ...(field !== undefined && { field }) };
      const known = fields.get(name) ?? { of, values: new Map<string, unknown>() };
      fields.set(name, known);
      known.values.set(plain.canonical(value).text, value);
    }
  }
  return [...fields.values()].map(({ of, values }) => {
    const all = [...values.values()];
    const isTold = all.length <= MANY && all.every(isTellable);
    return { ...of, count: all.length, ...(isTold && { values: all.sort(compareElements) }) };
  });
}

function fieldsOf(observation: unknown): readonly (readonly [string | undefined, unknown])[] {
  const isObject =
    typeof observation === 'object' && observation !== null && containerKind(observation) === 'object';
  return isObject ? Object.entries(observation) : [[undefined, observation]];
}

function isTellable(value: unknown): value is ObservedValue {
  return value === null || typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value);
}

/** A word that something is set to or held against, as source code has it: after `=`, `===`, `?` or `:`. */
const WORD = /[=?:]\s*(['"])([A-Za-z][\w -]*)\1/g;

function unseenWords(seen: readonly RoleObservation[], { roles, nodes, locals }: Calls): readonly string[] {
  const occurring = new Set(seen.flatMap(({ observation }) => [...wordsIn(observation)]));
  if (occurring.size === 0) return [];
  const known = [...new Set(nodes.map((node) => roles.of(node)))];
  const handlers = nodes.map((node) => roles.handlersOf(node));
  const named = new Set([
    ...nodes,
    ...known,
    ...locals.timerNames(),
    ...handlers.flatMap(({ onMessage }) => Object.keys(onMessage)),
  ]);
  const sources = new Set([
    ...functionsIn(roles.specification),
    ...handlers.flatMap((each) => [...functionsIn(each)]),
  ]);
  const spoken = [...sources].flatMap((source) => [...source.matchAll(WORD)].map(([, , word]) => word));
  return [...new Set(spoken)].filter((word) => !occurring.has(word) && !named.has(word)).sort(compareStrings);
}

function* wordsIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const part of partsOf(value)) yield* wordsIn(part);
}

function partsOf(value: object): readonly unknown[] {
  switch (containerKind(value)) {
    case 'set':
      return [...(value as ReadonlySet<unknown>)];
    case 'map':
      return [...(value as ReadonlyMap<unknown, unknown>)].flat();
    case 'array':
    case 'object':
      return Object.values(value);
  }
}

/** The sources of functions, and of those in objects. */
function* functionsIn(value: unknown): Iterable<string> {
  if (typeof value === 'function') yield String(value);
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* functionsIn(part);
}
