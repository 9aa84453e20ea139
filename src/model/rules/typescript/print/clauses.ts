/** Clauses as TypeScript writes them. */
import type {
  Aggregate,
  Arithmetic,
  ArithmeticOperator,
  Atom,
  CheckedProgram,
  Clause,
  ColumnType,
  Comparison,
  ComparisonOperator,
  Premise,
  Rule,
  Term,
  Timing,
  Value,
} from '../../program.js';
import { call, callWith } from './layout.js';
import type { Layout } from './layout.js';
import { variableTypes } from './names.js';
import type { NamedRelation, Names } from './names.js';
import { quoteText } from './quote.js';

const COMPARISONS: Readonly<Record<ComparisonOperator, string>> = {
  '==': 'is',
  '!=': 'isNot',
  '<': 'isBelow',
  '<=': 'isAtMost',
  '>': 'isAbove',
  '>=': 'isAtLeast',
};

const OPERATORS: Readonly<Record<ArithmeticOperator, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'dividedBy',
};

const TIMINGS: Readonly<Record<Timing, string>> = { deductive: '', next: '.next', async: '.async' };

export function clauseLayout(clause: Clause, names: Names, checked: CheckedProgram): Layout {
  const printer = new ClausePrinter(
    names,
    clause.kind === 'rule' ? variableTypes(clause, checked.relations) : new Map(),
  );
  if (clause.kind === 'rule') return printer.rule(clause);
  return call([printer.columns(clause.relation, clause.terms), '.at'], [String(clause.time)]);
}

class ClausePrinter {
  constructor(
    private readonly names: Names,
    /** Of the variables of the rule. */
    private readonly types: ReadonlyMap<string, ColumnType>,
  ) {}

  rule(rule: Rule): Layout {
    const { head, timing, body } = rule;
    if (isFrame(rule, this.names.relations.get(head.relation)!))
      return `${this.names.relations.get(head.relation)!.identifier}.persists()`;
    const premises = body.map((premise) => this.premise(premise));
    return call([this.columns(head.relation, head.terms), `${TIMINGS[timing]}.when`], premises);
  }

  /** A relation called with its columns; wildcards are left out. */
  columns(relation: string, terms: readonly (Term | Aggregate)[]): Layout {
    const { identifier, columns } = this.names.relations.get(relation)!;
    const given = terms.flatMap((term, index) => {
      if (term.kind === 'wildcard') return [];
      const key = keyOf(columns[index].name);
      const text = term.kind === 'aggregate' ? this.aggregate(term) : this.term(term);
      return [text === key ? key : `${key}: ${text}`];
    });
    return callWith(identifier, given);
  }

  private premise(premise: Premise): Layout {
    return premise.kind === 'comparison' ? this.comparison(premise) : this.atom(premise);
  }

  private atom({ relation, terms, negated, time }: Atom): Layout {
    const columns = this.columns(relation, terms);
    const timed = time === undefined ? columns : [columns, `.at(${time})`];
    return negated ? call('not', [timed]) : timed;
  }

  private comparison({ operator, left, right }: Comparison): string {
    const type =
      left.kind === 'constant' && right.kind === 'variable' ? this.types.get(right.name) : undefined;
    return `${this.subject(left, type)}.${COMPARISONS[operator]}(${this.term(right)})`;
  }

  private arithmetic({ operator, left, right }: Arithmetic): string {
    return `${this.subject(left, undefined)}.${OPERATORS[operator]}(${this.term(right)})`;
  }

  /** What a method is called on. @param type where it is known, and not to be seen from a constant */
  private subject(term: Term, type: ColumnType | undefined): string {
    if (term.kind !== 'constant') return this.term(term);
    return type === 'location'
      ? `value(${valueCode(term.value)}, ${this.names.locations})`
      : `value(${valueCode(term.value)})`;
  }

  private aggregate({ function: aggregate, variable }: Aggregate): string {
    return `${aggregate}(${this.variable(variable.name)})`;
  }

  private term(term: Term): string {
    switch (term.kind) {
      case 'variable':
        return this.variable(term.name);
      case 'constant':
        return valueCode(term.value);
      case 'arithmetic':
        return this.arithmetic(term);
      case 'wildcard':
        throw new Error('a wildcard has no value');
    }
  }

  private variable(name: string): string {
    const type = this.types.get(name);
    return this.names.variables.find((each) => each.name === name && each.type === type)!.identifier;
  }
}

/** Whether it is what `persists()` makes: `p(X)@next :- p(X)`, with the columns' names for variables. */
function isFrame({ head, timing, body }: Rule, { columns }: NamedRelation): boolean {
  const [premise, ...others] = body;
  if (timing !== 'next' || others.length > 0 || premise.kind !== 'atom') return false;
  if (premise.relation !== head.relation || premise.negated || premise.time !== undefined) return false;
  return columns.every(({ name }, index) =>
    [head.terms[index], premise.terms[index]].every((term) => term.kind === 'variable' && term.name === name),
  );
}

export function valueCode(value: Value): string {
  return typeof value === 'number' ? String(value) : quoteText(value);
}

/** A name before a colon. */
export function keyOf(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoteText(name);
}
