/** The golden ratio less one: no other step spreads its multiples, modulo 1, as evenly. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

interface Drawn<Item> {
  readonly item: Item;
  /** Below 1. */
  readonly lot: number;
}

/**
 * Some of what comes by, spread evenly over all of it, however much that will be; all of it where it is little. Which
 * is not left to chance, nor in step with what repeats itself.
 */
export class EvenSample<Item> {
  private kept: Drawn<Item>[] = [];
  private seen = 0;
  private share = 1;

  /** @param most how many to keep */
  constructor(private readonly most: number) {}

  offer(item: Item): void {
    const lot = (this.seen++ * GOLDEN) % 1;
    if (lot >= this.share) return;
    this.kept.push({ item, lot });
    while (this.kept.length > this.most) {
      this.share /= 2;
      this.kept = this.kept.filter((drawn) => drawn.lot < this.share);
    }
  }

  /** In an order that has little to do with that in which they came. */
  mixed(): readonly Item[] {
    return [...this.kept].sort((a, b) => a.lot - b.lot).map(({ item }) => item);
  }
}
