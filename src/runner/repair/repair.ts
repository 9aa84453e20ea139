/**
 * Repairs: changes of a protocol with which a whole check certifies it. Every change in one respect is made that is known how
 * to make (`src/model/rules/changes`, `src/model/handlers/changes`); most are dropped since a counterexample known breaks them too, or since
 * they keep the protocol from what it did. The others are put to a check, the cheapest first, which certifies one or adds
 * counterexamples that drop more (Solar-Lezama et al., "Combinatorial sketching for finite programs", 2006).
 */
import { assertBounds, type Bounds } from '../../injector/bounds.js';
import { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import { hasOutages } from '../../injector/world.js';
import { BudgetError } from '../../model/budget-error.js';
import { doesAllOf } from '../../model/handlers/changes/change.js';
import type { Protocol } from '../../model/protocol.js';
import { EvaluationError } from '../../model/rules/evaluate/errors.js';
import { SolverPool } from '../../solver/pool.js';
import type { CheckAttempt } from '../check-attempt.js';
import { check } from '../check.js';
import { ProtocolError } from '../failures/protocol-error.js';
import type { ChangedProtocol, ProtocolChange } from '../kinds/kind.js';
import { protocolKind } from '../kinds/kinds.js';
import type { CheckOptions } from '../options/check.js';
import { protocolFindingOptions } from '../options/common.js';
import type { FindingOptions } from '../options/finding.js';
import { assertOptions, type OptionTable } from '../options/table.js';
import { onSubject } from '../replay.js';
import type { Verdict } from '../result.js';
import type { Subject } from '../subjects/subject.js';
import { askedUnder, comesTo, conductOf, isWithin, type Conduct } from './conduct.js';

/** Options of {@link repair}. */
export interface RepairOptions extends FindingOptions<Repair> {
  /** The most repairs to find; default 5. */
  readonly limit?: number;
}

/** A change with which a whole check certifies the protocol, and no less is asked of it. */
export interface Repair {
  readonly change: ProtocolChange;
  /** What it takes where nothing fails, more than before: less where it is negative. */
  readonly cost: RepairCost;
  /**
   * Whether it is known to do more than put things off: a check with EOT and EFF two timesteps later finds nothing either.
   * False where that check comes to no verdict.
   */
  readonly lasts: boolean;
}

/** What a repair takes more than the protocol as it was, where nothing fails. */
export interface RepairCost {
  /** From one node to another, up to EOT. */
  readonly messages: number;
  /** Until all that is asked in the end is so, or nodes show what they show in the end; 0 where that was never so. */
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
  /** Those of them that a check came to no verdict of: within the bounds, or two timesteps longer. */
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
 * Finds changes of a protocol with which no admissible fault set violates its specification, each certified by a whole check:
 * of its rules, or around its handlers. What the protocol is given and what is asked of it stays. A change is offered only where the run without
 * faults comes to all that it came to before, and where all can be asked that could be: under no fault, under any single one
 * and under the counterexamples; and not where it violates as soon as EOT and EFF are two timesteps later, so that it would
 * only put things off until nothing fails any more.
 *
 * @throws as `check` does
 *
 * @example
 * const { checked } = readDedalusText(`
 *   sends("a", "b")@1; got(B, A)@async :- sends(A, B); kept(B, A) :- got(B, A); kept(B, A)@next :- kept(B, A);
 *   pre(A, B) :- sends(A, B)@1; post(A, B) :- sends(A, B)@1, kept(B, A);`);
 * const { repairs } = await repair(checked!, { nodes: ['a', 'b'], bounds: { eot: 5, eff: 2, crashes: 0 } });
 * for (const { change, cost } of repairs) console.log(change, cost);
 */
export async function repair(protocol: Protocol, options: RepairOptions): Promise<RepairResult> {
  assertOptions('repair', options, repairOptions);
  const { name = '', nodes, bounds } = options;
  assertBounds(nodes, bounds);
  const search = new Repairing(protocol, { pool: new SolverPool(), ...options });
  const verdict = await search.begin();
  if (verdict.kind === 'violated') await search.go();
  const { repairs, changes, undecided, remaining, checks } = search;
  return { name, nodes, bounds, verdict: verdict.kind, repairs, changes, undecided, remaining, checks };
}

/** A change that no counterexample known drops. */
interface Candidate extends ChangedProtocol<Protocol> {
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
    private readonly protocol: Protocol,
    private readonly options: RepairOptions,
  ) {}

  /** The verdict of the protocol as it is. */
  begin(): Promise<Verdict> {
    this.tell('as it is', 1, 1);
    return this.check(this.protocol);
  }

  async go(): Promise<void> {
    const { limit = LIMIT } = this.options;
    const before = this.askedBefore();
    const candidates = this.candidates();
    for (const [index, candidate] of candidates.entries()) {
      if (this.repairs.length >= limit || this.checks >= MOST_CHECKS) {
        this.remaining = 'unknown';
        return;
      }
      if (this.isMoreThanEnough(candidate) || !this.withstands(candidate.protocol)) continue;
      this.tell('check', index + 1, candidates.length);
      await this.decide(candidate, before);
    }
  }

  private tell(step: CheckAttempt['step'], number: number, of: number): void {
    const { onAttempt, bounds } = this.options;
    onAttempt?.({ step, number, of, found: this.repairs.length, bounds });
  }

  /** Whether less of the same is a repair. */
  private isMoreThanEnough({ change }: Candidate): boolean {
    if ('idea' in change) return false;
    return this.repairs.some((found) => !('idea' in found.change) && doesAllOf(change, found.change));
  }

  private async decide({ protocol, change, cost }: Candidate, before: ReadonlySet<string>): Promise<void> {
    const verdict = await this.checkChanged(protocol);
    if (verdict === 'inconclusive') this.undecided++;
    if (verdict !== 'certified' || !this.asks(protocol, before)) return;
    const longer = await this.verdictLonger(protocol);
    if (longer === 'violated') return;
    if (longer === 'inconclusive') this.undecided++;
    const found: Repair = { change, cost, lasts: longer !== 'inconclusive' };
    this.repairs.push(found);
    this.options.onFound?.(found);
  }

  /** Of what only puts things off until nothing fails any more it is violated: where everything goes on a little longer. */
  private async verdictLonger(protocol: Protocol): Promise<Verdict['kind']> {
    const { bounds } = this.options;
    const { eot, eff } = bounds;
    const longer = { ...bounds, eot: eot + LONGER, eff: eff <= 1 ? eff : eff + LONGER };
    return (await this.verdictOf(protocol, longer)).kind;
  }

  /** Where changed handlers fail, nothing is certified. */
  private async checkChanged(protocol: Protocol): Promise<Verdict['kind'] | 'failed'> {
    try {
      return (await this.check(protocol)).kind;
    } catch (error) {
      if (error instanceof ProtocolError) return 'failed';
      throw error;
    }
  }

  private async check(protocol: Protocol): Promise<Verdict> {
    const verdict = await this.verdictOf(protocol, this.options.bounds);
    if (verdict.kind === 'violated') this.known.push(...verdict.counterexamples.map(({ faults }) => faults));
    return verdict;
  }

  private async verdictOf(protocol: Protocol, bounds: Bounds): Promise<Verdict> {
    const { name = '', nodes, timeout, solver, pool, signal, onProgress } = this.options;
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
      ...(onProgress !== undefined && { onProgress }),
    };
    return (await check(protocol, options)).verdict;
  }

  /** The cheapest first. */
  private candidates(): readonly Candidate[] {
    const { protocol, options } = this;
    const { nodes, bounds } = options;
    const kind = protocolKind(protocol);
    const run = this.on(protocol, (subject) => subject.replay([]));
    const carried = kind.carried(protocol);
    const before = this.conduct(protocol, carried);
    if (run === undefined || before === undefined) return [];
    const all = kind.changes(protocol, { nodes, eot: bounds.eot, outages: hasOutages(bounds), run });
    this.changes = all.length;
    return all
      .flatMap((changed, index) => {
        this.tell('run', index + 1, all.length);
        return this.candidate(changed, carried, before) ?? [];
      })
      .toSorted((a, b) => compareCosts(a.cost, b.cost));
  }

  private candidate(
    { change, protocol }: ChangedProtocol<Protocol>,
    carried: ReadonlySet<string>,
    before: Conduct,
  ): Candidate | undefined {
    this.options.signal?.throwIfAborted();
    if (!this.withstands(protocol)) return undefined;
    const conduct = this.conduct(protocol, carried);
    if (conduct?.settled === undefined || !comesTo(conduct, before)) return undefined;
    const messages = conduct.messages - before.messages;
    const timesteps = conduct.settled - (before.settled ?? conduct.settled);
    return { change, protocol, cost: { messages, timesteps } };
  }

  private conduct(protocol: Protocol, carried: ReadonlySet<string>): Conduct | undefined {
    return this.on(protocol, (subject) => conductOf(subject, carried));
  }

  /** Whether no counterexample known is one of it. */
  private withstands(protocol: Protocol): boolean {
    const violates = (subject: Subject) => this.known.some((faults) => isViolated(subject.outcome(faults)));
    return this.on(protocol, (subject) => !violates(subject)) ?? false;
  }

  private asks(protocol: Protocol, before: ReadonlySet<string>): boolean {
    return this.on(protocol, (subject) => isWithin(before, askedUnder(subject, this.samples()))) ?? false;
  }

  private askedBefore(): ReadonlySet<string> {
    return this.on(this.protocol, (subject) => askedUnder(subject, this.samples())) ?? new Set();
  }

  private samples(): readonly FaultSet[] {
    const { nodes, bounds } = this.options;
    const single = new FaultSpace(nodes, bounds).faults.slice(0, MOST_FAULTS).map((fault) => [fault]);
    return [[], ...single, ...this.known];
  }

  /** Undefined where a protocol cannot be run, or would take too much. */
  private on<Value>(protocol: Protocol, work: (subject: Subject) => Value): Value | undefined {
    const { nodes, bounds } = this.options;
    try {
      return onSubject('repair', protocol, { nodes, bounds }, [], work);
    } catch (error) {
      if (FAILURES.some((failure) => error instanceof failure)) return undefined;
      throw error;
    }
  }
}

/** Of what is changed so that it makes no sense. */
const FAILURES = [EvaluationError, ProtocolError, BudgetError] as const;

/** What saves something is no better than what costs nothing: most often, it leaves something out. */
function compareCosts(a: RepairCost, b: RepairCost): number {
  return (
    Math.max(0, a.messages) - Math.max(0, b.messages) || Math.max(0, a.timesteps) - Math.max(0, b.timesteps)
  );
}
