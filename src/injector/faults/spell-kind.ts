/** What kinds of faults that are spells have alike, whatever it is that goes on. */
import { boundOf, type BoundName, type Bounds } from '../../model/bounds.js';
import { groupBy } from '../../model/group.js';
import { sampleSome } from './few.js';
import type { FaultKind, FaultScope } from './kind.js';
import { tooMany, type Objection } from './notation.js';
import {
  areApart,
  drawSpells,
  eventsOfSpell,
  spellsOf,
  spellsWithin,
  timesFrom,
  type Spell,
} from './spells.js';

/** What such kinds are told apart by. */
export interface SpellTraits<F extends Spell> {
  /** The bound of how many there are, which has their name. */
  readonly bound: BoundName;
  /** What goes on: two spells of the same are apart. */
  readonly same: (fault: F) => string;
  /** The same in words, with the noun for several: `outages of a`. */
  readonly inWords: (fault: F) => string;
  /** The time by which each is over. */
  readonly end: (bounds: Bounds) => number;
  readonly events: (scope: FaultScope) => readonly F[];
}

type SpellKind<F extends Spell> = Pick<
  FaultKind<F>,
  | 'lasting'
  | 'events'
  | 'faults'
  | 'eventsOf'
  | 'faultsOf'
  | 'counts'
  | 'within'
  | 'joins'
  | 'limit'
  | 'truth'
  | 'draw'
  | 'samples'
>;

export function spellKind<F extends Spell>({
  bound,
  same,
  end,
  events,
}: Omit<SpellTraits<F>, 'inWords'>): SpellKind<F> {
  const faults = (scope: FaultScope) =>
    events(scope).flatMap((event) =>
      timesFrom(event.time + 1, end(scope.bounds) + 1).map((until): F => ({ ...event, until })),
    );
  const faultsOf = (some: readonly F[]) => spellsOf(some, (a, b) => same(a) === same(b));
  const limit = (bounds: Bounds) => boundOf(bounds, bound);
  const joins = (fault: F, others: readonly F[], bounds: Bounds) =>
    others.length < limit(bounds) && overlapping(fault, others, same) === undefined;
  const truth = (some: readonly F[]) => {
    const spells = groupBy(some, same);
    return (event: F) =>
      spells.get(same(event))?.some(({ time, until }) => time <= event.time && event.time < until) ?? false;
  };
  return {
    lasting: true,
    events,
    faults,
    eventsOf: eventsOfSpell,
    faultsOf,
    counts: (event) => ({ unless: { ...event, time: event.time - 1, until: event.time } }),
    within: spellsWithin,
    joins,
    limit,
    truth,
    draw: (some, _, most, random) => {
      const rows = [...groupBy(some, same).values()];
      return faultsOf(drawSpells(rows, most, random).toSorted((a, b) => a.time - b.time));
    },
    samples: (scope) => {
      const { bounds } = scope;
      return sampleSome(faults(scope), {
        most: limit(bounds),
        joins: (fault, others) => joins(fault, others, bounds),
        truth,
      });
    },
  };
}

/** Why a spell does not go with others. */
export function objectionToSpell<F extends Spell>({
  bound,
  same,
  inWords,
}: Pick<SpellTraits<F>, 'bound' | 'same' | 'inWords'>) {
  return (fault: F, others: readonly F[], bounds: Bounds): Objection => {
    if (overlapping(fault, others, same) === undefined) return tooMany(bound, bounds);
    const message = `two ${inWords(fault)} overlap, or follow at once`;
    return { code: 'RUN108', message, hint: 'write them as one' };
  };
}

/** One of the same that is not apart from another. */
function overlapping<F extends Spell>(
  fault: F,
  others: readonly F[],
  same: (fault: F) => string,
): F | undefined {
  return others.find((each) => !areApart(fault, each) && same(each) === same(fault));
}
