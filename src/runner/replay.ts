/** One run of a protocol under a given fault set. */
import { effectsWithinOrUnder } from '../injector/world.js';
import { assertBounds, type Bounds } from '../injector/bounds.js';
import type { FaultSet } from '../injector/faults.js';
import { violationsOf, type Run } from '../injector/run.js';
import { lineageGraph } from '../lineage/graph.js';
import type { Lineage } from '../lineage/lineage.js';
import { whyNotAs, type WhyNot } from '../lineage/why-not.js';
import { protocolKind } from './kinds/kinds.js';
import { boundsOption, nodesOption, searchOptions } from './options/common.js';
import { assertOptions, type OptionTable } from './options/table.js';
import { endlessCall, returnsWhenCalledAgain } from './guard/endless.js';
import type { Divergence } from './result.js';
import type { Subject } from './subjects/subject.js';
import type { Protocol } from '../model/protocol.js';
import { MemoryGuard } from './guard/memory.js';
import { Undecided } from './guard/undecided.js';
import { runGuarded } from './guard/watchdog.js';

/** A run, and what its faults changed. */
export interface Replay {
  readonly run: Run;
  /** Where it first parts from the failure-free run; undefined for the empty fault set. */
  readonly divergence: Divergence | undefined;
}

/** Options of {@link replayProtocol}. */
export interface ReplayOptions {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Milliseconds, of handlers; default 60,000. */
  readonly timeout?: number;
}

const replayOptions: OptionTable<keyof ReplayOptions> = {
  nodes: { ...nodesOption, isRequired: true },
  bounds: { ...boundsOption, isRequired: true },
  timeout: searchOptions.timeout,
};

/**
 * Runs a protocol under a fault set, and tells all that happened.
 *
 * @throws TypeError, RangeError for an option that there is not, or a value that makes no sense
 * @throws EvaluationError, TooManyTuples when a program of rules cannot be run
 * @throws ProtocolError when a handler or a property fails, or does not return
 * @throws Undecided when handlers take longer than the timeout, or the run more memory than there is
 */
export function replayProtocol(protocol: Protocol, options: ReplayOptions, faults: FaultSet): Replay {
  return onSubject('replayProtocol', protocol, options, faults, replayOn);
}

/**
 * Runs a protocol under a fault set, and tells why its outcome is as it is: of a run that violates its specification why
 * that is so, of any other why it is good.
 *
 * @throws as {@link replayProtocol} does
 *
 * @example
 * const { checked } = readDedalusText(`
 *   sends("a", "b")@1; got(B)@async :- sends(A, B); kept(B) :- got(B); kept(B)@next :- kept(B);
 *   pre(B) :- sends(A, B)@1; post(B) :- kept(B);`);
 * const options = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };
 * const lost = { kind: 'omission', from: 'a', to: 'b', time: 1 } as const;
 * const lineage = protocolLineage(checked!, options, [lost]);
 * const graph = await lineageGraph(lineage);
 * for (const goal of lineage.goals) console.log(why(graph, goal, 4));
 * const other = await lineageGraph(protocolLineage(checked!, options, []));
 * console.log(differenceOf(graph, other)?.chain);
 */
export function protocolLineage(protocol: Protocol, options: ReplayOptions, faults: FaultSet): Lineage {
  return onSubject('protocolLineage', protocol, options, faults, (subject, own) => subject.lineage(own));
}

/**
 * Runs a protocol under a fault set, and tells why the outcome is not a good one: of rules, for each tuple of `pre` that
 * is not in `post`, what kept it from that; of handlers, where the run first parts from the one without faults. None
 * where it is good, or where a run of handlers violates its specification without faults.
 *
 * @param depth how many rules are told, one behind another; default all
 * @param property of handlers, the one that is meant; default all
 * @throws as {@link replayProtocol} does
 *
 * @example
 * const { checked } = readDedalusText(`
 *   sends("a", "b")@1; got(B)@async :- sends(A, B); kept(B) :- got(B); kept(B)@next :- kept(B);
 *   pre(B) :- sends(A, B)@1; post(B) :- kept(B);`);
 * const options = { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } };
 * const lost = { kind: 'omission', from: 'a', to: 'b', time: 1 } as const;
 * for (const { attempts } of await protocolWhyNot(checked!, options, [lost])) {
 *   for (const { by, failure } of attempts) console.log(by, failure);
 * }
 */
export async function protocolWhyNot(
  protocol: Protocol,
  options: ReplayOptions,
  faults: FaultSet,
  depth = Infinity,
  property?: string,
): Promise<readonly WhyNot[]> {
  const work = (subject: Subject, own: FaultSet) => {
    const outcome = subject.outcome(own);
    const violated = violationsOf(outcome).map((violation) => violation.property);
    if (!violated.some((each) => property === undefined || each === property)) return [];
    const given = subject.whyNot(own, depth);
    return given ?? { run: subject.lineage(own, property), without: subject.lineage([], property) };
  };
  const told = onSubject('protocolWhyNot', protocol, options, faults, work);
  if ('length' in told) return told;
  const found = whyNotAs(await lineageGraph(told.run), await lineageGraph(told.without));
  return found === undefined ? [] : [found];
}

/** Works on a protocol's runs, for as long as it may take. @param name of the function that is asked for it */
export function onSubject<Value>(
  name: string,
  protocol: Protocol,
  options: ReplayOptions,
  faults: FaultSet,
  work: (subject: Subject, faults: FaultSet) => Value,
): Value {
  assertOptions(name, options, replayOptions);
  assertBounds(options.nodes, options.bounds);
  const kind = protocolKind(protocol);
  const { protocol: run, during } = kind.watched(protocol);
  const nodes = Object.freeze([...options.nodes]);
  const ownFaults = Object.freeze(faults.map((fault) => Object.freeze({ ...fault })));
  const subject = kind.subject(run, {
    nodes,
    eot: options.bounds.eot,
    ...effectsWithinOrUnder(options.bounds, faults),
    checkpoint: new MemoryGuard().look,
    lineage: 'causal',
  });
  // A time that is given is for what may be endless.
  const timeoutMs = kind.timeout && (options.timeout ?? kind.timeout);
  const guarded = during(() => runGuarded(() => work(subject, ownFaults), { timeoutMs }));
  if (guarded.kind === 'finished') return guarded.value;
  const { unfinished } = subject;
  if (unfinished !== undefined && !returnsWhenCalledAgain(unfinished)) {
    throw endlessCall(unfinished, undefined, kind.definition(protocol));
  }
  throw new Undecided(`it took longer than ${timeoutMs} ms`);
}

/** A replay by a subject at hand. */
export function replayOn(subject: Subject, faults: FaultSet): Replay {
  const run = subject.replay(faults);
  const divergence = faults.length === 0 ? undefined : subject.divergence(run, subject.replay([]));
  return { run, divergence };
}
