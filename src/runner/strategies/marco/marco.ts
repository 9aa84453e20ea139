/**
 * Enumerates the minimal fault sets that a running system does not survive, with few runs: first every single fault,
 * in the smallest context that shows its call; then large fault sets around one that is not decided, each good one of
 * which decides all within it, and each bad one of which is shrunk to a minimal one. This is the enumeration of minimal
 * unsatisfiable sets (MARCO, see `fault-map.ts`), with a system for an oracle.
 *
 * A run takes seconds, so everything here is about runs; fault sets are looked at as if that cost nothing. What is not
 * run is left out by a rule that has a name, an assumption and a switch (`rules.ts`).
 */
import { compareStrings } from '../../../model/order.js';
import { Undecided } from '../../guard/undecided.js';
import { drawnFaultSets } from './draw.js';
import { largestAround } from './extend.js';
import { Knowledge, type KnowledgeOptions, type SeenCall } from './knowledge.js';
import { mixedFaultSets } from './mixtures.js';
import { shrinkWhere } from './shrink.js';
import {
  faultsKey,
  firedIn,
  inOrderOfPoints,
  type Probing,
  type SystemFaults,
  type SystemRun,
} from './system-run.js';

/** For each test at random. */
const MIXTURES = 2;

export interface MarcoOptions extends KnowledgeOptions {
  /** The most faults of a fault set that is to be decided. */
  readonly faults: number;
  /** The most runs. */
  readonly runs: number;
  /**
   * How many fault sets to run at random in the end though they count as decided, and half of how many mixtures of faults
   * that are alike; fewer where runs end before.
   */
  readonly tests: number;
  readonly seed: number;
}

/** One search. It may be ended at any request; what it has found by then can be read. */
export class Marco {
  readonly knowledge: Knowledge;
  /** Calls that two runs without faults do not agree on, by their points. */
  unstable: readonly string[] = [];
  runs = 0;
  /** How many fault sets were run though they counted as decided. */
  tested = 0;
  /** Whether one of these was not survived. */
  refuted = false;
  /** All fault sets of at most so many faults are decided. */
  covered = -1;
  private readonly waiting: SystemFaults[] = [];
  /** The most faults of a fault set that is run: more than is to be decided for as long as that does no harm. */
  private ceiling = Number.POSITIVE_INFINITY;

  constructor(private readonly options: MarcoOptions) {
    this.knowledge = new Knowledge(options);
  }

  /** Minimal fault sets that are not survived, the smallest first. Of faults that are alike, one stands for all. */
  get badSets(): readonly SystemFaults[] {
    return this.knowledge.map.badSets
      .filter(({ length }) => length <= this.options.faults)
      .sort((a, b) => a.length - b.length || compareStrings(faultsKey(a), faultsKey(b)));
  }

  /** @throws Undecided when it passes its budget of runs */
  *search(): Probing<void> {
    if (!(yield* this.withoutFaults())) return;
    yield* this.singleFaults();
    yield* this.decideAll();
    const { size: refuted } = this.knowledge.refuted;
    yield* this.test();
    // What was decided by rules that do not hold is not.
    if (this.knowledge.refuted.size > refuted) yield* this.decideAll();
  }

  /** Runs the request twice without faults. Whether that is good. @throws Undecided when that passes its budget */
  *withoutFaults(): Probing<boolean> {
    const [first] = yield* this.probe([[]]);
    const [second] = yield* this.probe([[]]);
    this.unstable = differingCalls(first, second);
    this.covered = 0;
    if (first.good && second.good) return true;
    this.knowledge.map.addBad([]);
    return false;
  }

  /** Frees the solver. */
  dispose(): void {
    this.knowledge.map.dispose();
  }

  /** Until all fault sets within the bounds are decided, smaller ones first. */
  private *decideAll(): Probing<void> {
    const { map, refuted } = this.knowledge;
    for (let size = 1; size <= this.options.faults;) {
      const seed = map.undecided(size);
      if (seed === undefined) {
        this.covered = size++;
        continue;
      }
      const before = refuted.size;
      yield* this.decide(seed, size);
      // New calls have faults of their own.
      const hasNew = this.waiting.length > 0;
      yield* this.singleFaults();
      if (hasNew || refuted.size > before) size = 1;
    }
  }

