/**
 * Rules as an answer-set program, in the language of clingo (Gebser et al., "Multi-shot ASP solving with clingo",
 * 2019). Every relation gets the logical timestep for a first column. The world is left to whoever uses them: `time(T)`
 * and `last` for the timesteps, and `arrives(From, To, T)` for what is sent at T and not lost; where messages may be late,
 * `arrives(From, To, T, U)`, U being when. Where nodes may stop in the midst of a timestep, rules say of all messages that a
 * node `sends(From, To, T, Message)`, and the world of which it `lets(From, T, Message)` go; messages are in the order in
 * which they leave.
 */
import { atomsOf, factsOf, isAggregating, isPositive, leavesOf, rulesOf, termsOf } from './walk.js';
import { departurePlaces } from './departure-order.js';
import type {
  Aggregate,
  AggregateFunction,
  CheckedProgram,
  Fact,
  Premise,
  Rule,
  Term,
  Value,
} from './program.js';

/** When messages may arrive. */
export type Arrivals = 'in time' | 'at any time';

/** What messages may come to. */
interface Travel {
  readonly arrivals: Arrivals;
  /** By relation, its place in the order in which messages leave; undefined where all that is sent does. */
  readonly places: ReadonlyMap<string, number> | undefined;
}

/**
 * The clauses, without the full stops that they end in.
 *
 * @param interruptions whether nodes may stop in the midst of a timestep
 */
export function answerSetRules(
  { program }: CheckedProgram,
  arrivals: Arrivals,
  interruptions = false,
): readonly string[] {
  const facts = factsOf(program).map(factClause);
  const rules = rulesOf(program);
  const travel = { arrivals, places: interruptions ? departurePlaces(rules) : undefined };
  const clauses = rules.flatMap((rule, number) =>
    isAggregating(rule) ? aggregatingClauses(rule, number, travel) : plainClauses(rule, travel),
  );
  return [...facts, ...clauses, ...clausesAt(rules)];
}

/** Names of relations may hold what identifiers of clingo must not, and never hold an apostrophe. */
export function answerSetName(relation: string): string {
  return `r_${relation.replaceAll('.', "'dot").replaceAll('?', "'asks").replaceAll(' ', "'of_")}`;
}

