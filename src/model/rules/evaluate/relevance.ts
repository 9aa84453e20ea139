/**
 * Which relations can still matter to the goals at each timestep: the goals are read at EOT alone, so a
 * specification's helper relations need not be derived before, nor anything that no message, frame or
 * absolute-time premise carries on.
 *
 * Every rule is looked at once a timestep, and only until a timestep needs what the one after it does: a
 * fixpoint in rounds over all rules takes the square of a chain's length.
 */
import type { Atom, CheckedProgram } from '../program.js';
import { atomsOf, rulesOf } from '../walk.js';

type Relations = ReadonlySet<string>;

/** Up to when which facts are wanted. */
export interface Wanted {
  readonly eot: number;
  /** Relations whose facts at EOT are wanted; undefined for every fact at every time. */
  readonly goals?: readonly string[];
  /** Relations whose facts at every time are wanted beside them; default none. */
  readonly everyTime?: readonly string[];
  /** The most timesteps by which a message may be late; default 0. */
  readonly longestDelay?: number;
}

/** Relations to derive at times 1..eot, by time; undefined `goals` means all relations always matter. */
export function relevantRelations(
  checked: CheckedProgram,
  { eot, goals, everyTime = [], longestDelay = 0 }: Wanted,
): readonly Relations[] {
  if (goals === undefined) {
    const all = new Set(checked.relations.keys());
    return Array.from({ length: eot + 1 }, () => all);
  }
  return new Relevance(checked).upTo(eot, { goals, everyTime }, longestDelay);
}

class Relevance {
  /** What deductive rules read, by the relation that they derive. */
  private readonly now = new Map<string, Atom[]>();
  /** What the rules read that derive a relation for the next timestep. */
  private readonly before = new Map<string, Atom[]>();
  /** Of that, what the rules of messages read. */
  private readonly sent = new Map<string, Atom[]>();
  /** What is read at an absolute time, by that time. */
  private readonly named = new Map<number, Set<string>>();

  constructor({ program }: CheckedProgram) {
    for (const clause of rulesOf(program)) {
      const atoms = atomsOf(clause);
      const readings = clause.timing === 'deductive' ? [this.now] : [this.before];
      if (clause.timing === 'async') readings.push(this.sent);
      for (const reading of readings) {
        const known = reading.get(clause.head.relation);
        if (known === undefined) reading.set(clause.head.relation, [...atoms]);
        else known.push(...atoms);
      }
    }
  }

  upTo(
    eot: number,
    { goals, everyTime }: Required<Pick<Wanted, 'goals' | 'everyTime'>>,
    longestDelay: number,
  ): readonly Relations[] {
    const needed: Relations[] = Array.from({ length: eot + 1 }, () => new Set<string>());
    let wanted: Relations = new Set([...goals, ...everyTime]);
    let last: { readonly wanted: Relations; readonly needs: Needs } | undefined;
    for (let time = eot; time >= 1; time--) {
      const own = this.named.get(time);
      // All absolute times that matter to a timestep are known from the later one that wanted the same.
      const known = own === undefined && last && areEqual(last.wanted, wanted) ? last.needs : undefined;
      const needs = known ?? this.needsOf([...wanted, ...(own ?? [])], time);
      last = this.named.has(time) ? undefined : { wanted, needs };
      needed[time] = needs.needed;
      // A late message was sent before others that hold when it arrives.
      const late = needed
        .slice(time + 1, time + 1 + longestDelay)
        .flatMap((later) => this.sentFor(later, time));
      const more = [...late, ...everyTime];
      wanted = more.length === 0 ? needs.inherited : new Set([...needs.inherited, ...more]);
    }
    return needed;
  }

  private needsOf(relations: readonly string[], time: number): Needs {
    const needed = new Set(relations);
    // A set is gone through in the order of addition, with what is added meanwhile.
    for (const relation of needed) {
      for (const atom of this.now.get(relation) ?? []) {
        if ((atom.time ?? time) === time) needed.add(atom.relation);
        if (atom.time !== undefined && atom.time <= time) this.name(atom.relation, atom.time);
      }
    }
    const inherited = new Set<string>();
    for (const relation of needed) {
      for (const atom of this.before.get(relation) ?? []) {
        if (atom.time === undefined) inherited.add(atom.relation);
        else if (atom.time < time) this.name(atom.relation, atom.time);
      }
    }
    return { needed, inherited };
  }

  /** What messages of some relations rest on that are sent before a time. */
  private sentFor(relations: Relations, time: number): readonly string[] {
    return [...relations].flatMap((relation) =>
      (this.sent.get(relation) ?? []).flatMap((atom) => {
        if (atom.time === undefined) return [atom.relation];
        if (atom.time < time) this.name(atom.relation, atom.time);
        return [];
      }),
    );
  }

  private name(relation: string, time: number): void {
    const known = this.named.get(time);
    if (known === undefined) this.named.set(time, new Set([relation]));
    else known.add(relation);
  }
}

interface Needs {
  /** What matters at a time. */
  readonly needed: Relations;
  /** What matters at the time before it for that reason. */
  readonly inherited: Relations;
}

function areEqual(a: Relations, b: Relations): boolean {
  return a === b || (a.size === b.size && [...a].every((each) => b.has(each)));
}
