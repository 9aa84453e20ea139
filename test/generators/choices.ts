/**
 * Random programs as choices: numbers and small records that shrink well one by one, and that `build.ts` turns
 * into a well-formed program whatever they are.
 */
import type { Bounds } from '../../src/injector/bounds.js';
import type { ComparisonOperator, Timing } from '../../src/model/rules/program.js';
import type { Kind } from './vocabulary.js';

/** What stands in a column. */
export type Slot =
  | { readonly kind: 'variable'; readonly index: number }
  | { readonly kind: 'constant'; readonly index: number }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'arithmetic'; readonly index: number; readonly operator: '+' | '-' | '*' | '/' };

export interface AtomChoice {
  readonly kind: 'atom';
  readonly relation: number;
  readonly negated: boolean;
  /** An absolute time; `build.ts` keeps it within EOT. */
  readonly time: number | undefined;
  readonly location: Slot;
  readonly slots: readonly Slot[];
}

export interface ComparisonChoice {
  readonly kind: 'comparison';
  readonly of: Kind;
  readonly operator: ComparisonOperator;
  readonly left: Slot;
  readonly right: Slot;
}

export interface AggregateChoice {
  readonly column: number;
  /** Which function over which variable, among those that fit. */
  readonly pick: number;
}

export interface RuleChoice {
  readonly timing: Timing;
  /** Joins `peer(X, Y)` and derives the head at `Y`. */
  readonly linked: boolean;
  readonly head: number;
  readonly location: number;
  readonly slots: readonly Slot[];
  readonly aggregate: AggregateChoice | undefined;
  readonly first: AtomChoice;
  readonly others: readonly (AtomChoice | ComparisonChoice)[];
  /** Puts `notin` and comparisons before the atoms that bind their variables. */
  readonly checksFirst: boolean;
}

export interface PostChoice {
  /** Starts from what the first rule of `pre` starts from, so that its other premises decide. */
  readonly echoes: boolean;
  /** The relations that its premises name count from the one that the first rule of `pre` starts from. */
  readonly rule: RuleChoice;
}

export interface RelationChoice {
  /** Beside the location; undefined: as the relation before it. */
  readonly columns: readonly Kind[] | undefined;
  /** Whether it is a level above the relation before it. */
  readonly climbs: boolean;
  /** What keeps a fact from persisting; undefined where the relation has no frame rule. */
  readonly frame: readonly AtomChoice[] | undefined;
  /** Whether it is durable, if it is at a node. */
  readonly durable: boolean;
}

export interface FactChoice {
  readonly relation: number;
  readonly values: readonly number[];
  readonly time: number;
}

export interface SizeChoice {
  readonly nodes: number;
  readonly bounds: Bounds;
}

export interface ProgramChoice {
  readonly size: SizeChoice;
  readonly selfLinks: boolean;
  readonly relations: readonly RelationChoice[];
  /** What the protocol has to work on from the start. */
  readonly seed: FactChoice | undefined;
  readonly facts: readonly FactChoice[];
  readonly hops: readonly (RuleChoice | undefined)[];
  readonly rules: readonly RuleChoice[];
  /** The columns of `pre` and `post` beside the location; undefined: those of the first relation. */
  readonly specification: readonly Kind[] | undefined;
  /** Whether the location stands last in `pre` and `post`, so that they begin with a word or an integer. */
  readonly locationLast: boolean;
  readonly pre: readonly RuleChoice[];
  readonly post: readonly PostChoice[];
}