/** A string in quotes, an integer as it is. */
export function answerSetValue(value: Value): string {
  if (typeof value === 'number') return String(value);
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function factClause({ relation, terms, time }: Fact): string {
  return `${atomText(relation, String(time), terms.map(termText))} :- time(${time})`;
}

function plainClauses(rule: Rule, travel: Travel): readonly string[] {
  const terms = rule.head.terms.map((term) => termText(term as Term));
  return derivingClauses(rule, SENDER, terms, [bodyText(rule)], travel);
}

/** What a rule derives where its body holds; and of a message, that it is sent. */
function derivingClauses(
  rule: Rule,
  from: string,
  terms: readonly string[],
  body: readonly string[],
  travel: Travel,
): readonly string[] {
  const { arrivals, places } = travel;
  const carried = carrying(rule, from, terms[0], arrivals);
  const head = headText(rule, terms, arrivals);
  const { relation } = rule.head;
  const place = rule.timing === 'async' ? places?.get(relation) : undefined;
  if (place === undefined) return [`${head} :- ${[...body, ...carried].join(', ')}`];
  const message = `message(${place}, ${callText(answerSetName(relation), terms)})`;
  return [
    `sends(${from}, ${terms[0]}, T, ${message}) :- ${body.join(', ')}`,
    `${head} :- ${[...body, ...carried, `lets(${from}, T, ${message})`].join(', ')}`,
  ];
}

/** The bindings of the body's variables, the groups of them, and what the aggregates make of each group. */
function aggregatingClauses(rule: Rule, number: number, travel: Travel): readonly string[] {
  const { terms } = rule.head;
  const variables = [...new Set(rule.body.flatMap(termsOf).flatMap(variableNames))].map(variableText);
  const sender = rule.timing === 'async' ? [SENDER] : [];
  const binding = callText(`binding_${number}`, ['T', ...sender, ...variables]);
  const keys = [...sender, ...terms.flatMap((term) => (isAggregate(term) ? [] : [termText(term)]))];
  const columns = keys.map((_, i) => `G${i}`);
  const group = callText(`group_${number}`, ['T', ...columns]);
  const members = [binding, ...keys.map((key, i) => `G${i} = ${key}`)].join(', ');
  const results = terms.flatMap((term, i) =>
    isAggregate(term) ? aggregateText(term, `A${i}`, [...sender, ...variables], members) : [],
  );
  let column = sender.length;
  const head = terms.map((term, i) => (isAggregate(term) ? `A${i}` : `G${column++}`));
  return [
    `${binding} :- ${bodyText(rule)}`,
    `${callText(`group_${number}`, ['T', ...keys])} :- ${binding}`,
    ...derivingClauses(rule, 'G0', head, [group, ...results], travel),
  ];
}

/** The variable of the node that a message is sent from. */
const SENDER = 'Sender';

/** The variable of when a message arrives. */
const ARRIVAL = 'Arrival';

function headText({ head, timing }: Rule, terms: readonly string[], arrivals: Arrivals): string {
  const later = timing === 'async' && arrivals === 'at any time' ? ARRIVAL : 'T + 1';
  return atomText(head.relation, timing === 'deductive' ? 'T' : later, terms);
}

/** What carries a head to the next timestep: time, and of a message its channel. */
function carrying({ timing }: Rule, from: string, to: string, arrivals: Arrivals): readonly string[] {
  switch (timing) {
    case 'deductive':
      return [];
    case 'next':
      return ['T < last'];
    case 'async':
      return arrivals === 'in time'
        ? ['T < last', `arrives(${from}, ${to}, T)`]
        : [`arrives(${from}, ${to}, T, ${ARRIVAL})`, `${ARRIVAL} <= last`];
  }
}

function bodyText({ body, timing }: Rule): string {
  const location = body.find(isPositive)!;
  const premises = body.map((premise) =>
    // A wildcard there is the sender as well.
    timing === 'async' && premise === location
      ? premiseText({ ...location, terms: location.terms.slice(1) }, [senderText(location.terms[0])])
      : premiseText(premise),
  );
  const { kind } = location.terms[0];
  const sender =
    timing === 'async' && kind !== 'wildcard' ? [`${SENDER} = ${termText(location.terms[0])}`] : [];
  return ['time(T)', ...premises, ...sender].join(', ');
}

function senderText(term: Term): string {
  return term.kind === 'wildcard' ? SENDER : termText(term);
}

function premiseText(premise: Premise, before: readonly string[] = []): string {
  if (premise.kind === 'comparison') {
    const { operator, left, right } = premise;
    return `${termText(left)} ${operator === '==' ? '=' : operator} ${termText(right)}`;
  }
  const { relation, terms, negated, time } = premise;
  const name = time === undefined ? answerSetName(relation) : nameAt(relation, time);
  return `${negated ? 'not ' : ''}${callText(name, ['T', ...before, ...terms.map(termText)])}`;
}

/** A relation as it was at a time, for all who look at it from then on. Nobody sees ahead. */
function nameAt(relation: string, time: number): string {
  return `${answerSetName(relation)}'at${time}`;
}

/** What premises with a time of their own look at, each once. */
function clausesAt(rules: readonly Rule[]): readonly string[] {
  const clauses = rules.flatMap(atomsOf).flatMap(({ relation, terms, time }) => {
    if (time === undefined) return [];
    const columns = terms.map((_, i) => `X${i}`);
    const then = atomText(relation, String(time), columns);
    return [`${callText(nameAt(relation, time), ['T', ...columns])} :- ${then}, time(T), T >= ${time}`];
  });
  return [...new Set(clauses)];
}

/** Binds `result` to what an aggregate makes of the members of a group. */
function aggregateText(
  { function: name, variable }: Aggregate,
  result: string,
  variables: readonly string[],
  members: string,
): readonly string[] {
  const of = (what: 'count' | 'sum' | 'min' | 'max', tuple: readonly string[]) =>
    `#${what} { ${tuple.join(', ')} : ${members} }`;
  const value = variableText(variable.name);
  const texts: Readonly<Record<AggregateFunction, () => readonly string[]>> = {
    count: () => [`${result} = ${of('count', variables)}`],
    sum: () => [`${result} = ${of('sum', [value, ...variables])}`],
    min: () => [`${result} = ${of('min', [value])}`],
    max: () => [`${result} = ${of('max', [value])}`],
    avg: () => [
      `${result}s = ${of('sum', [value, ...variables])}`,
      `${result}n = ${of('count', variables)}`,
      `${result} = ${result}s / ${result}n`,
    ],
  };
  return texts[name]();
}

function termText(term: Term): string {
  switch (term.kind) {
    case 'variable':
      return variableText(term.name);
    case 'wildcard':
      return '_';
    case 'constant':
      return answerSetValue(term.value);
    case 'arithmetic':
      return `(${termText(term.left)} ${term.operator} ${termText(term.right)})`;
  }
}

function variableNames(term: Term): readonly string[] {
  return leavesOf(term).flatMap((leaf) => (leaf.kind === 'variable' ? [leaf.name] : []));
}

/** Variables may be of either case, and hold what relations may. */
function variableText(name: string): string {
  return `V_${name.replaceAll('.', "'dot").replaceAll('?', "'asks")}`;
}

function atomText(relation: string, time: string, terms: readonly string[]): string {
  return callText(answerSetName(relation), [time, ...terms]);
}

function callText(name: string, terms: readonly string[]): string {
  return `${name}(${terms.join(', ')})`;
}

function isAggregate(term: Term | Aggregate): term is Aggregate {
  return term.kind === 'aggregate';
}
