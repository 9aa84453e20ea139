/**
 * Which fault sets are decided: a formula over faults whose models are those that are not. It is the map of MARCO
 * (Liffiton, Previti, Malik & Marques-Silva, "Fast, flexible MUS enumeration", Constraints 21, 2016), with a running
 * system in place of the solver that says whether a set is satisfiable.
 */
import { Totalizer } from '../../../solver/cardinality.js';
import type { Literal, SatSolver, SolverFactory } from '../../../solver/sat.js';
import { faultKey, faultsKey, inOrderOfPoints, type SystemFault, type SystemFaults } from './system-run.js';

/** The points of the calls that a run made; undefined stands for all that there are. */
type Called = ReadonlySet<string> | undefined;

/** What decides fault sets; by a run, or because it was predicted. */
export type Decision =
  /** All with these faults are decided. */
  (
    | { readonly kind: 'bad'; readonly faults: SystemFaults }
    /** All within these faults are. */
    | { readonly kind: 'survived'; readonly faults: SystemFaults }
    /** All are that add faults to these at calls that were not made, and at no others. */
    | { readonly kind: 'met'; readonly faults: SystemFaults; readonly called: Called }
  ) & { readonly isPredicted?: boolean };

export class FaultMap {
  private readonly universe = new Map<string, SystemFault>();
  /** Faults that others stand for, by their keys. */
  private readonly standIns = new Map<string, SystemFault>();
  private decisions: Decision[] = [];
  private built: Formula | undefined;

  constructor(private readonly factory: SolverFactory) {}

  /** What decides fault sets, as it was seen. */
  get decided(): readonly Decision[] {
    return this.decisions;
  }

  /** Those that none other stands for. */
  get faults(): readonly SystemFault[] {
    return [...this.universe.values()].filter((fault) => !this.standIns.has(faultKey(fault)));
  }

  /** As they were added, minimal where they were so then; of those that are alike the first. */
  get badSets(): readonly SystemFaults[] {
    const sets = new Map<string, SystemFaults>();
    for (const { kind, faults } of this.decisions) {
      const key = faultsKey(this.canonicalSet(faults));
      if (kind === 'bad' && !sets.has(key)) sets.set(key, faults);
    }
    return [...sets.values()];
  }

  addFault(fault: SystemFault): void {
    this.universe.set(faultKey(fault), fault);
    this.forget();
  }

  /** Takes a fault for decided wherever another is, which is alike. */
  standFor(fault: SystemFault, by: SystemFault): void {
    const key = faultKey(fault);
    const known = this.standIns.get(key);
    if (known !== undefined && faultKey(known) === faultKey(by)) return;
    this.standIns.set(key, by);
    this.forget();
  }

  /** Lets every fault stand for itself again. */
  separate(): void {
    this.standIns.clear();
    this.forget();
  }

  /** The faults that one stands for, itself among them. */
  standingFor(fault: SystemFault): readonly SystemFault[] {
    const key = faultKey(this.canonical(fault));
    return [...this.universe.values()].filter((other) => faultKey(this.canonical(other)) === key);
  }

  /** With those that stand for them in place of faults. */
  canonicalSet(faults: SystemFaults): SystemFaults {
    return this.standIns.size === 0 ? faults : inOrderOfPoints(faults.map((fault) => this.canonical(fault)));
  }

  addBad(faults: SystemFaults): void {
    this.decide({ kind: 'bad', faults });
  }

  addSurvived(faults: SystemFaults, isPredicted: boolean): void {
    this.decide({ kind: 'survived', faults, isPredicted });
  }

  addMet(faults: SystemFaults, called: Called, isPredicted: boolean): void {
    this.decide({ kind: 'met', faults, called, isPredicted });
  }

  /** Takes back what was decided by predictions. */
  retractPredictions(): void {
    this.decisions = this.decisions.filter(({ isPredicted }) => isPredicted !== true);
    this.forget();
  }

  hasBadWithin(faults: SystemFaults): boolean {
    return this.formula().hasBadWithin(this.canonicalSet(faults));
  }

  /** Whether a fault set is decided, and not because of a bad one within it. */
  isSurvived(faults: SystemFaults): boolean {
    return this.formula().isSurvived(this.canonicalSet(faults));
  }

  /** How many sets of so many faults, one of them this and the others among some, were survived; each run counts. */
  timesSurvived(fault: SystemFault, others: SystemFaults, size: number): number {
    return this.formula().timesSurvived(fault, others, size);
  }

  /** A fault set of at most so many faults that is not decided; undefined where all are. @throws SolverError */
  undecided(most: number): SystemFaults | undefined {
    return this.formula().model(most);
  }

  dispose(): void {
    this.forget();
  }

  private canonical(fault: SystemFault): SystemFault {
    return this.standIns.get(faultKey(fault)) ?? fault;
  }

