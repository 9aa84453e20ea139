/**
 * Which rules of a program say what its nodes do, so that another protocol may have others: those that a node can follow
 * by what it has itself, and that have to do with messages. All others say what the protocol is given, or what is asked of
 * it, and a change of them would be a change of the question.
 */
import { CRASH, type Atom, type Program, type Rule, type Term, type Variable } from '../program.js';
import { atomsOf, isPositive, rulesOf } from '../walk.js';

/** What specifications are read by. */
const SPECIFICATION: ReadonlySet<string> = new Set(['pre', 'post', 'always', 'alwaysPost']);

/** A rule that a node follows by itself. */
export interface OwnRule {
  readonly rule: Rule;
  /** The node, as the rule names it. */
  readonly location: Variable;
}

/** In the order of the program. */
export function ownRules(program: Program): readonly OwnRule[] {
  const rules = rulesOf(program);
  const seen = reachedFrom(rules, new Set([CRASH]));
  const received = reachedFrom(
    rules,
    new Set(rules.filter(({ timing }) => timing === 'async').map(({ head }) => head.relation)),
  );
  const sent = leadingToMessages(rules);
  return rules.flatMap((rule) => {
    const { relation } = rule.head;
    if (SPECIFICATION.has(relation) || seen.has(relation)) return [];
    if (!received.has(relation) && !sent.has(relation)) return [];
    const location = locationOf(rule);
    return location === undefined ? [] : [{ rule, location }];
  });
}

/** The variable that is the node of all that a rule reads, and derives unless it sends it; undefined where there is none. */
function locationOf(rule: Rule): Variable | undefined {
  const location = rule.body.find(isPositive)?.terms[0];
  if (location?.kind !== 'variable') return undefined;
  const isHere = (terms: readonly { readonly kind: string }[]) => isVariable(terms[0], location.name);
  if (!atomsOf(rule).every(({ terms }) => isHere(terms))) return undefined;
  return rule.timing === 'async' || isHere(rule.head.terms) ? location : undefined;
}

function isVariable(term: object | undefined, name: string): boolean {
  return term !== undefined && 'name' in term && term.name === name;
}

/** These, and whatever is derived from one of them. */
function reachedFrom(rules: readonly Rule[], from: ReadonlySet<string>): ReadonlySet<string> {
  return closure(from, (known) =>
    rules.flatMap((rule) =>
      atomsOf(rule).some(({ relation }) => known.has(relation)) ? [rule.head.relation] : [],
    ),
  );
}

/** What messages are made of, directly or not. */
function leadingToMessages(rules: readonly Rule[]): ReadonlySet<string> {
  return closure(new Set(), (known) =>
    rules
      .filter(({ timing, head }) => timing === 'async' || known.has(head.relation))
      .flatMap((rule) => atomsOf(rule).map(({ relation }) => relation)),
  );
}

function closure(
  from: ReadonlySet<string>,
  next: (known: ReadonlySet<string>) => readonly string[],
): ReadonlySet<string> {
  const known = new Set(from);
  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const each of next(known)) known.add(each);
  }
  return known;
}

/** Whether a rule only carries what it reads to the next timestep. */
export function carriesOn({ timing, head, body }: Rule): boolean {
  return timing === 'next' && body.some((premise) => isPositive(premise) && isSame(premise, head.terms));

  function isSame({ relation, terms }: Atom, others: Rule['head']['terms']): boolean {
    return relation === head.relation && terms.every((term, place) => isVariableOf(term, others[place]));
  }
}

function isVariableOf(term: Term, other: Rule['head']['terms'][number]): boolean {
  return term.kind === 'variable' && isVariable(other, term.name);
}

/** Relations of which some rule carries facts on as they are, in the order of the program. */
export function carriedRelations(program: Program): readonly string[] {
  const carried = rulesOf(program).filter(carriesOn);
  return [...new Set(carried.map(({ head }) => head.relation))];
}