  /** Every fault of calls that were not seen before, and of those that they bring up. */
  private *singleFaults(): Probing<void> {
    while (this.waiting.length > 0) {
      const together = this.waiting.splice(0).filter((faults) => !this.isSettled(faults));
      const runs = yield* this.probe(together);
      for (const run of runs)
        if (!run.good && !this.knowledge.map.hasBadWithin(firedIn(run))) yield* this.shrink(run);
      this.knowledge.mergeAlike();
    }
  }

  private isSettled(faults: SystemFaults): boolean {
    const { map } = this.knowledge;
    if (faults.length > this.options.faults || map.hasBadWithin(faults)) return true;
    return this.knowledge.runUnder(faults) !== undefined || this.isPredictedGood(faults);
  }

  /** Decides a fault set, and with it as many others as can be; or finds a bad one around it. */
  private *decide(seed: SystemFaults, size: number): Probing<void> {
    if (this.isPredictedGood(seed)) return;
    const { knowledge, options } = this;
    const large = options.rules.has('monotone')
      ? largestAround(seed, knowledge, { size, ceiling: this.ceiling })
      : seed;
    if (!(yield* this.isSurvived(large)) || knowledge.map.isSurvived(seed)) return;
    // What is around it may have kept it from firing.
    yield* this.isSurvived(seed);
  }

  private *isSurvived(faults: SystemFaults): Probing<boolean> {
    const known = this.knowledge.runUnder(faults);
    const [run] = known === undefined ? yield* this.probe([faults]) : [known];
    this.knowledge.mergeAlike();
    if (!run.good) yield* this.shrink(run);
    return run.good;
  }

  private isPredictedGood(faults: SystemFaults): boolean {
    const prediction = this.knowledge.predict(faults);
    if (prediction?.good !== true) return false;
    this.knowledge.decideGood(faults, prediction);
    return true;
  }

  /** Finds a minimal fault set within one that is not survived. */
  private *shrink(run: SystemRun): Probing<void> {
    const minimal = yield* shrinkWhere(firedIn(run), (faults) => this.isBad(inOrderOfPoints(faults)));
    this.knowledge.map.addBad(inOrderOfPoints(minimal));
    if (minimal.length > this.options.faults) this.ceiling = this.options.faults;
  }

  private *isBad(faults: SystemFaults): Probing<boolean> {
    const known = this.knowledge.runUnder(faults);
    if (known !== undefined) return !known.good;
    if (this.knowledge.map.isSurvived(faults) || this.isPredictedGood(faults)) return false;
    const [run] = yield* this.probe([faults]);
    return !run.good;
  }

  /** Runs fault sets that count as decided, to see whether the rules are right about them. */
  private *test(): Probing<void> {
    const { tests, runs, seed, faults } = this.options;
    const left = runs - this.runs;
    const mixed = mixedFaultSets(this.knowledge, Math.min(MIXTURES * tests, left));
    const count = Math.min(tests, left - mixed.length);
    const drawn = drawnFaultSets(this.knowledge, { most: faults, seed, count });
    const sets = new Map([...mixed, ...drawn].map((set) => [faultsKey(set), set] as const));
    this.tested = sets.size;
    const tested = yield* this.probe([...sets.values()]);
    // What is shrunk is looked at as it is, where it is against the rule.
    this.knowledge.mergeAlike();
    for (const run of tested) {
      if (run.good || this.knowledge.map.hasBadWithin(firedIn(run))) continue;
      this.refuted = true;
      yield* this.shrink(run);
    }
  }

  /** @throws Undecided */
  private *probe(faultSets: readonly SystemFaults[]): Probing<readonly SystemRun[]> {
    const { runs: most } = this.options;
    const allowed = faultSets.slice(0, Math.max(0, most - this.runs));
    const answered = allowed.length === 0 ? [] : yield allowed;
    this.runs += answered.length;
    for (const [place, run] of answered.entries())
      for (const call of this.knowledge.note(allowed[place], run)) this.await(call, firedIn(run));
    if (allowed.length < faultSets.length) throw new Undecided(`the budget of ${most} runs ended`);
    return answered;
  }

  private await({ point, kinds }: SeenCall, context: SystemFaults): void {
    for (const kind of kinds)
      this.waiting.push(
        inOrderOfPoints([...context.filter((fault) => fault.point !== point), { point, kind }]),
      );
  }
}

function differingCalls(a: SystemRun, b: SystemRun): readonly string[] {
  const of = ({ calls }: SystemRun): ReadonlySet<string> => new Set(calls.map(({ point }) => point));
  const [first, second] = [of(a), of(b)];
  return [...first, ...second].filter((point) => !first.has(point) || !second.has(point));
}
