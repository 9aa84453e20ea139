/**
 * What may come of something, by sets of faults: each possibility once, with how many sets lead to it and by what the
 * smallest of them loses. Equal ones have equal numbers, whatever led to them.
 */
import type { Effort } from './effort.js';
import { NOTHING_LOST, type Losses, type LossesId } from './losses.js';
import { RowTable } from './row-table.js';

/** Names all that may come of something. */
export type AlternativesId = number;

/** Nothing may. */
export const NO_ALTERNATIVES: AlternativesId = 0;

export interface Alternative {
  /** A number that whoever asks gave to it. */
  readonly what: number;
  readonly ways: bigint;
  readonly losses: LossesId;
}

export class Alternatives {
  /** Possibilities one after another: what, ways, losses, and those before. */
  private readonly table = new RowTable(4);
  private readonly lists: (readonly Alternative[])[] = [[]];
  private readonly waysNumbers = new Map<bigint, number>();

  constructor(
    private readonly losses: Losses,
    private readonly effort: Effort,
  ) {}

  get(id: AlternativesId): readonly Alternative[] {
    return this.lists[id];
  }

  /** The one that is so for certain. */
  only(what: number): AlternativesId {
    return this.idOf([{ what, ways: 1n, losses: NOTHING_LOST }]);
  }

  /** Of those that are the same, one is made. */
  idOf(all: readonly Alternative[]): AlternativesId {
    return this.placed(this.merged(all));
  }

  /** The same, where it matters how the ways are to each other, and not how many they are. */
  proportionalIdOf(all: readonly Alternative[]): AlternativesId {
    let merged = this.merged(all);
    while (merged.length > 0 && merged.every(({ ways }) => ways % 2n === 0n))
      merged = merged.map((one) => ({ ...one, ways: one.ways / 2n }));
    return this.placed(merged);
  }

  private merged(all: readonly Alternative[]): readonly Alternative[] {
    this.effort.alternatives += all.length;
    const inOrder = [...all].sort((a, b) => a.what - b.what);
    const merged: Alternative[] = [];
    for (const one of inOrder) {
      const last = merged.at(-1);
      if (last?.what === one.what) merged[merged.length - 1] = this.joined(last, one);
      else merged.push(one);
    }
    return merged;
  }

  private joined(one: Alternative, other: Alternative): Alternative {
    const ways = one.ways + other.ways;
    return {
      what: one.what,
      ways,
      losses: this.losses.fewer(one.losses, other.losses),
    };
  }

  private placed(all: readonly Alternative[]): AlternativesId {
    let id = NO_ALTERNATIVES;
    for (const { what, ways, losses } of all)
      id = 1 + this.table.placeOf(what, this.numberOf(ways), losses, id);
    this.lists[id] ??= all;
    return id;
  }

  private numberOf(ways: bigint): number {
    let number = this.waysNumbers.get(ways);
    if (number === undefined) this.waysNumbers.set(ways, (number = this.waysNumbers.size));
    return number;
  }
}