  private decide(decision: Decision): void {
    this.decisions.push(decision);
    this.built?.add({ ...decision, faults: this.canonicalSet(decision.faults) });
  }

  private forget(): void {
    this.built?.dispose();
    this.built = undefined;
  }

  private formula(): Formula {
    if (this.built !== undefined) return this.built;
    this.built = new Formula(this.faults, this.factory.create());
    for (const decision of this.decisions)
      this.built.add({ ...decision, faults: this.canonicalSet(decision.faults) });
    return this.built;
  }
}

/** A variable for each fault, of which one at most is true of each call; and what was decided, to be looked up. */
class Formula {
  private readonly variables: ReadonlyMap<string, Literal>;
  private readonly count: Totalizer;
  private readonly bad: SystemFaults[] = [];
  private readonly survived: ReadonlySet<string>[] = [];
  /** Those that were met and decide nothing but themselves. */
  private readonly alone = new Set<string>();
  private readonly met: {
    readonly fired: SystemFaults;
    readonly keys: ReadonlySet<string>;
    readonly called: ReadonlySet<string>;
  }[] = [];

  constructor(
    private readonly faults: readonly SystemFault[],
    private readonly solver: SatSolver,
  ) {
    this.variables = new Map(faults.map((fault) => [faultKey(fault), solver.newVariable()] as const));
    this.count = new Totalizer(solver, [...this.variables.values()]);
    for (const [place, a] of faults.entries())
      for (const b of faults.slice(place + 1))
        if (a.point === b.point) solver.addClause([-this.literal(a)!, -this.literal(b)!]);
  }

  add(decision: Decision): void {
    const { faults } = decision;
    const keys = new Set(faults.map(faultKey));
    switch (decision.kind) {
      case 'bad':
        this.bad.push(faults);
        this.require(this.negated(faults));
        break;
      case 'survived':
        this.survived.push(keys);
        this.require(this.otherLiterals(keys, undefined));
        break;
      case 'met':
        if (decision.called === undefined) this.alone.add(faultsKey(inOrderOfPoints(faults)));
        else this.met.push({ fired: faults, keys, called: decision.called });
        this.require(this.negated(faults)?.concat(this.otherLiterals(keys, decision.called)));
    }
  }

  hasBadWithin(faults: SystemFaults): boolean {
    const keys = new Set(faults.map(faultKey));
    return this.bad.some((bad) => isWithin(bad, keys));
  }

  isSurvived(faults: SystemFaults): boolean {
    if (this.alone.has(faultsKey(inOrderOfPoints(faults)))) return true;
    if (this.survived.some((survived) => isWithin(faults, survived))) return true;
    const all = new Set(faults.map(faultKey));
    return this.met.some(
      ({ fired, keys, called }) =>
        isWithin(fired, all) &&
        isWithin(
          faults.filter(({ point }) => called.has(point)),
          keys,
        ),
    );
  }

  timesSurvived(fault: SystemFault, others: SystemFaults, size: number): number {
    const key = faultKey(fault);
    const keys = others.map(faultKey);
    return this.survived
      .filter((survived) => survived.has(key))
      .map((survived) => keys.filter((other) => survived.has(other)).length)
      .reduce((sum, shared) => sum + combinations(shared, size - 1), 0);
  }

  model(most: number): SystemFaults | undefined {
    const status = this.solver.solve({ assumptions: this.count.atMost(most) });
    if (status !== 'satisfiable') return undefined;
    return inOrderOfPoints(this.faults.filter((fault) => this.solver.value(this.literal(fault)!)));
  }

  dispose(): void {
    this.solver.dispose();
  }

  /** A clause, where there is one. */
  private require(clause: readonly Literal[] | undefined): void {
    if (clause !== undefined) this.solver.addClause(clause);
  }

  private otherLiterals(keys: ReadonlySet<string>, called: Called): readonly Literal[] {
    return this.faults
      .filter((fault) => !keys.has(faultKey(fault)) && (called?.has(fault.point) ?? true))
      .map((fault) => this.literal(fault)!);
  }

  /** That not all of these are there; undefined where some are none of the faults, and so never all are. */
  private negated(faults: SystemFaults): Literal[] | undefined {
    const literals = faults.flatMap((fault) => this.literal(fault) ?? []);
    return literals.length === faults.length ? literals.map((literal) => -literal) : undefined;
  }

  private literal(fault: SystemFault): Literal | undefined {
    return this.variables.get(faultKey(fault));
  }
}

function isWithin(faults: SystemFaults, keys: ReadonlySet<string>): boolean {
  return faults.every((fault) => keys.has(faultKey(fault)));
}

/** How many sets of `chosen` there are of so many. */
function combinations(many: number, chosen: number): number {
  let count = 1;
  for (let place = 0; place < chosen; place++) count = (count * (many - place)) / (place + 1);
  return count;
}
