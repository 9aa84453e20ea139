/**
 * Repairs: changes of a protocol's own rules with which a whole check certifies it. Every change in one respect is made that
 * is known how to make (`src/model/rules/changes`); most are dropped since a counterexample known breaks them too, or since
 * they keep the protocol from what it did. The others are put to a check, the cheapest first, which certifies one or adds
 * counterexamples that drop more (Solar-Lezama et al., "Combinatorial sketching for finite programs", 2006).
 */
import { assertBounds, type Bounds } from '../../injector/bounds.js';
import { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import { BudgetError } from '../../model/budget-error.js';
import type { Protocol } from '../../model/protocol.js';
import { changed, type ProgramChange } from '../../model/rules/changes/change.js';
import { changesOf } from '../../model/rules/changes/changes.js';
import { carriedRelations } from '../../model/rules/changes/own-rules.js';
import { checkProgram } from '../../model/rules/check/check.js';
import { EvaluationError } from '../../model/rules/evaluate/errors.js';
import type { CheckedProgram } from '../../model/rules/program.js';
import { SolverPool } from '../../solver/pool.js';
import type { SatBackend } from '../../solver/sat.js';
import { check } from '../check.js';
import { protocolKind } from '../kinds/kinds.js';
import type { CheckOptions } from '../options/check.js';
import { protocolFindingOptions } from '../options/common.js';
import { assertOptions, type OptionTable } from '../options/table.js';
import { onSubject } from '../replay.js';
import type { Verdict } from '../result.js';
import type { Subject } from '../subjects/subject.js';
import { askedUnder, comesTo, conductOf, isWithin, type Conduct } from './conduct.js';

/** Options of {@link repair}. */
export interface RepairOptions {
  /** What reports call the scenario; default none. */
  readonly name?: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** The most repairs to find; default 5. */
  readonly limit?: number;
  /** Milliseconds for each check; default as of a check. */
  readonly timeout?: number;
  readonly solver?: SatBackend;
  /** Shared with other checks; default one of its own. */
  readonly pool?: SolverPool;
  /** Told of each repair as soon as it is certified. */
  readonly onFound?: (repair: Repair) => void;
  /** Ends the work when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** A change with which a whole check certifies the protocol, and no less is asked of it. */
export interface Repair {
  readonly change: ProgramChange;
  /** What it takes where nothing fails, more than before: less where it is negative. */
  readonly cost: RepairCost;
}

/** What a repair takes more than the protocol as it was, where nothing fails. */
export interface RepairCost {
  /** From one node to another, up to EOT. */
  readonly messages: number;
  /** Until all that is asked in the end is so; 0 where that was never so. */
  readonly timesteps: number;
}

/** What {@link repair} found. */
export interface RepairResult {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** What a check of the protocol as it is comes to; only what is violated has repairs. */
  readonly verdict: Verdict['kind'];
  /** Fewest messages first, then fewest timesteps, then in the order of changes. */
  readonly repairs: readonly Repair[];
  /** Changes that were made. */
  readonly changes: number;
  /** Those of them that a check came to no verdict of. */
  readonly undecided: number;
  /** Whether there are no more than these, or it is not known, as the limit or the number of checks ended the search. */
  readonly remaining: 'none' | 'unknown';
  /** Whole checks that it took. */
  readonly checks: number;
}

const repairOptions: OptionTable<keyof RepairOptions> = protocolFindingOptions;

/** The most repairs that are found where nobody says how many. */
const LIMIT = 5;

/** Counterexamples that one check tells: each may drop changes, and is run of every one. */
const COUNTEREXAMPLES = 5;

/** Whole checks that are made before the search ends. */
const MOST_CHECKS = 200;

/** Timesteps by which EOT and EFF are later in the check that tells whether a repair only puts things off. */
const LONGER = 2;

/** Faults that are tried one by one to see what the protocol can be asked. */
const MOST_FAULTS = 500;

/**
 * Finds changes of the rules of a protocol with which no admissible fault set violates its specification, each certified by
 * a whole check. What the protocol is given and what is asked of it stays. A change is offered only where the run without
 * faults comes to all that it came to before, and where all can be asked that could be: under no fault, under any single one
 * and under the counterexamples; and not where it violates as soon as EOT and EFF are two timesteps later, so that it would
 * only put things off until nothing fails any more.
 *
 * @throws TypeError where the protocol is not of rules
 * @throws as `check` does
 *
 * @example
 * const { checked } = readDedalusText(`
 *   sends("a", "b")@1; got(B, A)@async :- sends(A, B); kept(B, A) :- got(B, A); kept(B, A)@next :- kept(B, A);
 *   pre(A, B) :- sends(A, B)@1; post(A, B) :- sends(A, B)@1, kept(B, A);`);
 * const { repairs } = await repair(checked!, { nodes: ['a', 'b'], bounds: { eot: 5, eff: 2, crashes: 0 } });
 * for (const { change, cost } of repairs) console.log(change.idea, cost);
 */
export async function repair(protocol: Protocol, options: RepairOptions): Promise<RepairResult> {
  assertOptions('repair', options, repairOptions);
  const program = protocolKind(protocol).program(protocol);
  if (program === undefined) throw new TypeError('only protocols of rules can be repaired');
  const { name = '', nodes, bounds } = options;
  assertBounds(nodes, bounds);
  const search = new Repairing(program, { pool: new SolverPool(), ...options });
  const verdict = await search.begin();
  if (verdict.kind === 'violated') await search.go();
  const { repairs, changes, undecided, remaining, checks } = search;
  return { name, nodes, bounds, verdict: verdict.kind, repairs, changes, undecided, remaining, checks };
}

/** A change that no counterexample known drops. */
interface Candidate {
  readonly change: ProgramChange;
  readonly checked: CheckedProgram;
  readonly cost: RepairCost;
}

class Repairing {
  readonly repairs: Repair[] = [];
  changes = 0;
  undecided = 0;
  checks = 0;
  remaining: RepairResult['remaining'] = 'none';
  private readonly known: FaultSet[] = [];

  constructor(
    private readonly program: CheckedProgram,
    private readonly options: RepairOptions,
  ) {}

  /** The verdict of the protocol as it is. */
  begin(): Promise<Verdict> {
    return this.check(this.program);
  }

  async go(): Promise<void> {
    const { limit = LIMIT, onFound } = this.options;
    const before = this.askedBefore();
    for (const candidate of this.candidates()) {
      if (this.repairs.length >= limit || this.checks >= MOST_CHECKS) {
        this.remaining = 'unknown';
        return;
      }
      if (!this.withstands(candidate.checked)) continue;
      const verdict = await this.check(candidate.checked);
      if (verdict.kind === 'inconclusive') this.undecided++;
      if (verdict.kind !== 'certified' || !this.asks(candidate.checked, before)) continue;
      if (await this.isOutlasted(candidate.checked)) continue;
      const found: Repair = { change: candidate.change, cost: candidate.cost };
      this.repairs.push(found);
      onFound?.(found);
    }
  }

  /** Whether it only puts things off until nothing fails any more: where everything goes on a little longer, it violates. */
  private async isOutlasted(program: CheckedProgram): Promise<boolean> {
    const { bounds } = this.options;
    const { eot, eff } = bounds;
    const longer = { ...bounds, eot: eot + LONGER, eff: eff <= 1 ? eff : eff + LONGER };
    return (await this.verdictOf(program, longer)).kind === 'violated';
  }

  private async check(program: CheckedProgram): Promise<Verdict> {
    const verdict = await this.verdictOf(program, this.options.bounds);
    if (verdict.kind === 'violated') this.known.push(...verdict.counterexamples.map(({ faults }) => faults));
    return verdict;
  }

  private async verdictOf(program: CheckedProgram, bounds: Bounds): Promise<Verdict> {
    const { name = '', nodes, timeout, solver, pool, signal } = this.options;
    this.checks++;
    const options: CheckOptions = {
      name,
      nodes,
      bounds,
      limit: COUNTEREXAMPLES,
      because: false,
      signal,
      ...(pool !== undefined && { pool }),
      ...(timeout !== undefined && { timeout }),
      ...(solver !== undefined && { solver }),
    };
    return (await check(program, options)).verdict;
  }

  /** The cheapest first. */
  private candidates(): readonly Candidate[] {
    const { program, options } = this;
    const { nodes, bounds } = options;
    const outages = (bounds.restarts ?? 0) > 0;
    const all = changesOf(program.program, { nodes: nodes.length, eot: bounds.eot, outages });
    const carried = new Set(carriedRelations(program.program));
    const before = this.conduct(program, carried);
    if (before === undefined) return [];
    return all
      .flatMap((change) => this.candidate(change, carried, before) ?? [])
      .toSorted((a, b) => compareCosts(a.cost, b.cost));
  }

  private candidate(
    change: ProgramChange,
    carried: ReadonlySet<string>,
    before: Conduct,
  ): Candidate | undefined {
    this.options.signal?.throwIfAborted();
    const { checked } = checkProgram(changed(this.program.program, change));
    if (checked === undefined) return undefined;
    this.changes++;
    if (!this.withstands(checked)) return undefined;
    const conduct = this.conduct(checked, carried);
    if (conduct?.settled === undefined || !comesTo(conduct, before)) return undefined;
    const messages = conduct.messages - before.messages;
    const timesteps = conduct.settled - (before.settled ?? conduct.settled);
    return { change, checked, cost: { messages, timesteps } };
  }

  private conduct(program: CheckedProgram, carried: ReadonlySet<string>): Conduct | undefined {
    return this.on(program, (subject) => conductOf(subject, carried));
  }

  /** Whether no counterexample known is one of it. */
  private withstands(program: CheckedProgram): boolean {
    const violates = (subject: Subject) => this.known.some((faults) => isViolated(subject.outcome(faults)));
    return this.on(program, (subject) => !violates(subject)) ?? false;
  }

  private asks(program: CheckedProgram, before: ReadonlySet<string>): boolean {
    return this.on(program, (subject) => isWithin(before, askedUnder(subject, this.samples()))) ?? false;
  }

  private askedBefore(): ReadonlySet<string> {
    return this.on(this.program, (subject) => askedUnder(subject, this.samples())) ?? new Set();
  }

  private samples(): readonly FaultSet[] {
    const { nodes, bounds } = this.options;
    const single = new FaultSpace(nodes, bounds).faults.slice(0, MOST_FAULTS).map((fault) => [fault]);
    return [[], ...single, ...this.known];
  }

  /** Undefined where a program cannot be run, or would take too much. */
  private on<Value>(program: CheckedProgram, work: (subject: Subject) => Value): Value | undefined {
    const { nodes, bounds } = this.options;
    try {
      return onSubject('repair', program, { nodes, bounds }, [], work);
    } catch (error) {
      if (error instanceof EvaluationError || error instanceof BudgetError) return undefined;
      throw error;
    }
  }
}

/** What saves something is no better than what costs nothing: most often, it leaves something out. */
function compareCosts(a: RepairCost, b: RepairCost): number {
  return (
    Math.max(0, a.messages) - Math.max(0, b.messages) || Math.max(0, a.timesteps) - Math.max(0, b.timesteps)
  );
}
