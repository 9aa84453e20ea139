/**
 * A protocol as rules: Datalog in time and space. Every front end produces this one readonly tree, and
 * every check, printer and evaluator reads it.
 */
import type { Diagnostic } from '../diagnostics/diagnostics.js';
import type { SourceSpan } from '../diagnostics/source.js';

/** What columns hold: a string, or an integer of at most 2^53 - 1 in size. */
export type Value = string | number;

/** Columns of a fact; of a message, its destination first. */
export type Tuple = readonly Value[];

/** A protocol as rules, whichever front end it came from, before it is checked. */
export interface Program {
  /** In the order read, included files at their `include`. */
  readonly clauses: readonly Clause[];
  /** Relations of which an outage leaves what their `@next` rules carry, as they are declared. */
  readonly durable?: readonly DurableRelation[];
  /** What the front end found wrong where it reports to nobody by itself; {@link checkProgram} tells it. */
  readonly problems?: readonly Diagnostic[];
}

/** That a relation is durable, and where that is said. */
export interface DurableRelation {
  readonly relation: string;
  readonly span: SourceSpan;
}

/** What programs consist of. */
export type Clause = Fact | Rule;

/** `relation(values)@time;` holds at that logical timestep only. */
export interface Fact {
  readonly kind: 'fact';
  readonly relation: string;
  readonly terms: readonly Constant[];
  readonly time: number;
  readonly span: SourceSpan;
}

/** Wherever all of the body holds, the head holds too. */
export interface Rule {
  readonly kind: 'rule';
  readonly head: Head;
  readonly timing: Timing;
  /** At least one premise is a positive atom; the first such atom's first column is the rule's location. */
  readonly body: readonly Premise[];
  readonly span: SourceSpan;
}

/** When a head holds: at the body's time, at the next on the same node, or as a message on arrival. */
export type Timing = 'deductive' | 'next' | 'async';

/** What a rule derives. */
export interface Head {
  readonly relation: string;
  readonly terms: readonly (Term | Aggregate)[];
  readonly span: SourceSpan;
}

/** One condition in the body of a rule. */
export type Premise = Atom | Comparison;

/** A premise that asks for a fact, or for the absence of any. */
export interface Atom {
  readonly kind: 'atom';
  readonly relation: string;
  readonly terms: readonly Term[];
  /** `notin` */
  readonly negated: boolean;
  /** An absolute logical timestep (`@1`); otherwise the rule's own. */
  readonly time: number | undefined;
  readonly span: SourceSpan;
}

/** A premise that compares two terms. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Term;
  readonly right: Term;
  readonly span: SourceSpan;
}

/** The operators of {@link Comparison}; strings compare by code units. */
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** What can stand in a column of a premise. */
export type Term = Variable | Wildcard | Constant | Arithmetic;

/** A variable, known by its name within one rule. */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly span: SourceSpan;
}

/** `_`: each its own; it is no variable, so that aggregates do not range over it. */
export interface Wildcard {
  readonly kind: 'wildcard';
  readonly span: SourceSpan;
}

/** A value as it is written. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: Value;
  readonly span: SourceSpan;
}

/** A calculation on integers, in which division truncates toward zero. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Term;
  readonly right: Term;
  readonly span: SourceSpan;
}

/** The operators of {@link Arithmetic}. */
export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** In a head only: ranges over the distinct bindings of the body's variables, grouped by the other columns. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly function: AggregateFunction;
  readonly variable: Variable;
  readonly span: SourceSpan;
}

/** What an aggregate makes of the values of its variable. */
export type AggregateFunction = 'count' | 'min' | 'max' | 'sum' | 'avg';

/** A location is a string that names a node, as the ends of messages do, and what unification ties to them. */
export type ColumnType = 'location' | 'string' | 'integer';

/** A program that passed every static check, with what the checks found out. */
export interface CheckedProgram {
  readonly kind: 'rules';
  readonly program: Program;
  /** By name, in order of first appearance; includes the built-in `crash(location, location, integer)` where it is read. */
  readonly relations: ReadonlyMap<string, RelationSchema>;
  /** Strings found in location columns of facts and rules, in order of first appearance. */
  readonly locations: readonly string[];
  /**
   * The order in which relations are derived within one timestep. Every distinct set of absolute-time
   * premises can give another order, so there is one for each time that a premise names, and one for all others.
   */
  readonly strataAt: (time: number) => readonly Stratum[];
}

/** A relation, and the types of its columns. */
export interface RelationSchema {
  readonly name: string;
  readonly columns: readonly ColumnType[];
}

/** Relations that are mutually recursive within a timestep (or one that is not recursive). */
export interface Stratum {
  readonly relations: readonly string[];
  /** True where a deductive rule of this stratum reads a relation of this stratum at the same time. */
  readonly recursive: boolean;
  /** The deductive rules whose heads are in this stratum, in program order. */
  readonly rules: readonly Rule[];
}

/** The built-in relation that specifications read: `crash(observer, node, time)`. */
export const CRASH = 'crash';

/** The relation `restarted(node)`, which holds where a node starts again after an outage: built in where nothing derives it. */
export const RESTARTED = 'restarted';

/** The relation `fault(node, name)`, which holds where what the author calls so happens: built in where nothing derives it. */
export const FAULT = 'fault';
