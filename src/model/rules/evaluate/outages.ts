/**
 * A program as it runs where nodes may be down for some timesteps and start again, or pause: the same rules, with what becomes
 * of the facts of a node written out as rules and relations of its own, whose names no author can write.
 *
 * - `is down(N)` holds while N is down and will start again. Then no fact holds at N, and no rule fires there.
 * - `is restarted(N)` holds where N starts again.
 * - `is paused(N)` holds while N does nothing, and loses nothing. Then no fact holds at N either, and no rule fires there.
 * - `arriving p`: what rules derive for a node, and messages bring. It holds in `p` where the node is not down, and waits
 *   where it pauses.
 * - `kept p`, of a durable `p`: what its `@next` rules carry, and what it begins with. Where the node is down, that waits.
 * - `given p`, of others: what they begin with, which is so again at each restart.
 *
 * So evaluation, lineage and all that learns from it know of outages nothing but when these hold. To have each of them
 * hold back facts, forget them and bring them back was considered: it is the same four rules, five times.
 */
import type { SourceSpan } from '../../diagnostics/source.js';
import { builtInRelations } from '../check/built-in.js';
import { stratify } from '../check/strata.js';
import {
  type Atom,
  type CheckedProgram,
  type Clause,
  type Fact,
  type Head,
  type Program,
  type RelationSchema,
  type Rule,
  type Term,
  type Timing,
  type Variable,
} from '../program.js';
import { isPositive, positivesOf } from '../walk.js';

/** The relation that holds of a node that is down for a while. */
export const IS_DOWN = 'is down';

/** The relation that holds of a node that starts again. */
export const IS_RESTARTED = 'is restarted';

/** The relation that holds of a node that pauses. */
export const IS_PAUSED = 'is paused';

/** What may happen to nodes. */
export interface Interruptions {
  /** That they are down for a while, and start again. */
  readonly outages: boolean;
  readonly pauses: boolean;
}

const WAYS = ['arriving', 'kept', 'given'] as const;

type Way = (typeof WAYS)[number];

/** Whether a relation is one that only {@link withOutages} makes. */
export function isOfOutages(relation: string): boolean {
  return relation.includes(' ');
}

/** The relation of the author's that one made of it stands for. */
export function shownRelation(relation: string): string {
  const way = WAYS.find((each) => relation.startsWith(`${each} `));
  return way === undefined ? relation : relation.slice(way.length + 1);
}

/** The same program, where there may be outages, or pauses. */
export function withOutages(checked: CheckedProgram, may: Interruptions): CheckedProgram {
  return may.outages || may.pauses ? new Rewriting(checked, may).result() : checked;
}

class Rewriting {
  private readonly durable: ReadonlySet<string>;
  private readonly builtIn: ReadonlySet<string>;
  /** What was made of relations, by its name. */
  private readonly made = new Map<
    string,
    { readonly way: Way; readonly of: RelationSchema; readonly span: SourceSpan }
  >();

  /** What holds of a node at which nothing does. */
  private readonly stills: readonly string[];

  constructor(
    private readonly checked: CheckedProgram,
    private readonly may: Interruptions,
  ) {
    const { program } = checked;
    this.durable = new Set(may.outages ? program.durable?.map(({ relation }) => relation) : []);
    this.stills = [...(may.outages ? [IS_DOWN] : []), ...(may.pauses ? [IS_PAUSED] : [])];
    this.builtIn = new Set(builtInRelations(program).keys());
  }

  result(): CheckedProgram {
    const { kind, program, relations, locations } = this.checked;
    const clauses = program.clauses.flatMap((clause) =>
      clause.kind === 'fact' ? this.fact(clause) : [this.rule(clause)],
    );
    const rules = [...this.made.values()].flatMap(({ way, of, span }) => this.rulesOf(way, of, span));
    const rewritten: Program = { ...program, clauses: [...clauses, ...rules] };
    const schemas = new Map(relations);
    for (const [name, { of }] of this.made) schemas.set(name, { name, columns: of.columns });
    const ofNodes = [...this.stills, ...(this.may.outages ? [IS_RESTARTED] : [])];
    for (const name of ofNodes) schemas.set(name, { name, columns: ['location'] });
    return { kind, program: rewritten, relations: schemas, locations, strataAt: stratify(rewritten) };
  }

