/**
 * Types of columns, by unification: a variable is of one type throughout its rule, a column throughout the
 * program. Messages make locations: where they go, and where they come from. A location is a string that names
 * a node, so a column that holds both is a location.
 *
 * Two sides that conflict are reported and left apart, so that one mistake is one diagnostic and each
 * further mistake is still found.
 */
import { AT_THE_END, propertiesOf, type RuleProperty } from '../specification.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import { printHeadTerm } from '../print.js';
import type { Aggregate, ColumnType, Comparison, Program, RelationSchema, Rule, Term } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { aritiesOf } from './arity.js';
import { builtInRelations } from './built-in.js';
import { messageEnds, type MessageEnd } from './message-ends.js';
import { TypeClasses } from './type-classes.js';
import type { TypeClass } from './type-classes.js';
import { usesOf } from '../walk.js';
import type { Use } from '../walk.js';

export interface Inferred {
  /** By name, in order of first appearance. A column that nothing says anything of is a string. */
  readonly schemas: ReadonlyMap<string, RelationSchema>;
  readonly diagnostics: readonly Diagnostic[];
}

export function inferTypes(program: Program): Inferred {
  const inference = new Inference(aritiesOf(program), messageEnds(program), builtInRelations(program));
  for (const clause of program.clauses) {
    const variables = new Map<string, TypeClass>();
    const [first, ...premises] = usesOf(clause);
    // The head last: where it does not fit the body, the conflict is its own.
    for (const use of premises) inference.use(use, variables);
    if (clause.kind === 'rule') inference.comparisons(clause, variables);
    inference.use(first, variables);
  }
  for (const property of new Set([AT_THE_END, ...propertiesOf(program)])) inference.property(property);
  return { schemas: inference.schemas(), diagnostics: inference.diagnostics };
}

/** The classes of the variables of one rule. */
type Variables = Map<string, TypeClass>;

/** One of two things that must be of one type, as messages call it. */
interface Side {
  readonly type: TypeClass;
  readonly name: string;
}

class Inference {
  readonly diagnostics: Diagnostic[] = [];
  private readonly classes = new TypeClasses();
  private readonly columns: ReadonlyMap<string, readonly TypeClass[]>;

  constructor(
    arities: ReadonlyMap<string, number>,
    ends: readonly MessageEnd[],
    private readonly builtIn: ReadonlyMap<string, readonly ColumnType[]>,
  ) {
    const first = new Map(ends.toReversed().map((end) => [end.atom.relation, end]));
    this.columns = new Map(
      [...arities].map(([relation, arity]) => [
        relation,
        this.newColumns(relation, arity, first.get(relation)),
      ]),
    );
  }

  private newColumns(relation: string, arity: number, end: MessageEnd | undefined): readonly TypeClass[] {
    const known = this.builtIn.get(relation);
    return Array.from({ length: arity }, (_, column) => {
      if (known !== undefined) return this.classes.add(known[column]);
      return column === 0 && end !== undefined
        ? this.classes.add('location', locationBecause(end))
        : this.classes.add();
    });
  }

  schemas(): ReadonlyMap<string, RelationSchema> {
    return new Map(
      [...this.columns].map(([name, columns]) => [
        name,
        { name, columns: columns.map((column) => this.classes.typeOf(column) ?? 'string') },
      ]),
    );
  }

  /** Uses of another arity than the relation's have been reported, and their terms say nothing. */
  use({ relation, terms }: Use, variables: Variables): void {
    const columns = this.columns.get(relation)!;
    const known = terms.length === columns.length;
    for (const [index, term] of terms.entries()) {
      const side = this.typeOfTerm(term, variables);
      if (!known) continue;
      this.unify(side, { type: columns[index], name: `column ${index + 1} of ${relation}` }, term.span);
    }
  }

