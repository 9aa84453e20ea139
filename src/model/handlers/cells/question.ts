/** What a call may ask of the state of a node, of its timers, and of the time: each answer is a branch of its own. */
import { compareElements, type Scalar } from '../containers.js';
import type { TallyKind } from '../../quantifiers.js';
import type { Holding, StatePlace } from '../drafts/source.js';
import type { Possibilities } from './cell.js';

/** Something that may be under a key. */
export interface Member {
  readonly key: Scalar;
  readonly holding: Holding;
  /** What can be told apart of it. */
  readonly text: string;
}

/** Of the cells of a node. */
export type CellQuestion =
  /** What is at a place. */
  | { readonly kind: 'content'; readonly node: number; readonly place: StatePlace }
  /** The keys of an object, the length of an array, or the size of a set or a map. */
  | { readonly kind: 'keys' | 'length' | 'size'; readonly node: number; readonly place: StatePlace }
  /** What may be in a set or a map, in order. */
  | { readonly kind: 'candidates'; readonly node: number; readonly place: StatePlace }
  /** What may be at the parts of a place, in order: {@link Member}s. */
  | { readonly kind: 'members'; readonly node: number; readonly place: StatePlace }
  /** How many of some members are there, or whether any is. */
  | {
      readonly kind: TallyKind;
      readonly node: number;
      readonly place: StatePlace;
      readonly members: readonly Member[];
      /** What can be told apart of them. */
      readonly text: string;
    }
  /** Timesteps until a timer fires; undefined where it is not set. */
  | { readonly kind: 'timer'; readonly node: number; readonly name: string };

/** What is asked of the time, and of faults up to then; all but the time, by properties alone. */
export type HistoryQuestion =
  | { readonly kind: 'time' }
  /** Since when a node is down, and when it last started again; `before`: as it was one timestep ago. */
  | { readonly kind: 'downSince' | 'restarted'; readonly node: number; readonly before?: boolean }
  /** Whether no fault happened in so many timesteps. */
  | { readonly kind: 'quiet'; readonly timesteps: number }
  /** Whether a fault has happened; of all kinds where none is named. */
  | { readonly kind: 'happened'; readonly fault: string | undefined };

export type CallQuestion =
  | CellQuestion
  | HistoryQuestion
  /** Whether what an author calls so happens to a node. */
  | { readonly kind: 'fault'; readonly node: number; readonly name: string }
  | { readonly kind: 'crashed'; readonly node: number; readonly before?: boolean }
  /** What the outside sees of a node, which properties alone ask; `before`: one timestep ago. */
  | { readonly kind: 'observed'; readonly node: number; readonly before?: boolean };

export type Answers = (question: CallQuestion) => Possibilities;

const PARTS = ['kind', 'node', 'place', 'name', 'before', 'timesteps', 'fault', 'text'] as const;

export function sameQuestion(a: CallQuestion, b: CallQuestion): boolean {
  return PARTS.every((part) => partOf(a, part) === partOf(b, part));
}

function partOf(question: CallQuestion, part: (typeof PARTS)[number]): unknown {
  return (question as Partial<Record<typeof part, unknown>>)[part];
}

export function inOrder(elements: Iterable<Scalar>): readonly Scalar[] {
  return [...elements].sort(compareElements);
}
