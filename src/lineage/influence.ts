/**
 * Which relations can influence which, and in which direction, by the rules alone: from a relation that is
 * read positively, more facts give more; through a negation, more facts give fewer. An aggregate can go
 * either way. What reaches through an odd number of negations takes facts away by appearing, and brings
 * facts by vanishing.
 */
import type { CheckedProgram, Rule } from '../model/program.js';

/** Of an influence on a relation: `same` where more facts give more, `opposite` where more give fewer. */
export type Direction = 'same' | 'opposite';

export class Influences {
  private readonly rulesOf = new Map<string, Rule[]>();
  private readonly known = new Map<string, ReadonlyMap<string, ReadonlySet<Direction>>>();

  constructor(checked: CheckedProgram) {
    for (const clause of checked.program.clauses) {
      if (clause.kind !== 'rule') continue;
      const rules = this.rulesOf.get(clause.head.relation) ?? [];
      rules.push(clause);
      this.rulesOf.set(clause.head.relation, rules);
    }
  }

  /** Whether a rule sends it to other nodes. */
  isMessage(relation: string): boolean {
    return this.rulesOf.get(relation)?.some((rule) => rule.timing === 'async') ?? false;
  }

  /** The relations that influence `relation`, itself included, and how. */
  on(relation: string): ReadonlyMap<string, ReadonlySet<Direction>> {
    const known = this.known.get(relation);
    if (known !== undefined) return known;
    const found = new Map<string, Set<Direction>>();
    const open: (readonly [string, Direction])[] = [[relation, 'same']];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [name, direction] = next;
      const directions = found.get(name) ?? new Set();
      if (directions.has(direction)) continue;
      found.set(name, directions.add(direction));
      for (const rule of this.rulesOf.get(name) ?? []) open.push(...premiseInfluences(rule, direction));
    }
    this.known.set(relation, found);
    return found;
  }
}

function premiseInfluences(rule: Rule, direction: Direction): readonly (readonly [string, Direction])[] {
  const eitherWay = isAggregating(rule);
  return rule.body.flatMap((premise): readonly (readonly [string, Direction])[] => {
    if (premise.kind !== 'atom') return [];
    const along = premise.negated ? opposite(direction) : direction;
    const forward = [premise.relation, along] as const;
    return eitherWay ? [forward, [premise.relation, opposite(along)]] : [forward];
  });
}

export function isAggregating(rule: Rule): boolean {
  return rule.head.terms.some((term) => term.kind === 'aggregate');
}

export function opposite(direction: Direction): Direction {
  return direction === 'same' ? 'opposite' : 'same';
}