  /** A pair of relations is compared column by column. A conflict is for the check of the specification to report. */
  property({ name, kept }: RuleProperty): void {
    const post = this.columns.get(kept) ?? [];
    for (const [index, column] of (this.columns.get(name) ?? []).entries()) {
      if (index < post.length) this.classes.unify(column, post[index]);
    }
  }

  comparisons({ body }: Rule, variables: Variables): void {
    for (const premise of body) if (premise.kind === 'comparison') this.comparison(premise, variables);
  }

  private comparison({ left, right }: Comparison, variables: Variables): void {
    this.unify(this.typeOfTerm(right, variables), this.typeOfTerm(left, variables), right.span);
  }

  private typeOfTerm(term: Term | Aggregate, variables: Variables): Side {
    const name = nameOf(term);
    switch (term.kind) {
      case 'variable':
        return { type: this.variable(term.name, variables), name };
      case 'wildcard':
        return { type: this.classes.add(), name };
      case 'constant': {
        const type = typeof term.value === 'number' ? 'integer' : 'string';
        return {
          type: this.classes.add(type, { message: `${name} is ${article(type)}`, span: term.span }),
          name,
        };
      }
      case 'arithmetic':
        this.requireInteger(term.left, variables, `an operand of \`${term.operator}\``);
        this.requireInteger(term.right, variables, `an operand of \`${term.operator}\``);
        return {
          type: this.classes.add('integer', integerBecause('arithmetic gives an integer', term.span)),
          name,
        };
      case 'aggregate':
        return { type: this.aggregate(term, variables), name };
    }
  }

  private aggregate({ function: aggregate, variable, span }: Aggregate, variables: Variables): TypeClass {
    const type = this.variable(variable.name, variables);
    if (aggregate === 'min' || aggregate === 'max') return type;
    if (aggregate !== 'count') this.requireInteger(variable, variables, `the argument of ${aggregate}`);
    return this.classes.add('integer', integerBecause(`${aggregate} gives an integer`, span));
  }

  private requireInteger(term: Term, variables: Variables, place: string): void {
    const integer = this.classes.add('integer', integerBecause(`${place} is an integer`, term.span));
    this.unify(this.typeOfTerm(term, variables), { type: integer, name: place }, term.span);
  }

  private variable(name: string, variables: Variables): TypeClass {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const type = this.classes.add();
    variables.set(name, type);
    return type;
  }

  private unify(one: Side, other: Side, span: SourceSpan): void {
    const [ours, theirs] = [this.classes.typeOf(one.type), this.classes.typeOf(other.type)];
    if (this.classes.unify(one.type, other.type)) return;
    const related = [this.classes.evidenceOf(one.type), this.classes.evidenceOf(other.type)].filter(
      (evidence) => evidence !== undefined && !isWithin(evidence.span, span),
    );
    this.diagnostics.push(
      diagnostic('DED202', `${one.name} is ${article(ours!)}, but ${other.name} is ${article(theirs!)}`, {
        span,
        related: related.filter((evidence) => evidence !== undefined),
        expected: article(theirs!),
        hint: hintFor(ours!, theirs!),
      }),
    );
  }
}

function integerBecause(message: string, span: SourceSpan): { message: string; span: SourceSpan } {
  return { message, span };
}

function locationBecause({ end, atom }: MessageEnd): { message: string; span: SourceSpan } {
  const message =
    end === 'destination'
      ? `${atom.relation} is a message to its first column here`
      : `messages come from the first column of ${atom.relation} here`;
  return { message, span: atom.span };
}

function isWithin(inner: SourceSpan, outer: SourceSpan): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

function hintFor(ours: ColumnType, theirs: ColumnType): string | undefined {
  return ours === 'location' || theirs === 'location'
    ? 'a location is where a message goes to or comes from: a string that names a node'
    : undefined;
}

function article(type: ColumnType): string {
  return type === 'integer' ? 'an integer' : `a ${type}`;
}

/** As Dedalus writes it, cut short where it is long. */
function nameOf(term: Term | Aggregate): string {
  const text = printHeadTerm(term);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
