/** From choices to a well-formed program: bound, well-typed, stratified, and with a specification. */
import type { Clause, DurableRelation, Fact, Program, Rule } from '../../src/model/rules/program.js';
import { locationColumns } from '../judge/locations.js';
import { UnstratifiedError, strataAt } from '../judge/strata.js';
import type { AtomChoice, PostChoice, ProgramChoice, RelationChoice, RuleChoice } from './choices.js';
import { buildFrame, buildRule } from './rules.js';
import type { Vocabulary } from './rules.js';
import { NOWHERE, constant } from './terms.js';
import {
  CRASH,
  DATA_RELATIONS,
  FAULT,
  HIGHEST_LEVEL,
  PEER,
  constantValue,
  specification,
} from './vocabulary.js';
import type { Kind, Relation } from './vocabulary.js';

/** Programs have the first of these. */
export const PROGRAM_NODES: readonly string[] = ['a', 'b', 'c'];

export interface BuiltProgram {
  readonly program: Program;
  readonly nodes: readonly string[];
}

export function buildProgram(choice: ProgramChoice): BuiltProgram {
  const nodes = PROGRAM_NODES.slice(0, choice.size.nodes);
  const { eot } = choice.size.bounds;
  const data = dataRelations(choice);
  const given = choice.seed === undefined ? choice.facts : [choice.seed, ...choice.facts];
  const facts = given.map(({ relation, values, time }) => {
    const { name, columns } = data[relation];
    return fact(
      name,
      columns.map((kind, column) => constantValue(kind, values[column], nodes)),
      Math.min(time, eot),
    );
  });
  const protocol = [...choice.hops.filter((hop) => hop !== undefined), ...choice.rules];
  const heads = protocol.map((rule) => (rule.first.relation + rule.head) % data.length);
  const known = data.filter(
    (_, index) => heads.includes(index) || given.some(({ relation }) => relation === index),
  );
  // What nothing derives is not worth reading: what the first messages mostly derive stands in for it.
  const instead = known.includes(data[1]) ? data[1] : (known[0] ?? PEER);
  const readable = data.map((relation) => (known.includes(relation) ? relation : instead));
  const vocabulary: Vocabulary = { nodes, eot, relations: [...readable, PEER, CRASH, FAULT] };
  const rules = keepStratified(
    [
      ...frames(choice, data, known, vocabulary),
      ...protocol.map((rule, index) => buildRule(rule, data[heads[index]], vocabulary)),
      ...specificationRules(choice, data, vocabulary),
    ],
    eot,
  );
  const beginnings = missingFacts([...facts, ...links(choice, nodes, rules), ...rules], known, nodes);
  const clauses = [...links(choice, nodes, rules), ...facts, ...beginnings, ...rules];
  const kept = durable(choice, known, clauses);
  return { program: { clauses, ...(kept.length > 0 && { durable: kept }) }, nodes };
}

function durable(
  choice: ProgramChoice,
  known: readonly Relation[],
  clauses: readonly Clause[],
): readonly DurableRelation[] {
  const isLocation = locationColumns({ clauses });
  return known
    .filter(
      ({ name }) =>
        isLocation(name, 0) && choice.relations[DATA_RELATIONS.findIndex((each) => each === name)].durable,
    )
    .map(({ name }) => ({ relation: name, span: NOWHERE }));
}

function frames(
  choice: ProgramChoice,
  data: readonly Relation[],
  known: readonly Relation[],
  vocabulary: Vocabulary,
): readonly Rule[] {
  return data.flatMap((relation, index) => {
    const unless = choice.relations[index].frame;
    return unless === undefined || !known.includes(relation)
      ? []
      : [buildFrame(relation, unless, vocabulary)];
  });
}

/**
 * A fact for each relation that could only be derived from itself: it would hold nothing, and where its columns
 * are integers, nothing would say so.
 */
function missingFacts(
  clauses: readonly Clause[],
  known: readonly Relation[],
  nodes: readonly string[],
): readonly Fact[] {
  const derivable = derivableFrom(clauses);
  const missing = known.find(({ name }) => !derivable.has(name));
  if (missing === undefined) return [];
  const { name, columns } = missing;
  const beginning = fact(
    name,
    columns.map((kind) => constantValue(kind, 0, nodes)),
    1,
  );
  return [beginning, ...missingFacts([beginning, ...clauses], known, nodes)];
}

