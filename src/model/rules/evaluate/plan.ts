/**
 * A rule compiled to a join plan: the order in which its premises are visited, the columns by which each is
 * looked up, and where its variables are kept. Plans are made once and serve every timestep and every run.
 */
import type {
  Aggregate,
  AggregateFunction,
  ArithmeticOperator,
  Atom,
  Comparison,
  ComparisonOperator,
  Premise,
  Rule,
  Term,
} from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import type { Index, Tuples } from './tuples.js';
import { isAggregating, positivesOf } from '../walk.js';
import { normalize } from './normalize.js';
import type { ValueId, Values } from './values.js';

/** A relation as evaluation knows it: its number, and its tuples over all times and runs. */
export interface RelationStore {
  readonly number: number;
  readonly name: string;
  readonly tuples: Tuples;
}

export interface JoinPlan {
  readonly rule: Rule;
  /** The rule's place in the program. */
  readonly ruleNumber: number;
  readonly steps: readonly PlanStep[];
  /** Registers that hold the bindings of variables. */
  readonly registers: number;
  readonly head: RelationStore;
  readonly output: PlanOutput;
  /** Of a message's rule, where it is: the first column of its first positive premise. */
  readonly sender: ValueSource | undefined;
  /** Whether the rule keeps every fact of its relation for another timestep, and does nothing else. */
  readonly isFrame: boolean;
}

export type PlanOutput =
  | { readonly kind: 'tuple'; readonly columns: readonly ValueSource[] }
  | {
      readonly kind: 'aggregate';
      readonly columns: readonly (ValueSource | Fold)[];
      /** The registers of all named variables: what makes two bindings distinct. */
      readonly binding: readonly ValueSource[];
    };

export interface Fold {
  readonly kind: 'fold';
  readonly function: AggregateFunction;
  readonly of: ValueSource;
}

export type PlanStep = Scan | Absence | Filter;

/** Visits the rows of a positive premise: by `delta`, only those that the last round of its stratum added. */
export interface Scan {
  readonly kind: 'scan';
  readonly atom: Atom;
  readonly lookup: Lookup;
  readonly binds: readonly ColumnRegister[];
  /** Columns that repeat a variable bound by an earlier column of the same premise. */
  readonly repeats: readonly ColumnRegister[];
}

/** Holds where no row matches. */
export interface Absence {
  readonly kind: 'absence';
  readonly atom: Atom;
  readonly lookup: Lookup;
}

export interface Filter {
  readonly kind: 'filter';
  readonly operator: ComparisonOperator;
  readonly left: ValueSource;
  readonly right: ValueSource;
}

export interface ColumnRegister {
  readonly column: number;
  readonly register: number;
}

export interface Lookup {
  readonly relation: RelationStore;
  /** An absolute logical timestep, or the current one. */
  readonly time: number | undefined;
  /** The columns whose values are known, ascending, and those values. */
  readonly columns: readonly number[];
  readonly key: readonly ValueSource[];
  readonly by: 'scan' | 'index' | 'tuple' | 'delta';
  readonly index: Index | undefined;
  /** Where the values of the key are put together. */
  readonly buffer: Int32Array;
}

export type ValueSource =
  | { readonly kind: 'register'; readonly register: number }
  | { readonly kind: 'constant'; readonly value: ValueId }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: ValueSource;
      readonly right: ValueSource;
      readonly span: SourceSpan;
    };

export interface PlanContext {
  readonly values: Values;
  relation(name: string): RelationStore;
  ruleNumber(rule: Rule): number;
}

/**
 * @param delta which of the positive premises is to be visited first, and only where newly added
 */
export function planRule(rule: Rule, context: PlanContext, delta?: number): JoinPlan {
  const ruleNumber = context.ruleNumber(rule);
  return { ...new Planner(normalize(rule), context).plan(delta), rule, ruleNumber, isFrame: isFrame(rule) };
}

/** `p(X, Y)@next :- p(X, Y);` */
function isFrame({ timing, head, body }: Rule): boolean {
  const [premise, ...others] = body;
  if (timing !== 'next' || others.length > 0 || premise.kind !== 'atom') return false;
  if (premise.negated || premise.time !== undefined || premise.relation !== head.relation) return false;
  const names = head.terms.map((term) => (term.kind === 'variable' ? term.name : undefined));
  const isCopy = premise.terms.every(
    (term, column) => term.kind === 'variable' && term.name === names[column],
  );
  return isCopy && new Set(names).size === names.length;
}

class Planner {
  private readonly registers = new Map<string, number>();
  private readonly bound = new Set<string>();
  private readonly steps: PlanStep[] = [];
  private readonly waiting: Premise[];

  constructor(
    private readonly rule: Rule,
    private readonly context: PlanContext,
  ) {
    this.waiting = rule.body.filter((premise) => premise.kind === 'comparison' || premise.negated);
  }

