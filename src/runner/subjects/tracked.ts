/**
 * What the outcome of a run of handlers rested on as far as handlers looked: a step rests on what made it
 * happen, and on the steps that wrote what it read. What a handler would have read in another run is not
 * known, so that exhausting this lineage proves nothing; but it points at far fewer messages than *causal*
 * lineage does, and so finds bugs in fewer runs. Field-level dynamic slicing, after Agrawal & Horgan (1990).
 */
import { compareStrings } from '../../model/order.js';
import type { HandlerEvaluator } from '../../model/handlers/evaluator.js';
import type { HandlerEvaluation, Step } from '../../model/handlers/evaluation.js';
import type { LocalId } from '../../model/handlers/locals.js';
import { looksOf, looksOfView } from '../../model/handlers/looks.js';
import { leaves, pathOf, type Path } from '../../model/handlers/reads.js';
import type { Receipt } from './causal.js';

/** Names a step by its place in the run. */
type StepNumber = number;

export interface TrackedRun {
  readonly evaluator: HandlerEvaluator;
  readonly evaluation: HandlerEvaluation;
  /** In the order taken. */
  readonly steps: readonly Step[];
}

/** The messages between nodes that the outcome rested on. */
export function trackedReceipts(run: TrackedRun): readonly Receipt[] {
  const slice = new Slice(run);
  const reached = new Set<StepNumber>();
  const pending = [...slice.goals];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    if (reached.has(number)) continue;
    reached.add(number);
    pending.push(...slice.dependencies[number]);
  }
  return [...reached].sort((a, b) => a - b).flatMap((number) => receiptOf(run.steps[number]));
}

/** What one step brought about that others may rest on. */
class Slice {
  /** The steps that each step rests on. */
  readonly dependencies: (readonly StepNumber[])[] = [];
  /** The steps that the outcome rests on. */
  readonly goals: StepNumber[] = [];
  /** Who last wrote each path of each node's local state. */
  private readonly writers: Map<Path, StepNumber>[];
  /** Who sent what is on its way, by channel-time, in order. */
  private readonly senders = new Map<string, StepNumber[]>();

  constructor(private readonly run: TrackedRun) {
    const { evaluator, steps } = run;
    const { nodes, eot, protocol } = evaluator;
    this.writers = nodes.map(() => new Map<Path, StepNumber>());
    const always = Object.values(protocol.specification).some((property) => 'always' in property);
    let next = 0;
    for (let time = 1; time <= eot; time++) {
      for (; next < steps.length && steps[next].time === time; next++) this.take(next);
      if (always || time === eot) this.show(time);
    }
  }

  private take(number: StepNumber): void {
    const step = this.run.steps[number];
    this.dependencies.push([...this.causes(step), ...this.writersOf(step.node, this.readsOf(step))]);
    for (const path of this.changes(step.before, step.after)) this.writers[step.node].set(path, number);
    const { calls } = this.run.evaluator;
    for (const to of new Set(calls.outbox(step.outbox).map((sent) => sent.to))) {
      const channel = channelName(step.node, to, step.time);
      this.senders.set(channel, [...(this.senders.get(channel) ?? []), number]);
    }
  }

  /** What made a step happen. */
  private causes({ node, cause }: Step): readonly StepNumber[] {
    if (cause.kind === 'packet') {
      const sender = this.senders.get(channelName(cause.from, node, cause.sent))?.shift();
      return sender === undefined ? [] : [sender];
    }
    const event = this.run.evaluator.calls.event(cause.event);
    return event.kind === 'timer' ? this.writersOf(node, [pathOf(['timers', event.name])]) : [];
  }

  private readsOf({ node, time, cause, before }: Step): readonly Path[] {
    const { calls } = this.run.evaluator;
    if (cause.kind === 'event') return looksOf(calls, { node, local: before, event: cause.event, time });
    let local = before;
    return calls.outbox(cause.packet).flatMap(({ event }) => {
      const reads = looksOf(calls, { node, local, event, time });
      local = calls.apply(node, local, event, time).local;
      return reads;
    });
  }

  private writersOf(node: number, paths: readonly Path[]): readonly StepNumber[] {
    const writers = paths.map((path) => this.writers[node].get(path));
    return [...new Set(writers.filter((writer) => writer !== undefined))];
  }

  private show(time: number): void {
    const { evaluation, evaluator } = this.run;
    for (const node of evaluator.nodes.keys()) {
      for (const { local } of evaluation.statesOf(node, time)) {
        this.goals.push(...this.writersOf(node, looksOfView(evaluator.calls, local)));
      }
    }
  }

  private changes(before: LocalId, after: LocalId): readonly Path[] {
    if (before === after) return [];
    const [old, now] = [before, after].map((local) => new Map(this.leavesOf(local)));
    const paths = new Set([...old.keys(), ...now.keys()]);
    return [...paths].filter((path) => old.get(path) !== now.get(path)).sort(compareStrings);
  }

  private leavesOf(local: LocalId): readonly (readonly [Path, string])[] {
    const { state, timers } = this.run.evaluator.calls.locals.get(local);
    return [...leaves(state.value, ['state']), ...leaves(timers, ['timers'])];
  }
}

function receiptOf({ node, cause }: Step): readonly Receipt[] {
  return cause.kind === 'packet' ? [{ from: cause.from, to: node, time: cause.sent }] : [];
}

function channelName(from: number, to: number, time: number): string {
  return `${from} ${to} ${time}`;
}
