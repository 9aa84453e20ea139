/**
 * A program whose messages of some relations always arrive, in time and once, wherever their sender is up: the same
 * program, in which such a message is a fact of the next timestep. So whatever runs programs runs it as it is.
 *
 * Who is up is read from `crash`, and a clock: a crashed node goes on deriving, but what it sends to others does not
 * arrive. Names have a space in them, which no relation of an author has.
 */
import {
  CRASH,
  type Atom,
  type Clause,
  type Head,
  type Program,
  type Rule,
  type Term,
  type Value,
  type Variable,
} from './program.js';
import type { SourceSpan } from '../diagnostics/source.js';
import { isPositive, rulesOf } from './walk.js';

/** The relations of which a program sends messages, each once. */
export function messageRelations(program: Program): readonly string[] {
  const sending = rulesOf(program).filter(({ timing }) => timing === 'async');
  return [...new Set(sending.map(({ head }) => head.relation))];
}

/**
 * @param relations of the messages that always arrive
 * @param eot how long the clock goes
 */
export function withDelivered(
  program: Program,
  relations: ReadonlySet<string>,
  { nodes, eot }: { readonly nodes: readonly string[]; readonly eot: number },
): Program {
  const delivers = (clause: Clause): clause is Rule =>
    clause.kind === 'rule' && clause.timing === 'async' && relations.has(clause.head.relation);
  const first = program.clauses.find(delivers);
  if (first === undefined) return program;
  const durable = new Set(program.durable?.map(({ relation }) => relation));
  const clauses = program.clauses.flatMap((clause, number) =>
    delivers(clause) ? deliver(clause, `sent ${number}`, durable.has(clause.head.relation)) : [clause],
  );
  return {
    ...program,
    clauses: [...clauses, ...downtimes(nodes, eot, first.span)],
  };
}

const CLOCK = 'clock of protected';
const DOWN = 'down of protected';
const SENDER = 'sender of protected';

/**
 * What a rule sends, with its sender, and that it is there at the next timestep unless that is down.
 *
 * @param isDurable whether the relation of the message keeps what rules carry to the next timestep: what arrives it does not
 */
function deliver(rule: Rule, sent: string, isDurable: boolean): readonly Clause[] {
  const { span, head } = rule;
  const { body, sender } = withSender(rule);
  const columns = head.terms.map((_, place) => variable(`column ${place}`, span));
  const relation = isDurable ? `delivered ${head.relation}` : head.relation;
  const arrival: Head = { relation, terms: columns, span };
  const whole: Head = { ...arrival, relation: head.relation };
  const from = variable(SENDER, span);
  const arrive = (...premises: Rule['body']): Rule => ({
    kind: 'rule',
    timing: 'next',
    head: arrival,
    body: premises,
    span,
  });
  return [
    {
      kind: 'rule',
      timing: 'deductive',
      head: { relation: sent, terms: [sender, ...head.terms], span },
      body,
      span,
    },
    arrive(atom(sent, [from, ...columns], span), {
      ...atom(DOWN, [from], span),
      negated: true,
    }),
    // What a node sends to itself arrives in any case.
    arrive(atom(sent, [columns[0], ...columns], span)),
    ...(isDurable
      ? [
          {
            kind: 'rule',
            timing: 'deductive',
            head: whole,
            body: [atom(relation, columns, span)],
            span,
          } as const,
        ]
      : []),
  ];
}

/** The body of a rule, and its location, which gets a name where it has none. */
function withSender({ body, span }: Rule): {
  readonly body: Rule['body'];
  readonly sender: Term;
} {
  const place = body.findIndex(isPositive);
  const located = body[place] as Atom;
  const [sender, ...others] = located.terms;
  if (sender.kind !== 'wildcard') return { body, sender };
  const named = variable(SENDER, span);
  return {
    body: body.with(place, { ...located, terms: [named, ...others] }),
    sender: named,
  };
}

/** By node and time, whether it has crashed. */
function downtimes(nodes: readonly string[], eot: number, span: SourceSpan): readonly Clause[] {
  const [node, now, since] = ['node', 'now', 'since'].map((name) => variable(name, span));
  const constant = (value: Value) => ({ kind: 'constant', value, span }) as const;
  const times = Array.from({ length: eot }, (_, index) => index + 1);
  const ticks = times.flatMap((time) =>
    nodes.map((each): Clause => {
      const terms = [constant(each), constant(time)];
      return { kind: 'fact', relation: CLOCK, terms, time, span };
    }),
  );
  const down: Rule = {
    kind: 'rule',
    timing: 'deductive',
    head: { relation: DOWN, terms: [node], span },
    body: [
      atom(CLOCK, [node, now], span),
      atom(CRASH, [node, node, since], span),
      { kind: 'comparison', operator: '<=', left: since, right: now, span },
    ],
    span,
  };
  return [...ticks, down];
}

function variable(name: string, span: SourceSpan): Variable {
  return { kind: 'variable', name, span };
}

function atom(relation: string, terms: readonly Term[], span: SourceSpan): Atom {
  return {
    kind: 'atom',
    relation,
    terms,
    negated: false,
    time: undefined,
    span,
  };
}
