/** Rules of random programs: each choice becomes a rule that is bound, well-typed and stratified by level. */
import type { Aggregate, Atom, Comparison, Premise, Rule, Term } from '../../src/model/rules/program.js';
import type { AtomChoice, ComparisonChoice, RuleChoice } from './choices.js';
import { NOWHERE, WILDCARD, aggregateTerm, boundVariable, constant, valueTerm, variable } from './terms.js';
import type { Scope } from './terms.js';
import { KINDS, PEER, constantValue, variableName } from './vocabulary.js';
import type { Kind, Relation } from './vocabulary.js';

export interface Vocabulary {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** What bodies may read, in the order that choices index: data relations, `peer`, `crash`, `fault`. */
  readonly relations: readonly Relation[];
}

/** A positive atom that has found its relation. */
interface Reading {
  readonly atom: AtomChoice;
  readonly relation: Relation;
}

export function buildRule(choice: RuleChoice, head: Relation, vocabulary: Vocabulary): Rule {
  const timing = choice.timing;
  const aggregated = choice.aggregate !== undefined && (timing !== 'deductive' || head.level > 0);
  const ceiling = timing === 'deductive' ? head.level - (aggregated ? 1 : 0) : Infinity;
  const positives = readings(choice, ceiling, vocabulary);
  const scope = scopeOf(positives);
  const atoms = positives.map((reading) => positiveAtom(reading, scope, vocabulary));
  const negationCeiling = timing === 'deductive' ? head.level - 1 : Infinity;
  const checks = choice.others
    .map((other) => check(other, negationCeiling, scope, vocabulary))
    .filter((premise) => premise !== undefined);
  const body = choice.checksFirst ? [...checks, ...atoms] : [...atoms, ...checks];
  // Arithmetic in a recursive rule could make new integers for ever.
  const grows = timing !== 'deductive' || positives.every(({ relation }) => relation.level < head.level);
  const terms = headTerms(choice, head, scope, grows, vocabulary);
  const columns = aggregated ? withAggregate(terms, choice, head, scope) : terms;
  return {
    kind: 'rule',
    head: { relation: head.name, terms: columns, span: NOWHERE },
    timing,
    body,
    span: NOWHERE,
  };
}

/** What persists, until what `unless` reads holds. */
export function buildFrame(relation: Relation, unless: readonly AtomChoice[], vocabulary: Vocabulary): Rule {
  const terms = relation.columns.map((kind, column) => variable(variableName(kind, column)));
  const scope = new Map(KINDS.map((kind) => [kind, namesOf(relation, kind)]));
  const stops = unless.map((atom) =>
    negatedAtom(atom, vocabulary.relations[atom.relation], scope, vocabulary),
  );
  const body = [positive(relation, terms), ...stops];
  return {
    kind: 'rule',
    head: { relation: relation.name, terms, span: NOWHERE },
    timing: 'next',
    body,
    span: NOWHERE,
  };
}

function namesOf(relation: Relation, kind: Kind): readonly string[] {
  return relation.columns.flatMap((of, column) => (of === kind ? [variableName(kind, column)] : []));
}

function readings(choice: RuleChoice, ceiling: number, vocabulary: Vocabulary): readonly Reading[] {
  const atoms = [choice.first, ...(choice.linked ? [LINK] : []), ...choice.others];
  const links = vocabulary.relations.indexOf(PEER);
  return atoms.flatMap((atom) => {
    if (atom.kind === 'comparison' || atom.negated) return [];
    const relation = readable(atom === LINK ? links : atom.relation, ceiling, vocabulary);
    return [{ atom, relation }];
  });
}

const LINK: AtomChoice = {
  kind: 'atom',
  relation: 0,
  negated: false,
  time: undefined,
  location: { kind: 'variable', index: 0 },
  slots: [{ kind: 'variable', index: 1 }],
};

/** The relation at the index, or another where that one is above the ceiling; `peer`, `crash` and `fault` never are. */
function readable(index: number, ceiling: number, { relations }: Vocabulary): Relation {
  if (relations[index].level <= ceiling) return relations[index];
  const candidates = relations.filter(({ level }) => level <= ceiling);
  return candidates[index % candidates.length];
}

function slotAt(atom: AtomChoice, column: number): AtomChoice['location'] {
  return column === 0 ? atom.location : atom.slots[(column - 1) % atom.slots.length];
}

