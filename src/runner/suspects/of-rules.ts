/** What a run of rules that violates its specification says of each of them. */
import {
  matchesPattern,
  type FactVertex,
  type Lineage,
  type Vertex,
  type VertexName,
} from '../../lineage/lineage.js';
import {
  placeName,
  suspectsAmong,
  type CodePlace,
  type Statement,
  type Suspect,
  type Suspicion,
} from '../../lineage/suspects.js';
import type { Attempt, WhyNot } from '../../lineage/why-not.js';
import { groupBy } from '../../model/group.js';
import { builtInRelations } from '../../model/rules/check/built-in.js';
import { printRule } from '../../model/rules/print.js';
import type { Program, Rule } from '../../model/rules/program.js';
import { atomsOf, factsOf, positivesOf, rulesOf } from '../../model/rules/walk.js';

/** What is known of a violation by rules. */
export interface RuleCase {
  /** What is asked for: `pre`, or `always`. */
  readonly relation: string;
  readonly program: Program;
  /** Of the run: first what is asked for, then that it is not so. */
  readonly lineage: Lineage;
  /** Why it is not so. */
  readonly lacking: WhyNot;
  readonly needsFaults: boolean;
}

/** @param changed what is on the way from the faults */
export function suspectedRules(changed: readonly Statement[], found: RuleCase): readonly Suspect[] {
  const keeping = rulesOf(found.program).filter(keepsAlone).map(rulePlace).map(placeName);
  // Of the many rules on the way, those nearer to the violation only pass on what went wrong.
  const first = changed.filter(({ evidence }) => evidence.kind === 'changed' && evidence.after <= 1);
  return suspectsAmong(rulePlaces(found), [...first, ...ruleStatements(found)], new Set(keeping));
}

/** Where no fault is needed, what is asked of the protocol may be what is wrong. */
function rulePlaces({ program, needsFaults }: RuleCase): readonly CodePlace[] {
  const specified = ['pre', 'post', 'always', 'alwaysPost'];
  const rules = rulesOf(program).filter(({ head }) => !needsFaults || !specified.includes(head.relation));
  return rules.map(rulePlace);
}

function rulePlace(rule: Rule): CodePlace {
  return { by: printRule(rule), place: rule.span };
}

/** Whether a rule does nothing but keep what there is. */
function keepsAlone(rule: Rule): boolean {
  return rule.timing === 'next' && positivesOf(rule).some(({ relation }) => relation === rule.head.relation);
}

function ruleStatements(found: RuleCase): readonly Statement[] {
  const { program, needsFaults } = found;
  const barred = barring(found);
  if (needsFaults) return [...unfounded(program), ...asking(found), ...resting(found, barred)];
  return [...unfounded(program), ...nearest(found, barred), ...failing(found)];
}

function unfounded(program: Program): readonly Statement[] {
  const rules = rulesOf(program);
  const known = new Set([
    ...rules.map(({ head }) => head.relation),
    ...factsOf(program).map(({ relation }) => relation),
    ...builtInRelations(program).keys(),
  ]);
  return rules.flatMap((rule) => {
    const missing = atomsOf(rule).find(({ relation }) => !known.has(relation));
    if (missing === undefined) return [];
    return [
      {
        ...rulePlace(rule),
        evidence: { kind: 'unfounded', relation: missing.relation },
      },
    ];
  });
}

/** Of the firings that send what is asked for rests on, those that the fewest others come after. */
function asking({ lineage, program, relation }: RuleCase): readonly Statement[] {
  const sending = rulesOf(program).filter(({ timing }) => timing === 'async');
  const names = new Set(sending.map((rule) => placeName(rulePlace(rule))));
  for (const firings of levelsBehind([lineage.goals[0]], lineage)) {
    const found = firings.filter((place) => names.has(placeName(place)));
    if (found.length > 0) return found.map((place) => say(place, { kind: 'asking', relation }));
  }
  return [];
}

/** Facts that `notin` premises want to be absent, each with how many rules lead from what is lacking to it. */
interface Barring {
  readonly fact: VertexName;
  readonly depth: number;
}

