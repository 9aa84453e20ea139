/**
 * What one rule derives from the facts it can see: nested loops over its positive atoms, every other premise
 * checked on the complete binding. Join order, indexes and incremental evaluation are what this judges, so it
 * has none of them.
 */
import type {
  Aggregate,
  Atom,
  Comparison,
  Premise,
  Rule,
  Term,
  Tuple,
  Value,
  Variable,
} from '../../src/model/rules/program.js';
import { isAggregated } from './strata.js';

export type Binding = ReadonlyMap<string, Value>;

/** The facts that an atom reads, at the time it reads them. */
export type Reader = (atom: Atom) => readonly Tuple[];

export interface Derived {
  readonly tuple: Tuple;
  /** The rule's location: the first column of the tuple that its first positive atom matched. */
  readonly from: Value;
}

/** A rule with its premises in the order in which they are tried. */
export interface PreparedRule {
  readonly rule: Rule;
  readonly positives: readonly PositiveAtom[];
  readonly checks: readonly Premise[];
}

interface PositiveAtom {
  readonly atom: Atom;
  /** Whether each column is where the rule first meets its variable. */
  readonly binds: readonly boolean[];
}

export function prepareRule(rule: Rule): PreparedRule {
  const positives: PositiveAtom[] = [];
  const checks: Premise[] = [];
  const met = new Set<string>();
  for (const premise of rule.body) {
    if (premise.kind === 'comparison' || premise.negated) {
      checks.push(premise);
      continue;
    }
    const atom = withoutArithmetic(premise, checks);
    const binds = atom.terms.map((term) => {
      if (term.kind !== 'variable' || met.has(term.name)) return false;
      met.add(term.name);
      return true;
    });
    positives.push({ atom, binds });
  }
  return { rule, positives, checks };
}

/**
 * An expression as an argument means equality with its value: `p(X, N + 1)` reads `p(X, M), M == N + 1`.
 * The added variable equals a function of the others, so that it does not change how many bindings there are.
 */
function withoutArithmetic(atom: Atom, checks: Premise[]): Atom {
  const terms = atom.terms.map((term): Term => {
    if (term.kind !== 'arithmetic') return term;
    const name = ` ${checks.length}`;
    const left: Term = { kind: 'variable', name, span: term.span };
    checks.push({ kind: 'comparison', operator: '==', left, right: term, span: term.span });
    return left;
  });
  return { ...atom, terms };
}

/** Whether a rule fires at a location. */
export type Fires = (from: Value) => boolean;

/** @throws RangeError on division by zero, or on a result past 2^53 - 1. */
export function derive(prepared: PreparedRule, read: Reader, fires: Fires): readonly Derived[] {
  const head = prepared.rule.head;
  if (isAggregated(head)) return deriveAggregates(prepared, read, fires);
  const derived: Derived[] = [];
  forEachBinding(prepared, read, fires, (binding, from) => {
    derived.push({ tuple: head.terms.map((term) => valueOf(term as Term, binding)), from });
  });
  return derived;
}

/** Each binding is only good until `visit` returns. */
function forEachBinding(
  rule: PreparedRule,
  read: Reader,
  fires: Fires,
  visit: (binding: Binding, from: Value) => void,
): void {
  const binding = new Map<string, Value>();
  const tables = rule.positives.map(({ atom }) => read(atom));
  const extend = (depth: number, from: Value): void => {
    if (depth === tables.length) {
      if (fires(from) && rule.checks.every((check) => holds(check, binding, read))) visit(binding, from);
      return;
    }
    for (const tuple of tables[depth]) {
      if (unify(rule.positives[depth], tuple, binding)) extend(depth + 1, depth === 0 ? tuple[0] : from);
    }
  };
  extend(0, '');
}

