/**
 * Keeps facts from being each other's only reason. Within a timestep, rules may derive facts from one another; the
 * first of any such facts to be derived is derived from none of them. So of whatever facts are taken together,
 * one holds only if a rule derives one of them from others (the loop formulas of Lin & Zhao, "ASSAT", 2004). There
 * are too many ways to take some, so that it is required of all, and then of those that were missing from a run.
 */
import type { CheckedProgram, Stratum } from '../../model/rules/program.js';
import type { PresentPremise } from '../../model/rules/evaluate/firing.js';
import type { Literal } from '../../solver/sat.js';
import type { Body } from './bodies.js';
import type { FaultSolver } from '../fault-solver.js';

/** What may derive a fact. */
export interface Way {
  readonly head: Literal;
  /** What it takes, as far as it may be recursive. */
  readonly body: Body;
  /** True only if it does. */
  readonly derives: Literal;
}

/** The facts of a stratum at one time. */
interface Loop {
  readonly members: Set<Literal>;
  readonly ways: Way[];
  /** Sets of members of which it was required, by their literals. */
  readonly required: Set<string>;
}

export class RecursionSupport {
  private readonly loops = new Map<string, Loop>();
  private readonly strata = new Map<string, Stratum | undefined>();

  constructor(
    private readonly checked: CheckedProgram,
    private readonly solver: FaultSolver,
  ) {}

  /** Takes in what may derive a fact; all of it, before anything is learnt. */
  add({ relation, time }: PresentPremise, way: Way): void {
    const stratum = this.stratumOf(relation.name, time);
    if (stratum === undefined) return;
    const name = `${stratum.relations[0]}@${time}`;
    let loop = this.loops.get(name);
    if (loop === undefined)
      this.loops.set(name, (loop = { members: new Set(), ways: [], required: new Set() }));
    loop.members.add(way.head);
    loop.ways.push(way);
  }

  /** @param holds what is true in a run; undefined before any */
  learn(holds?: (literal: Literal) => boolean): void {
    for (const loop of this.loops.values()) {
      const missing = [...loop.members].filter((literal) => holds === undefined || !holds(literal));
      const name = missing.join();
      if (missing.length === 0 || loop.required.has(name)) continue;
      loop.required.add(name);
      this.requireReason(loop, new Set(missing));
    }
  }

  /** Where any of some facts holds, one of them is derived from none of them. */
  private requireReason({ ways }: Loop, together: ReadonlySet<Literal>): void {
    const isFirst = ({ head, body }: Way) =>
      together.has(head) && !body.some((literal) => together.has(literal));
    const first = this.solver.newLiteral();
    this.solver.addClause([-first, ...ways.filter(isFirst).map(({ derives }) => derives)]);
    for (const literal of together) this.solver.addClause([-literal, first]);
  }

  /** The recursive stratum of a relation at a time. */
  private stratumOf(relation: string, time: number): Stratum | undefined {
    const name = `${relation}@${time}`;
    if (!this.strata.has(name)) {
      const found = this.checked.strataAt(time).find(({ relations }) => relations.includes(relation));
      this.strata.set(name, found?.recursive === true ? found : undefined);
    }
    return this.strata.get(name);
  }
}
