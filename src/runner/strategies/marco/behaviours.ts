/**
 * What services do, learned from runs. A service that got the same answers from its calls makes the same calls and the
 * same answer: where that is so (rule `local`), what a fault set comes to can often be put together from what each
 * service did in other runs. No order of calls is needed for it. If the results of all calls of an earlier run are what
 * the calls would give now, then the first call is made as it was, hence the second, and so the answer.
 *
 * Results of a call to which the caller once reacted alike, all else being equal, count as the same (rule `alike`). Only
 * failures are taken to be alike: not to notice a failure once is not to be without the call.
 */
import { compareStrings } from '../../../model/order.js';
import { asksCallee, type ObservedCall, type SystemFaults, type SystemRun } from './system-run.js';

/** Of a service, for one call of it: what its calls gave, by their points, and what it then did. */
interface Behaviour {
  readonly results: ReadonlyMap<string, string>;
  readonly answer: string;
  /** Of the request itself: whether the outcome was good. */
  readonly good: boolean;
}

/** What would come of a fault set. */
export interface Prediction {
  readonly good: boolean;
  readonly fired: SystemFaults;
  /** The points of all calls that are made. */
  readonly called: ReadonlySet<string>;
}

/** The request, as a service that is called. */
const REQUEST = '';

export interface Learning {
  readonly local: boolean;
  readonly alike: boolean;
}

export class Behaviours {
  /** By the point at which the service is called. */
  private readonly known = new Map<string, Behaviour[]>();
  private readonly alike = new AlikeResults();
  /** Rules that something seen is against. They are not used again. */
  readonly refuted = new Set<keyof Learning>();

  constructor(private readonly rules: Learning) {}

  add(run: SystemRun): void {
    // Every behaviour is compared with all before it, which is for nothing where no rule asks.
    if (!this.areLocal && !this.mayBeAlike) return;
    const made = new Map<string, ObservedCall[]>([[REQUEST, []]]);
    for (const call of run.calls) {
      if (!made.has(call.point) && wasAnswered(call)) made.set(call.point, []);
      const within = call.within ?? REQUEST;
      const siblings = made.get(within);
      if (siblings === undefined) made.set(within, [call]);
      else siblings.push(call);
    }
    const answers = new Map(run.calls.map(({ point, answer }) => [point, answer] as const));
    answers.set(REQUEST, run.answer);
    for (const [point, calls] of made) {
      const answer = answers.get(point);
      if (answer === undefined) continue;
      for (const call of calls) if (call.failed) this.alike.addFailure(call.point, resultOf(call));
      const results = new Map(calls.map((call) => [call.point, resultOf(call)] as const));
      this.learn(point, { results, answer, good: point !== REQUEST || run.good });
    }
  }

  /** Whether the caller reacts alike to two kinds of fault of a call. */
  areAlike(point: string, a: string, b: string): boolean {
    return a === b || (this.mayBeAlike && this.alike.areAlike(point, a, b));
  }

  /** What a fault set comes to; undefined where that is not known. */
  predict(faults: SystemFaults): Prediction | undefined {
    if (!this.areLocal) return undefined;
    const simulation = this.simulate(faults);
    const behaviour = simulation.of(REQUEST);
    if (behaviour === undefined) return undefined;
    const called = simulation.called();
    return { good: behaviour.good, fired: faults.filter(({ point }) => called.has(point)), called };
  }

  /** Whether it is known that some of the faults do not fire, because their calls are not made. */
  areKnownNotToFire(faults: SystemFaults, within: ReadonlyMap<string, string | undefined>): boolean {
    const simulation = this.simulate(faults);
    const isLost = new Set(faults.flatMap(({ point, kind }) => (asksCallee(kind) ? [] : [point])));
    return faults.some(({ point }) => {
      for (let at = point, above = within.get(at); ; at = above, above = within.get(at)) {
        if (above !== undefined && isLost.has(above)) return true;
        const behaviour = this.areLocal ? simulation.of(above ?? REQUEST) : undefined;
        if (behaviour !== undefined && !behaviour.results.has(at)) return true;
        if (above === undefined) return false;
      }
    });
  }

  private simulate(faults: SystemFaults): Simulation {
    return new Simulation(this.known, faults, (point, a, b) => this.areAlike(point, a, b));
  }

  private get mayBeAlike(): boolean {
    return this.rules.alike && !this.refuted.has('alike');
  }

  private get areLocal(): boolean {
    return this.rules.local && !this.refuted.has('local');
  }

  private learn(point: string, behaviour: Behaviour): void {
    const others = this.known.get(point) ?? [];
    let isNew = true;
    for (const other of others) {
      const differing = differingResults(behaviour.results, other.results);
      const didTheSame =
        behaviour.answer === other.answer &&
        behaviour.good === other.good &&
        haveSameKeys(behaviour.results, other.results);
      if (differing.length === 0) isNew = false;
      if (differing.length === 0 && !didTheSame) this.refuted.add('local');
      if (differing.length === 1) this.compare(differing[0], didTheSame);
      if (differing.length > 1 && !didTheSame && differing.every((call) => this.isAlike(call)))
        this.refuted.add('alike');
    }
    if (!isNew) return;
    others.push(behaviour);
    this.known.set(point, others);
  }