/** Binds what the atom is the first to name, over what an earlier tuple left there. */
function unify({ atom, binds }: PositiveAtom, tuple: Tuple, binding: Map<string, Value>): boolean {
  return atom.terms.every((term, column) => {
    if (term.kind === 'wildcard') return true;
    if (!binds[column]) return valueOf(term, binding) === tuple[column];
    binding.set((term as Variable).name, tuple[column]);
    return true;
  });
}

function holds(check: Premise, binding: Binding, read: Reader): boolean {
  if (check.kind === 'comparison') return compare(check, binding);
  return !read(check).some((tuple) =>
    check.terms.every((term, column) => term.kind === 'wildcard' || valueOf(term, binding) === tuple[column]),
  );
}

/** Integers compare as numbers, strings by code units. */
function compare(comparison: Comparison, binding: Binding): boolean {
  const left = valueOf(comparison.left, binding);
  const right = valueOf(comparison.right, binding);
  switch (comparison.operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function valueOf(term: Term, binding: Binding): Value {
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'variable': {
      const value = binding.get(term.name);
      if (value === undefined) throw new Error(`${term.name} is not bound`);
      return value;
    }
    case 'arithmetic':
      return calculate(
        term.operator,
        integer(valueOf(term.left, binding)),
        integer(valueOf(term.right, binding)),
      );
    case 'wildcard':
      throw new Error('a wildcard has no value');
  }
}

function calculate(operator: '+' | '-' | '*' | '/', left: number, right: number): number {
  switch (operator) {
    case '+':
      return exact(left + right);
    case '-':
      return exact(left - right);
    case '*':
      return exact(left * right);
    case '/':
      if (right === 0) throw new RangeError(`${left} / 0`);
      return exact(Math.trunc(left / right));
  }
}

/** Rejects what a double may have rounded; there is one zero. */
function exact(result: number): number {
  if (!Number.isSafeInteger(result)) throw new RangeError(`${result} is past 2^53 - 1`);
  return result === 0 ? 0 : result;
}

function integer(value: Value): number {
  if (typeof value !== 'number') throw new TypeError(`${JSON.stringify(value)} is not an integer`);
  return value;
}

interface Group {
  readonly columns: readonly (Value | undefined)[];
  readonly from: Value;
  /** By the values of all of the body's variables: the same binding counts once. */
  readonly bindings: Map<string, Binding>;
}

function deriveAggregates(prepared: PreparedRule, read: Reader, fires: Fires): readonly Derived[] {
  const { head, timing } = prepared.rule;
  const groups = new Map<string, Group>();
  forEachBinding(prepared, read, fires, (binding, from) => {
    const columns = head.terms.map((term) =>
      term.kind === 'aggregate' ? undefined : valueOf(term, binding),
    );
    // Every node sends its own messages, so that a message's aggregate is its sender's alone.
    const key = JSON.stringify(timing === 'async' ? [columns, from] : columns);
    const group = groups.get(key) ?? { columns, from, bindings: new Map<string, Binding>() };
    groups.set(key, group);
    group.bindings.set(JSON.stringify([...binding]), new Map(binding));
  });
  return [...groups.values()].map(({ columns, from, bindings }) => ({
    tuple: head.terms.map((term, column) =>
      term.kind === 'aggregate' ? aggregate(term, [...bindings.values()]) : columns[column]!,
    ),
    from,
  }));
}

function aggregate(term: Aggregate, bindings: readonly Binding[]): Value {
  const values = bindings.map((binding) => valueOf(term.variable, binding));
  switch (term.function) {
    case 'count':
      return values.length;
    case 'min':
      return values.reduce((least, value) => (value < least ? value : least));
    case 'max':
      return values.reduce((greatest, value) => (value > greatest ? value : greatest));
    case 'sum':
      return sum(values);
    case 'avg':
      return exact(Math.trunc(sum(values) / values.length));
  }
}

function sum(values: readonly Value[]): number {
  return values.reduce((total: number, value) => exact(total + integer(value)), 0);
}
