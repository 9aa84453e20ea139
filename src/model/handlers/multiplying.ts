/** Which node is in more states than any other, and which field of them has the most values. */
import type { MultiplyingStates } from '../multiplying.js';
import { containerKind } from './containers.js';
import type { HandlerEvaluator } from './evaluator.js';
import type { Local } from './locals.js';
import { PlainData } from './plain.js';

/** The first of those with the most states; undefined where no node was in any. */
export function multiplyingStates({
  nodes,
  visited,
  calls,
}: HandlerEvaluator): MultiplyingStates | undefined {
  const [node, most] = nodes
    .map((name, place) => [name, visited[place]] as const)
    .reduce((first, next) => (next[1].size > first[1].size ? next : first));
  if (most.size === 0) return undefined;
  const field = fieldOfMostValues([...most].map((local) => calls.locals.get(local)));
  return { kind: 'states', node, states: most.size, ...(field !== undefined && { field }) };
}

function fieldOfMostValues(locals: readonly Local[]): MultiplyingStates['field'] {
  const plain = new PlainData();
  const values = new Map<string, Set<string>>();
  for (const { state } of locals)
    for (const [name, value] of fieldsOf(state.value)) {
      const known = values.get(name) ?? new Set<string>();
      values.set(name, known.add(plain.canonical(value).text));
    }
  return [...values]
    .map(([name, { size }]) => ({ name, values: size }))
    .filter((field) => field.values > 1)
    .reduce<MultiplyingStates['field']>(
      (most, next) => (most === undefined || next.values > most.values ? next : most),
      undefined,
    );
}

function fieldsOf(state: unknown): readonly (readonly [string, unknown])[] {
  const isObject = typeof state === 'object' && state !== null && containerKind(state) === 'object';
  return isObject ? Object.entries(state) : [];
}