  plan(delta: number | undefined): Omit<JoinPlan, 'rule' | 'ruleNumber' | 'isFrame'> {
    const positive = [...positivesOf(this.rule)];
    this.checkWhatIsBound();
    for (let first = true; positive.length > 0; first = false) {
      const atom = first ? positive[delta ?? 0] : this.mostBound(positive);
      positive.splice(positive.indexOf(atom), 1);
      this.scan(atom, first && delta !== undefined);
      this.checkWhatIsBound();
    }
    return {
      steps: this.steps,
      head: this.context.relation(this.rule.head.relation),
      output: this.output(),
      sender: this.sender(),
      registers: this.registers.size,
    };
  }

  private sender(): ValueSource | undefined {
    return this.rule.timing === 'async' ? this.source(positivesOf(this.rule)[0].terms[0]) : undefined;
  }

  private output(): PlanOutput {
    const { terms } = this.rule.head;
    if (!isAggregating(this.rule)) {
      return { kind: 'tuple', columns: (terms as readonly Term[]).map((term) => this.source(term)) };
    }
    const columns = terms.map((term) => (term.kind === 'aggregate' ? this.fold(term) : this.source(term)));
    const binding = [...this.registers.values()].map((register): ValueSource => ({
      kind: 'register',
      register,
    }));
    return { kind: 'aggregate', columns, binding };
  }

  private fold(term: Aggregate): Fold {
    return { kind: 'fold', function: term.function, of: this.source(term.variable) };
  }

  /** The premise with the largest share of columns to look it up by; the earliest of those. */
  private mostBound(atoms: readonly Atom[]): Atom {
    const share = (atom: Atom) => atom.terms.filter((term) => this.isBound(term)).length / atom.terms.length;
    return atoms.reduce((best, atom) => (share(atom) > share(best) ? atom : best));
  }

  private scan(atom: Atom, delta: boolean): void {
    const known = atom.terms.flatMap((term, column) => (this.isBound(term) ? [column] : []));
    const lookup = this.lookup(atom, known, delta);
    const binds: ColumnRegister[] = [];
    const repeats: ColumnRegister[] = [];
    atom.terms.forEach((term, column) => {
      if (term.kind !== 'variable' || known.includes(column)) return;
      const columnRegister = { column, register: this.register(term.name) };
      if (this.bound.has(term.name)) repeats.push(columnRegister);
      else binds.push(columnRegister);
      this.bound.add(term.name);
    });
    this.steps.push({ kind: 'scan', atom, lookup, binds, repeats });
  }

  /** Comparisons and absences, as early as their variables allow: they only narrow a join. */
  private checkWhatIsBound(): void {
    for (const premise of this.waiting.splice(0)) {
      const terms = premise.kind === 'comparison' ? [premise.left, premise.right] : premise.terms;
      if (!terms.every((term) => term.kind === 'wildcard' || this.isBound(term))) this.waiting.push(premise);
      else this.steps.push(premise.kind === 'comparison' ? this.filter(premise) : this.absence(premise));
    }
  }

  private filter({ operator, left, right }: Comparison): Filter {
    return { kind: 'filter', operator, left: this.source(left), right: this.source(right) };
  }

  private absence(atom: Atom): Absence {
    const known = atom.terms.flatMap((term, column) => (term.kind === 'wildcard' ? [] : [column]));
    return { kind: 'absence', atom, lookup: this.lookup(atom, known, false) };
  }

  private lookup(atom: Atom, columns: readonly number[], delta: boolean): Lookup {
    const relation = this.context.relation(atom.relation);
    const by = delta ? 'delta' : lookupBy(columns.length, atom.terms.length);
    return {
      relation,
      time: atom.time,
      columns,
      key: columns.map((column) => this.source(atom.terms[column])),
      by,
      index: by === 'index' ? relation.tuples.indexOn(columns) : undefined,
      buffer: new Int32Array(columns.length),
    };
  }

  private isBound(term: Term): boolean {
    switch (term.kind) {
      case 'constant':
        return true;
      case 'wildcard':
        return false;
      case 'variable':
        return this.bound.has(term.name);
      case 'arithmetic':
        return this.isBound(term.left) && this.isBound(term.right);
    }
  }

  private source(term: Term): ValueSource {
    switch (term.kind) {
      case 'constant':
        return { kind: 'constant', value: this.context.values.id(term.value) };
      case 'variable':
        return { kind: 'register', register: this.register(term.name) };
      case 'arithmetic': {
        const { operator, span } = term;
        return {
          kind: 'arithmetic',
          operator,
          left: this.source(term.left),
          right: this.source(term.right),
          span,
        };
      }
      case 'wildcard':
        throw new Error('a wildcard has no value');
    }
  }

  private register(name: string): number {
    const known = this.registers.get(name) ?? this.registers.size;
    this.registers.set(name, known);
    return known;
  }
}

function lookupBy(known: number, arity: number): Lookup['by'] {
  if (known === 0) return 'scan';
  return known === arity ? 'tuple' : 'index';
}