  /** Whether facts of a relation are at nodes. */
  private isPlaced(relation: string): boolean {
    return !this.builtIn.has(relation) && this.checked.relations.get(relation)!.columns[0] === 'location';
  }

  private fact(fact: Fact): readonly Clause[] {
    const { relation, time, span } = fact;
    if (!this.isPlaced(relation)) return [fact];
    if (time === 1 && this.durable.has(relation))
      return [{ ...fact, relation: this.make('kept', relation, span) }];
    const arriving = { ...fact, relation: this.make('arriving', relation, span) };
    return time === 1 && this.may.outages
      ? [arriving, { ...fact, relation: this.make('given', relation, span) }]
      : [arriving];
  }

  private rule(rule: Rule): Rule {
    const { head, timing, span } = rule;
    const body = this.firesWhereRunning(rule) ? rule.body : this.guarded(rule);
    if (!this.isPlaced(head.relation) || (timing === 'deductive' && this.holdsWhereRunning(rule)))
      return { ...rule, body };
    const way = timing === 'next' && this.durable.has(head.relation) ? 'kept' : 'arriving';
    return { ...rule, body, head: { ...head, relation: this.make(way, head.relation, span) } };
  }

  /** Whether what a rule reads of its own node is of the timestep at which it fires. */
  private firesWhereRunning(rule: Rule): boolean {
    const [{ relation, terms, time }] = positivesOf(rule);
    const isAtNode = this.checked.relations.get(relation)!.columns[0] === 'location';
    // A wildcard is no one node.
    if (!isAtNode || terms[0].kind === 'wildcard') return true;
    return (time === undefined && this.isPlaced(relation)) || this.readsNow(rule, terms[0]);
  }

  /** Whether a rule derives facts of a node at which it reads something at that timestep. */
  private holdsWhereRunning(rule: Rule): boolean {
    const [node] = rule.head.terms;
    return node.kind !== 'aggregate' && this.readsNow(rule, node);
  }

  private readsNow(rule: Rule, node: Term): boolean {
    return positivesOf(rule).some(
      ({ relation, terms, time }) => time === undefined && this.isPlaced(relation) && isSame(terms[0], node),
    );
  }

  /** The body of a rule that does not fire where its location is down, or pauses. */
  private guarded({ body, span }: Rule): Rule['body'] {
    const [node] = body.find(isPositive)!.terms;
    return [...body, ...this.unlessStill(node, span)];
  }

  private unlessStill(node: Term, span: SourceSpan): readonly Atom[] {
    return this.stills.map((relation) => atom(relation, [node], span, true));
  }

  private make(way: Way, relation: string, span: SourceSpan): string {
    const name = `${way} ${relation}`;
    if (!this.made.has(name)) this.made.set(name, { way, of: this.checked.relations.get(relation)!, span });
    if (way === 'given') this.make('arriving', relation, span);
    return name;
  }

  private rulesOf(way: Way, { name, columns }: RelationSchema, span: SourceSpan): readonly Rule[] {
    const terms = columns.map((_, column) => variable(`X${column + 1}`, span));
    const [node] = terms;
    const source = `${way} ${name}`;
    const derive = (relation: string, timing: Timing, ...premises: readonly Atom[]): Rule => {
      const head: Head = { relation, terms, span };
      return { kind: 'rule', head, timing, body: [atom(source, terms, span), ...premises], span };
    };
    switch (way) {
      case 'arriving':
        return [
          derive(name, 'deductive', ...this.unlessStill(node, span)),
          ...(this.may.pauses ? [derive(source, 'next', atom(IS_PAUSED, [node], span))] : []),
        ];
      case 'kept':
        return [
          derive(name, 'deductive', ...this.unlessStill(node, span)),
          ...this.stills.map((relation) => derive(source, 'next', atom(relation, [node], span))),
        ];
      case 'given':
        return [
          derive(`arriving ${name}`, 'deductive', atom(IS_RESTARTED, [node], span)),
          derive(source, 'next'),
        ];
    }
  }
}

function isSame(a: Term, b: Term): boolean {
  if (a.kind === 'variable') return b.kind === 'variable' && a.name === b.name;
  return a.kind === 'constant' && b.kind === 'constant' && a.value === b.value;
}

function variable(name: string, span: SourceSpan): Variable {
  return { kind: 'variable', name, span };
}

function atom(relation: string, terms: readonly Term[], span: SourceSpan, negated = false): Atom {
  return { kind: 'atom', relation, terms, negated, time: undefined, span };
}