function scopeOf(positives: readonly Reading[]): Scope {
  const scope = new Map<Kind, string[]>(KINDS.map((kind) => [kind, []]));
  for (const { atom, relation } of positives) {
    relation.columns.forEach((kind, column) => {
      const slot = slotAt(atom, column);
      if (slot.kind !== 'variable') return;
      const names = scope.get(kind)!;
      const name = variableName(kind, slot.index);
      if (!names.includes(name)) names.push(name);
    });
  }
  return scope;
}

function positiveAtom({ atom, relation }: Reading, scope: Scope, vocabulary: Vocabulary): Atom {
  const terms = relation.columns.map((kind, column): Term => {
    const slot = slotAt(atom, column);
    return slot.kind === 'wildcard' ? WILDCARD : valueTerm(slot, kind, scope, vocabulary.nodes);
  });
  return { ...positive(relation, terms), time: timeOf(atom, vocabulary) };
}

function positive(relation: Relation, terms: readonly Term[]): Atom {
  return { kind: 'atom', relation: relation.name, terms, negated: false, time: undefined, span: NOWHERE };
}

function timeOf(atom: AtomChoice, { eot }: Vocabulary): number | undefined {
  return atom.time === undefined ? undefined : Math.min(atom.time, eot);
}

function check(
  choice: AtomChoice | ComparisonChoice,
  ceiling: number,
  scope: Scope,
  vocabulary: Vocabulary,
): Premise | undefined {
  if (choice.kind === 'comparison') return comparison(choice, scope, vocabulary);
  if (!choice.negated) return undefined;
  // At an absolute time the order of derivation is another; `build.ts` drops what has none.
  const relation = readable(choice.relation, choice.time === undefined ? ceiling : Infinity, vocabulary);
  return negatedAtom(choice, relation, scope, vocabulary);
}

/** What is not bound becomes a wildcard. */
function negatedAtom(atom: AtomChoice, relation: Relation, scope: Scope, vocabulary: Vocabulary): Atom {
  const terms = relation.columns.map((kind, column): Term => {
    const slot = slotAt(atom, column);
    if (slot.kind === 'wildcard') return WILDCARD;
    if (slot.kind === 'variable') return boundVariable(scope, kind, slot.index) ?? WILDCARD;
    return valueTerm(slot, kind, scope, vocabulary.nodes);
  });
  return { ...positive(relation, terms), negated: true, time: timeOf(atom, vocabulary) };
}

/** Over the kind asked for, or another of which something is bound. */
function comparison(choice: ComparisonChoice, scope: Scope, vocabulary: Vocabulary): Comparison | undefined {
  const kind = [choice.of, ...KINDS].find((candidate) => scope.get(candidate)!.length > 0);
  if (kind === undefined) return undefined;
  const left = valueTerm(choice.left, kind, scope, vocabulary.nodes);
  const other = valueTerm(choice.right, kind, scope, vocabulary.nodes);
  const same = left.kind === 'variable' && other.kind === 'variable' && left.name === other.name;
  const right = same ? constant(constantValue(kind, 0, vocabulary.nodes)) : other;
  return { kind: 'comparison', operator: choice.operator, left, right, span: NOWHERE };
}

function headTerms(
  choice: RuleChoice,
  head: Relation,
  scope: Scope,
  grows: boolean,
  vocabulary: Vocabulary,
): readonly Term[] {
  const destination = choice.location + (choice.linked ? 1 : 0);
  return head.columns.map((kind, column): Term => {
    if (column === 0) {
      return (
        boundVariable(scope, 'node', destination) ??
        constant(constantValue('node', destination, vocabulary.nodes))
      );
    }
    const slot = choice.slots[column - 1];
    const still =
      slot.kind === 'arithmetic' && !grows ? { kind: 'variable' as const, index: slot.index } : slot;
    return valueTerm(still, kind, scope, vocabulary.nodes);
  });
}

/** An aggregate in one column, if one fits. */
function withAggregate(
  terms: readonly Term[],
  choice: RuleChoice,
  head: Relation,
  scope: Scope,
): readonly (Term | Aggregate)[] {
  const { column: wanted, pick } = choice.aggregate!;
  if (head.columns.length === 1) return terms;
  // Only a column of totals can hold a sum or a count.
  const totals = head.columns.indexOf('total');
  const column = totals === -1 ? 1 + (wanted % (head.columns.length - 1)) : totals;
  const aggregate = aggregateTerm(pick, head.columns[column], scope);
  if (aggregate === undefined) return terms;
  return (terms as readonly (Term | Aggregate)[]).with(column, aggregate);
}
