/**
 * What runs have shown: which fault sets are decided, which calls there are and when, and what services do. Answers
 * what is known of a fault set without a run, by the rules that are switched on.
 */
import type { SolverFactory } from '../../../solver/sat.js';
import { Behaviours, type Prediction } from './behaviours.js';
import { FaultMap } from './fault-map.js';
import type { PruningRule } from './rules.js';
import {
  areWithin,
  faultsKey,
  firedIn,
  type ObservedCall,
  type SystemFaults,
  type SystemRun,
} from './system-run.js';

export interface KnowledgeOptions {
  /** What may become of a call, the same for all calls of a point. */
  readonly kindsOf: (call: ObservedCall) => readonly string[];
  readonly rules: ReadonlySet<PruningRule>;
  readonly factory: SolverFactory;
}

/** A call that a run showed first. */
export interface SeenCall {
  readonly point: string;
  readonly within: string | undefined;
  readonly kinds: readonly string[];
  /** The smallest fault sets under which it was seen, none within another. */
  readonly contexts: readonly SystemFaults[];
}

export class Knowledge {
  readonly map: FaultMap;
  private readonly behaviours: Behaviours;
  private readonly calls = new Map<string, SeenCall>();
  private readonly within = new Map<string, string | undefined>();
  private readonly runs = new Map<string, SystemRun>();
  private readonly asked = new Set<string>();
  private areSeparate = false;

  constructor(private readonly options: KnowledgeOptions) {
    const { rules, factory } = options;
    this.map = new FaultMap(factory);
    this.behaviours = new Behaviours({ local: rules.has('local'), alike: rules.has('alike') });
  }

  /** Rules that something seen is against; they are not used again. */
  get refuted(): ReadonlySet<PruningRule> {
    return this.behaviours.refuted;
  }

  get seenCalls(): readonly SeenCall[] {
    return [...this.calls.values()];
  }

  /** The run under these faults, where there was one, or one of which they only add what does not fire. */
  runUnder(faults: SystemFaults): SystemRun | undefined {
    return this.runs.get(faultsKey(faults));
  }

  /** Whether these very faults were asked for. */
  wasRun(faults: SystemFaults): boolean {
    return this.asked.has(faultsKey(faults));
  }

  /**
   * Takes a run in.
   *
   * @returns calls that no good run made before
   */
  note(asked: SystemFaults, run: SystemRun): readonly SeenCall[] {
    const fired = firedIn(run);
    this.asked.add(faultsKey(asked));
    this.runs.set(faultsKey(asked), run);
    if (this.isOn('unfired')) this.runs.set(faultsKey(fired), run);
    const before = this.refuted.size;
    this.behaviours.add(run);
    if (this.refuted.size > before) this.map.retractPredictions();
    if (!run.good) return [];
    const called = new Set(run.calls.map(({ point }) => point));
    this.decideGood(asked, { good: true, fired, called }, false);
    const fresh = run.calls.filter((call) => this.see(call, fired));
    return fresh.map(({ point }) => this.calls.get(point)!);
  }

  /** What is known of a fault set without a run of it; undefined where nothing is. */
  predict(faults: SystemFaults): Prediction | undefined {
    return this.behaviours.predict(faults);
  }

  /** Takes it that a fault set is survived, and by the rules others with it. */
  decideGood(asked: SystemFaults, { fired, called }: Prediction, isPredicted = true): void {
    const isUnfired = this.isOn('unfired');
    this.map.addMet(isUnfired ? fired : asked, isUnfired ? called : undefined, isPredicted);
    if (this.isOn('monotone')) this.map.addSurvived(fired, isPredicted);
  }

  /** Lets one fault of a call stand for those that its caller reacts to alike. */
  mergeAlike(): void {
    if (this.refuted.has('alike') && !this.areSeparate) {
      this.areSeparate = true;
      this.map.separate();
    }
    if (this.areSeparate) return;
    for (const { point, kinds } of this.calls.values())
      for (const [place, kind] of kinds.entries()) {
        const first = kinds.slice(0, place).find((other) => this.behaviours.areAlike(point, other, kind));
        if (first !== undefined) this.map.standFor({ point, kind }, { point, kind: first });
      }
  }

  /** Whether nothing that is known is against all of the faults firing together. */
  mayFire(faults: SystemFaults): boolean {
    return (
      faults.every(({ point }, place) => point !== faults[place - 1]?.point) &&
      faults.every(({ point }) =>
        (this.calls.get(point)?.contexts ?? []).some((context) => this.isContextIn(context, faults)),
      ) &&
      !this.behaviours.areKnownNotToFire(faults, this.within)
    );
  }

  /** Whether the faults have those of a context, or others that are alike. */
  private isContextIn(context: SystemFaults, faults: SystemFaults): boolean {
    return areWithin(this.map.canonicalSet(context), this.map.canonicalSet(faults));
  }

  private isOn(rule: PruningRule): boolean {
    return this.options.rules.has(rule);
  }

  /** @returns whether it was never seen before */
  private see(call: ObservedCall, fired: SystemFaults): boolean {
    const { point, within } = call;
    const context = fired.filter((fault) => fault.point !== point);
    const known = this.calls.get(point);
    const contexts = known?.contexts ?? [];
    if (contexts.some((other) => areWithin(other, context))) return false;
    const kinds = known?.kinds ?? this.options.kindsOf(call);
    const others = contexts.filter((other) => !areWithin(context, other));
    this.calls.set(point, { point, within, kinds, contexts: [...others, context] });
    this.within.set(point, within);
    if (known !== undefined) return false;
    for (const kind of kinds) this.map.addFault({ point, kind });
    return true;
  }
}