/** The relations of which something would be derived if every check of every rule held. */
function derivableFrom(clauses: readonly Clause[]): ReadonlySet<string> {
  const derivable = new Set([CRASH.name, FAULT.name]);
  for (let size = 0; size < derivable.size;) {
    size = derivable.size;
    for (const clause of clauses) {
      if (clause.kind === 'fact') derivable.add(clause.relation);
      else if (
        clause.body.every(
          (premise) => premise.kind !== 'atom' || premise.negated || derivable.has(premise.relation),
        )
      ) {
        derivable.add(clause.head.relation);
      }
    }
  }
  return derivable;
}

function specificationRules(
  { specification: columns, locationLast, pre, post, relations }: ProgramChoice,
  data: readonly Relation[],
  vocabulary: Vocabulary,
): readonly Rule[] {
  const kinds = columns ?? data[0].columns.slice(1, 2);
  const lasting = (rule: RuleChoice): RuleChoice => ({
    ...rule,
    first: stillThere(rule.first, relations),
    others: rule.others.map((other) => (other.kind === 'atom' ? stillThere(other, relations) : other)),
  });
  const rules = [
    ...pre.map((rule) => buildRule(lasting(rule), specification('pre', kinds), vocabulary)),
    ...post.map((answer) =>
      buildRule(lasting(answerTo(pre[0], answer)), specification('post', kinds), vocabulary),
    ),
  ];
  return locationLast ? rules.map(withLocationLast) : rules;
}

/** No rule reads `pre` or `post`. */
function withLocationLast(rule: Rule): Rule {
  const [location, ...others] = rule.head.terms;
  return { ...rule, head: { ...rule.head, terms: [...others, location] } };
}

/** What does not persist until EOT is read when messages may have brought it there. */
function stillThere(atom: AtomChoice, relations: readonly RelationChoice[]): AtomChoice {
  const fleeting = atom.relation < relations.length && relations[atom.relation].frame === undefined;
  return fleeting ? { ...atom, time: atom.time ?? atom.relation + 1 } : atom;
}

function answerTo({ first, location, slots, linked }: RuleChoice, { echoes, rule }: PostChoice): RuleChoice {
  const later = (atom: AtomChoice): AtomChoice =>
    atom.relation < DATA_RELATIONS.length
      ? { ...atom, relation: (first.relation + atom.relation) % DATA_RELATIONS.length }
      : atom;
  const others = rule.others.map((premise) => (premise.kind === 'atom' ? later(premise) : premise));
  return echoes
    ? { ...rule, first, location, slots, linked, others }
    : { ...rule, first: later(rule.first), others };
}

function dataRelations(choice: ProgramChoice): readonly Relation[] {
  let level = 0;
  let columns: readonly Kind[] = ['small'];
  return DATA_RELATIONS.map((name, index) => {
    const { columns: own, climbs } = choice.relations[index];
    columns = own ?? columns;
    if (climbs) level = Math.min(level + 1, HIGHEST_LEVEL);
    return { name, columns: ['node', ...columns], level };
  });
}

function fact(relation: string, values: readonly (string | number)[], time: number): Fact {
  return { kind: 'fact', relation, terms: values.map(constant), time, span: NOWHERE };
}

/** Every node knows every other for ever, where a rule asks. */
function links(
  choice: ProgramChoice,
  nodes: readonly string[],
  rules: readonly Rule[],
): readonly (Fact | Rule)[] {
  const read = rules.some(({ body }) =>
    body.some((premise) => premise.kind === 'atom' && premise.relation === PEER.name),
  );
  if (!read) return [];
  const pairs = nodes.flatMap((from) => nodes.map((to) => [from, to]));
  const linked = pairs.filter(([from, to]) => from !== to || choice.selfLinks);
  const frame = buildFrame(PEER, [], { nodes, eot: choice.size.bounds.eot, relations: [] });
  return [...linked.map((pair) => fact(PEER.name, pair, 1)), frame];
}

/**
 * Levels stratify whatever is read at the rule's own time. What is negated at an absolute time was chosen
 * freely; it stays where it closes no cycle through negation.
 */
function keepStratified(rules: readonly Rule[], eot: number): readonly Rule[] {
  const untimed = rules.map(withoutTimedNegation);
  return rules.reduce((kept, rule, index) => {
    const candidate = kept.with(index, rule);
    return isStratified(candidate, eot) ? candidate : kept;
  }, untimed);
}

function withoutTimedNegation(rule: Rule): Rule {
  if (rule.timing !== 'deductive') return rule;
  return {
    ...rule,
    body: rule.body.filter(
      (premise) => !(premise.kind === 'atom' && premise.negated && premise.time !== undefined),
    ),
  };
}

function isStratified(rules: readonly Rule[], eot: number): boolean {
  try {
    for (let time = 1; time <= eot; time++) strataAt({ clauses: rules }, time);
    return true;
  } catch (error) {
    if (error instanceof UnstratifiedError) return false;
    throw error;
  }
}
