/** From choices to a well-formed program: bound, well-typed, stratified, and with a specification. */
import type { Fact, Program, Rule } from '../../src/model/program.js';
import { UnstratifiedError, strataAt } from '../judge/strata.js';
import type { FactChoice, ProgramChoice } from './choices.js';
import { buildFrame, buildRule } from './rules.js';
import type { Vocabulary } from './rules.js';
import { NOWHERE, constant } from './terms.js';
import { CRASH, DATA_RELATIONS, HIGHEST_LEVEL, PEER, constantValue, specification } from './vocabulary.js';
import type { Kind, Relation } from './vocabulary.js';

const NODES = ['a', 'b', 'c'];

export interface BuiltProgram {
  readonly program: Program;
  readonly nodes: readonly string[];
}

export function buildProgram(choice: ProgramChoice): BuiltProgram {
  const nodes = NODES.slice(0, choice.size.nodes);
  const data = dataRelations(choice);
  const vocabulary: Vocabulary = { nodes, eot: choice.size.bounds.eot, relations: [...data, PEER, CRASH] };
  const facts = choice.facts.map((fact) => buildFact(fact, data[fact.relation], vocabulary));
  const rules = protocolRules(choice, data, vocabulary).concat(specificationRules(choice, data, vocabulary));
  const known = new Set([
    ...facts.map(({ relation }) => relation),
    ...rules.map(({ head }) => head.relation),
  ]);
  const frames = data.flatMap((relation, index) => {
    const unless = choice.relations[index].frame;
    return unless === undefined || !known.has(relation.name)
      ? []
      : [buildFrame(relation, unless, vocabulary)];
  });
  const stratified = keepStratified([...frames, ...rules], vocabulary.eot);
  return { program: { clauses: [...links(choice, nodes, stratified), ...facts, ...stratified] }, nodes };
}

function protocolRules(
  { opening, rules }: ProgramChoice,
  data: readonly Relation[],
  vocabulary: Vocabulary,
): readonly Rule[] {
  const all = opening === undefined ? rules : [opening, ...rules];
  return all.map((rule) =>
    buildRule(rule, data[(rule.first.relation + rule.head) % data.length], vocabulary),
  );
}

function specificationRules(
  { specification: columns, pre, post }: ProgramChoice,
  data: readonly Relation[],
  vocabulary: Vocabulary,
): readonly Rule[] {
  const kinds = columns ?? data[0].columns.slice(1, 2);
  const { first, location, slots, linked } = pre[0];
  const answers = post.map(({ echoes, rule }) =>
    echoes ? { ...rule, first, location, slots, linked } : rule,
  );
  return [
    ...pre.map((rule) => buildRule(rule, specification('pre', kinds), vocabulary)),
    ...answers.map((rule) => buildRule(rule, specification('post', kinds), vocabulary)),
  ];
}

function dataRelations(choice: ProgramChoice): readonly Relation[] {
  let level = 0;
  let columns: readonly Kind[] = ['word'];
  return DATA_RELATIONS.map((name, index) => {
    const { columns: own, climbs } = choice.relations[index];
    columns = own ?? columns;
    if (climbs) level = Math.min(level + 1, HIGHEST_LEVEL);
    return { name, columns: ['node', ...columns], level };
  });
}

function buildFact(choice: FactChoice, relation: Relation, { nodes, eot }: Vocabulary): Fact {
  const values = relation.columns.map((kind, column) => constantValue(kind, choice.values[column], nodes));
  return fact(relation.name, values, Math.min(choice.time, eot));
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
