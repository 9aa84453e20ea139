/** What a Dedalus program exercises: a fuzzer shows by it that it does what it claims. */
import type { Atom, Premise, Program, Rule, Term } from '../../../src/model/rules/program.js';

/** A premise of a rule, as an edge between relations. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rule: Rule;
  readonly atom: Atom;
}

const FEATURES: Readonly<Record<string, (rules: readonly Rule[]) => boolean>> = {
  'a message': (rules) => rules.some(({ timing }) => timing === 'async'),
  'a message that follows from a message': isMultiHop,
  'recursion within a timestep': (rules) =>
    onCycle(edgesOf(rules).filter(({ rule, atom }) => rule.timing === 'deductive' && isNow(atom))).length > 0,
  'an aggregate': (rules) => rules.some(({ head }) => head.terms.some(({ kind }) => kind === 'aggregate')),
  'a relation that depends on its own absence through time': (rules) =>
    onCycle(edgesOf(rules)).some(({ atom }) => atom.negated),
  negation: (rules) => atomsOf(rules).some(({ negated }) => negated),
  arithmetic: (rules) => rules.some((rule) => termsOf(rule).some(({ kind }) => kind === 'arithmetic')),
  'a comparison': (rules) => rules.some(({ body }) => body.some(({ kind }) => kind === 'comparison')),
  'an absolute time': (rules) => atomsOf(rules).some(({ time }) => time !== undefined),
  'a wildcard': (rules) => atomsOf(rules).some(({ terms }) => terms.some(({ kind }) => kind === 'wildcard')),
  'a fault by name': (rules) => atomsOf(rules).some(({ relation }) => relation === 'fault'),
  'what is read at every time': (rules) => rules.some(({ head }) => head.relation === 'always'),
  'who has crashed': (rules) => atomsOf(rules).some(({ relation }) => relation === 'crash'),
};

export const DEDALUS_FEATURES: readonly string[] = Object.keys(FEATURES);

export function featuresOfProgram({ clauses }: Program): readonly string[] {
  const rules = clauses.filter((clause) => clause.kind === 'rule');
  return DEDALUS_FEATURES.filter((name) => FEATURES[name](rules));
}

/** What came as a message has a part in what is sent on. */
function isMultiHop(rules: readonly Rule[]): boolean {
  const edges = edgesOf(rules);
  const sent = edges.filter(({ rule }) => rule.timing === 'async');
  return sent.some(({ to }) => {
    const reached = reachedFrom(to, edges);
    return sent.some(({ from }) => reached.has(from));
  });
}

function isNow({ time }: Atom): boolean {
  return time === undefined;
}

function atomsIn(body: readonly Premise[]): readonly Atom[] {
  return body.filter((premise) => premise.kind === 'atom');
}

function atomsOf(rules: readonly Rule[]): readonly Atom[] {
  return rules.flatMap(({ body }) => atomsIn(body));
}

function edgesOf(rules: readonly Rule[]): readonly Edge[] {
  return rules.flatMap((rule) =>
    atomsIn(rule.body).map((atom): Edge => ({ from: atom.relation, to: rule.head.relation, rule, atom })),
  );
}

function onCycle(edges: readonly Edge[]): readonly Edge[] {
  return edges.filter(({ from, to }) => reachedFrom(to, edges).has(from));
}

/** The relation itself included. */
function reachedFrom(relation: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set([relation]);
  // A set goes on with what is added to it.
  for (const each of reached) for (const { from, to } of edges) if (from === each) reached.add(to);
  return reached;
}

function termsOf({ head, body }: Rule): readonly Term[] {
  const inHead = head.terms.filter((term) => term.kind !== 'aggregate');
  const inBody = body.flatMap((premise) =>
    premise.kind === 'atom' ? premise.terms : [premise.left, premise.right],
  );
  return [...inHead, ...inBody];
}