function barring({ lineage, lacking }: RuleCase): readonly Barring[] {
  const facts = groupBy(
    [...lineage.vertices].filter(([, { kind }]) => kind === 'fact'),
    ([, vertex]) => factName(vertex as FactVertex),
  );
  return [...attemptsIn(lacking)].flatMap(({ attempt: { failure }, depth }) =>
    failure.kind !== 'present'
      ? []
      : failure.against.flatMap((fact) =>
          (facts.get(factName(fact)) ?? []).map(([name]) => ({
            fact: name,
            depth,
          })),
        ),
  );
}

function factName({ relation, tuple, time }: FactVertex): string {
  return JSON.stringify([relation, tuple, time]);
}

function nearest({ lineage }: RuleCase, barred: readonly Barring[]): readonly Statement[] {
  const least = Math.min(...barred.map(({ depth }) => depth));
  const near = barred.filter(({ depth }) => depth === least).map(({ fact }) => fact);
  const [firings = []] = levelsBehind(near, lineage);
  return firings.map((place) => say(place, { kind: 'barring' }));
}

function resting({ lineage }: RuleCase, barred: readonly Barring[]): readonly Statement[] {
  const all = barred.map(({ fact }) => fact);
  return [...levelsBehind(all, lineage)].flat().map((place) => say(place, { kind: 'against' }));
}

function failing({ lineage, lacking }: RuleCase): readonly Statement[] {
  const vertices = [...lineage.vertices.values()];
  const fired = new Set(vertices.flatMap((vertex) => (vertex.kind === 'firing' ? placeName(vertex) : [])));
  const facts = groupBy(
    vertices.filter((vertex) => vertex.kind === 'fact'),
    ({ relation }) => relation,
  );
  const statements: Statement[] = [];
  for (const { attempt } of attemptsIn(lacking)) {
    if (!fired.has(placeName(attempt))) statements.push(say(attempt, { kind: 'silent' }));
    const premise = forgottenBy(attempt, facts);
    if (premise !== undefined) statements.push(say(attempt, { kind: 'forgotten', premise }));
  }
  return statements;
}

/** The premise that fails, though it held before. */
function forgottenBy(
  { failure }: Attempt,
  facts: ReadonlyMap<string, readonly FactVertex[]>,
): string | undefined {
  if (failure.kind !== 'missing') return undefined;
  const wasSo = failure.missing.some(({ what }) => {
    if (what.kind !== 'absence' || what.of.kind !== 'fact') return false;
    const { of, time } = what;
    return (facts.get(of.relation) ?? []).some((fact) => fact.time < time && matchesPattern(of, fact.tuple));
  });
  return wasSo ? failure.premise.text : undefined;
}

/** All rules that might have made something so, with how many others are on the way to each. */
function* attemptsIn(root: WhyNot): Iterable<{ readonly attempt: Attempt; readonly depth: number }> {
  const pending = [{ tree: root, depth: 0 }];
  for (const { tree, depth } of pending)
    for (const attempt of tree.attempts) {
      yield { attempt, depth };
      if (attempt.failure.kind !== 'missing') continue;
      for (const missing of attempt.failure.missing) pending.push({ tree: missing, depth: depth + 1 });
    }
}

/** The rules that derived facts, then those that derived what these fired on, and so on. What is absent is not followed. */
function* levelsBehind(facts: readonly VertexName[], lineage: Lineage): Iterable<readonly CodePlace[]> {
  const reached = new Set<VertexName>();
  let level = facts;
  while (level.length > 0) {
    const near = new Set(level.filter((name) => !reached.has(name)));
    const firings: CodePlace[] = [];
    const next: VertexName[] = [];
    for (const name of near) {
      reached.add(name);
      const vertex = lineage.vertices.get(name)!;
      const reasons = lineage.because.get(name)!;
      if (vertex.kind === 'firing') {
        firings.push({ by: vertex.by, place: vertex.place });
        next.push(...reasons);
      } else if (isThere(vertex)) for (const reason of reasons) if (!reached.has(reason)) near.add(reason);
    }
    if (firings.length > 0) yield firings;
    level = next;
  }
}

function isThere({ kind }: Vertex): boolean {
  return kind === 'fact' || kind === 'message';
}

function say({ by, place }: CodePlace, evidence: Suspicion): Statement {
  return { by, place, evidence };
}
