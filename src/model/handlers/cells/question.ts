/** What a call may ask of the state of a node, of its timers, and of the time: each answer is a branch of its own. */
import { compareElements, type Scalar } from '../containers.js';
import type { StatePlace } from '../drafts/source.js';
import type { Possibilities } from './cell.js';

/** Of the cells of a node. */
export type CellQuestion =
  /** What is at a place. */
  | { readonly kind: 'content'; readonly node: number; readonly place: StatePlace }
  /** The keys of an object, the length of an array, or the size of a set or a map. */
  | { readonly kind: 'keys' | 'length' | 'size'; readonly node: number; readonly place: StatePlace }
  /** What may be in a set or a map, in order. */
  | { readonly kind: 'candidates'; readonly node: number; readonly place: StatePlace }
  /** Timesteps until a timer fires; undefined where it is not set. */
  | { readonly kind: 'timer'; readonly node: number; readonly name: string };

export type CallQuestion =
  | CellQuestion
  | { readonly kind: 'time' }
  /** Whether what an author calls so happens to a node. */
  | { readonly kind: 'fault'; readonly node: number; readonly name: string }
  | { readonly kind: 'crashed'; readonly node: number; readonly before?: boolean }
  /** What the outside sees of a node, which properties alone ask; `before`: one timestep ago. */
  | { readonly kind: 'observed'; readonly node: number; readonly before?: boolean };

export type Answers = (question: CallQuestion) => Possibilities;

export function sameQuestion(a: CallQuestion, b: CallQuestion): boolean {
  return (
    a.kind === b.kind &&
    part(a, 'node') === part(b, 'node') &&
    part(a, 'place') === part(b, 'place') &&
    part(a, 'name') === part(b, 'name') &&
    part(a, 'before') === part(b, 'before')
  );
}

function part(question: CallQuestion, name: 'node' | 'place' | 'name' | 'before'): unknown {
  return (question as Partial<Record<typeof name, unknown>>)[name];
}

export function inOrder(elements: Iterable<Scalar>): readonly Scalar[] {
  return [...elements].sort(compareElements);
}