  /** The first time that all else is equal decides whether two results are alike. */
  private compare(call: DifferingResult, didTheSame: boolean): void {
    const { alike } = this;
    if (didTheSame) alike.join(call);
    else if (this.isAlike(call)) this.refuted.add('alike');
    else alike.part(call);
  }

  private isAlike({ point, a, b }: DifferingResult): boolean {
    return this.areAlike(point, a, b);
  }
}

/** Whether the callee was asked, as far as its caller knows. */
function wasAnswered({ injected, answer }: ObservedCall): boolean {
  return answer !== undefined && (injected === undefined || asksCallee(injected));
}

/** What a caller got. What is not known is like nothing else. */
function resultOf({ injected, answer }: ObservedCall): string {
  if (injected === undefined) return answer ?? UNKNOWN;
  return asksCallee(injected) ? `${injected} ${answer ?? UNKNOWN}` : injected;
}

const UNKNOWN = '?';

/** A call that gave a service one result in one run, and another in another. */
interface DifferingResult {
  readonly point: string;
  readonly a: string;
  readonly b: string;
}

/** Where two runs of a service got different results from calls that both made. */
function differingResults(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): readonly DifferingResult[] {
  const differing: DifferingResult[] = [];
  for (const [point, result] of a) {
    const other = b.get(point);
    if (other !== undefined && other !== result) differing.push({ point, a: result, b: other });
  }
  return differing;
}

function haveSameKeys(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

/** Puts together what services did. */
class Simulation {
  private readonly kinds: ReadonlyMap<string, string>;
  private readonly found = new Map<string, Behaviour | undefined>();

  constructor(
    private readonly known: ReadonlyMap<string, readonly Behaviour[]>,
    faults: SystemFaults,
    private readonly areSame: (point: string, a: string, b: string) => boolean,
  ) {
    this.kinds = new Map(faults.map(({ point, kind }) => [point, kind] as const));
  }

  /** What the service does that is called at a point; undefined where that is not known. */
  of(point: string): Behaviour | undefined {
    if (!this.found.has(point)) {
      const behaviours = this.known.get(point) ?? [];
      this.found.set(
        point,
        behaviours.find(({ results }) =>
          [...results].every(([call, result]) => {
            const now = this.result(call);
            return now !== undefined && this.areSame(call, now, result);
          }),
        ),
      );
    }
    return this.found.get(point);
  }

  /** The points of all calls that are made, given that all of them are known. */
  called(): ReadonlySet<string> {
    const points = new Set<string>();
    const open = [REQUEST];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const call of this.of(at)?.results.keys() ?? []) {
        points.add(call);
        const kind = this.kinds.get(call);
        if (kind === undefined || asksCallee(kind)) open.push(call);
      }
    return points;
  }

  private result(call: string): string | undefined {
    const kind = this.kinds.get(call);
    if (kind !== undefined && !asksCallee(kind)) return kind;
    const answer = this.of(call)?.answer;
    if (answer === undefined) return undefined;
    return kind === undefined ? answer : `${kind} ${answer}`;
  }
}

/** Of each call which failures are alike, as sets of results that grow together. */
class AlikeResults {
  private readonly failures = new Map<string, Set<string>>();
  private readonly parents = new Map<string, Map<string, string>>();
  private readonly unlike = new Set<string>();

  addFailure(point: string, result: string): void {
    const known = this.failures.get(point);
    if (known === undefined) this.failures.set(point, new Set([result]));
    else known.add(result);
  }

  join({ point, a, b }: DifferingResult): void {
    const failures = this.failures.get(point);
    if (failures?.has(a) !== true || !failures.has(b) || [a, b].some(mayHaveDone)) return;
    if (this.unlike.has(pairName(point, a, b))) return;
    const [first, second] = [this.firstOf(point, a), this.firstOf(point, b)].sort(compareStrings);
    if (first === second) return;
    const parents = this.parents.get(point) ?? new Map<string, string>();
    parents.set(second, first);
    this.parents.set(point, parents);
  }

  part({ point, a, b }: DifferingResult): void {
    this.unlike.add(pairName(point, a, b));
  }

  areAlike(point: string, a: string, b: string): boolean {
    return this.firstOf(point, a) === this.firstOf(point, b);
  }

  private firstOf(point: string, result: string): string {
    const parents = this.parents.get(point);
    let first = result;
    for (let above = parents?.get(first); above !== undefined; above = parents?.get(first)) first = above;
    return first;
  }
}

function pairName(point: string, a: string, b: string): string {
  return JSON.stringify([point, ...[a, b].sort(compareStrings)]);
}

/** What was asked may have done its work, though its caller does not see it. */
function mayHaveDone(result: string): boolean {
  return asksCallee(result) || result === UNKNOWN;
}
