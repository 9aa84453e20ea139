/**
 * Hitting sets, least first: the sets of protections under which no counterexample known so far is one. What is to be hit is
 * found as it goes on (Reiter, "A theory of diagnosis from first principles", 1987; Davies & Bacchus, "Solving MAXSAT by
 * solving a sequence of simpler SAT instances", 2011).
 *
 * Where messages are protected, this is more than hitting. A fault that takes a message away takes others with it, so that
 * to protect one lets others be lost alone, and may break what was well: a counterexample under protected messages says
 * nothing of sets with fewer of them. So it is with partitions, each of which takes several links with it.
 */
import { inTime } from '../../model/world.js';
import type { Message } from '../../injector/run.js';
import {
  protectionName,
  protectionsAgainst,
  protectionsSparedBy,
  type Protection,
} from '../../injector/protections.js';
import { LeastModels } from '../../solver/least.js';
import type { Literal, SatSolver } from '../../solver/sat.js';
import type { Counterexample } from '../result.js';

export class HittingSets {
  private readonly literals: ReadonlyMap<string, Literal>;
  private readonly protections: ReadonlyMap<Literal, Protection>;
  private readonly models: LeastModels;
  /** No set that is left has fewer. */
  private fewest = 0;

  /** @param protections that there are; of as many, those that come first are the lesser */
  constructor(
    protections: readonly Protection[],
    private readonly solver: SatSolver,
  ) {
    this.protections = new Map(protections.map((protection) => [solver.newVariable(), protection]));
    this.literals = new Map(
      [...this.protections].map(([literal, protection]) => [protectionName(protection), literal]),
    );
    const order = [...this.protections.keys()];
    this.models = new LeastModels(solver, {
      primary: order,
      secondary: [],
      order,
    });
  }

  /** The fewest protections that hit all, of those the first in order; undefined where nothing does. */
  least(): readonly Protection[] | undefined {
    const result = this.models.find({ atLeast: this.fewest });
    if (result.kind !== 'found') return undefined;
    this.fewest = result.literals.length;
    return result.literals.map((literal) => this.protections.get(literal)!);
  }

  /**
   * From now on, protections under which this counterexample is none: one is against a fault of it, or is of a message that
   * its faults took away or kept; or one of these messages is not protected, or of the links that its faults left alone.
   *
   * @param under the protections that it is a counterexample under
   */
  hit({ faults, run }: Pick<Counterexample, 'faults' | 'run'>, under: readonly Protection[]): void {
    const harmed = run.messages.filter(isHarmed).map(({ name }) => ({ kind: 'message', name }) as const);
    const others = [...harmed, ...faults.flatMap(protectionsAgainst)];
    const spared = new Set(faults.flatMap(protectionsSparedBy).map(protectionName));
    const kept = under.filter((each) => each.kind === 'message' || spared.has(protectionName(each)));
    this.solver.addClause([
      ...new Set([...this.literalsOf(others), ...this.literalsOf(kept).map((literal) => -literal)]),
    ]);
  }

  /** From now on, neither these nor any more. */
  leaveOut(protections: readonly Protection[]): void {
    this.models.excludeAbove(this.literalsOf(protections));
  }

  /** Of those that there are. */
  private literalsOf(protections: readonly Protection[]): readonly Literal[] {
    return protections.flatMap((protection) => this.literals.get(protectionName(protection)) ?? []);
  }
}

/** Whether it did not arrive just in time, though its sender was up. */
function isHarmed({ sent, arrivals, fate }: Message): boolean {
  return fate === 'lost' || arrivals.some((arrival) => arrival !== inTime(sent));
}
