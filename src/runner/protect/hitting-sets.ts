/**
 * Hitting sets, least first: the sets of protections of which each takes a fault away of every counterexample known so far.
 * What is to be hit is found as it goes on (Reiter, "A theory of diagnosis from first principles", 1987; Davies & Bacchus,
 * "Solving MAXSAT by solving a sequence of simpler SAT instances", 2011).
 */
import type { FaultSet } from '../../injector/faults.js';
import { protectionName, protectionsAgainst, type Protection } from '../../injector/protections.js';
import { LeastModels } from '../../solver/least.js';
import type { Literal, SatSolver } from '../../solver/sat.js';

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
    this.models = new LeastModels(solver, { primary: order, secondary: [], order });
  }

  /** The fewest protections that hit all, of those the first in order; undefined where nothing does. */
  least(): readonly Protection[] | undefined {
    const result = this.models.find({ atLeast: this.fewest });
    if (result.kind !== 'found') return undefined;
    this.fewest = result.literals.length;
    return result.literals.map((literal) => this.protections.get(literal)!);
  }

  /** From now on, some protection is against one of these faults. */
  hit(faults: FaultSet): void {
    const names = new Set(faults.flatMap(protectionsAgainst).map(protectionName));
    this.solver.addClause([...names].flatMap((name) => this.literals.get(name) ?? []));
  }

  /** From now on, neither these nor any more. */
  leaveOut(protections: readonly Protection[]): void {
    this.models.excludeAbove(protections.map((protection) => this.literals.get(protectionName(protection))!));
  }
}
