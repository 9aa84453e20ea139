/**
 * The judge of handlers: one concrete run under one fault set, by the order of events that the docstrings of
 * `protocol.ts` fix, read literally. Every strategy and representation is tested against it, so it is
 * deliberately naive, and shares only types with the program: one state a node, which is changed where a handler changes
 * it, and no conditions.
 */
import type { Bounds } from '../../src/injector/bounds.js';
import type { Crash, FaultSet } from '../../src/injector/faults.js';
import type {
  Context,
  AnyHandlers,
  HandlerProtocol,
  MessageLike,
  Next,
  NodeView,
  HandlerOutcome,
  Judgement,
  Property,
} from '../../src/model/handlers/protocol.js';
import { arrivalsUnder } from './arrivals.js';
import type { Setting } from './dedalus.js';
import { admissibleFaultSets } from './fault-sets.js';
import type { OperationLike } from '../../src/model/handlers/operations/object-model.js';
import { isLinearizable, type JudgedRecord } from './linearizable.js';
import { verdictOf, type JudgedVerdict } from './verdict.js';

type View = NodeView<string, unknown>;

export interface JudgedHandlerRun {
  /** What is seen of each node, in the setting's order, at each time: `views[time - 1]`. */
  readonly views: readonly (readonly View[])[];
  /** In the order sent. */
  readonly messages: readonly SentMessage[];
  /** What nodes recorded of operations, in the order of the run. */
  readonly records: readonly JudgedRecord[];
  /** The names of the properties that say something of this run; one of `always` does of every run. */
  readonly pre: readonly string[];
  readonly violations: readonly JudgedViolation[];
}

export interface SentMessage {
  readonly from: string;
  readonly to: string;
  readonly time: number;
  readonly message: MessageLike;
}

export interface JudgedViolation {
  readonly property: string;
  readonly time: number;
  /** The sentence that the property gave, if any. */
  readonly reason: string | undefined;
}

/** @throws what a handler or a property throws */
export function judgeHandlerRun(
  protocol: HandlerProtocol,
  { nodes, eot }: Setting,
  faults: FaultSet,
): JudgedHandlerRun {
  const isDown = (node: string, time: number) =>
    faults.some(
      (fault) =>
        (fault.kind === 'crash' && fault.node === node && fault.time <= time) ||
        (fault.kind === 'outage' && fault.node === node && fault.time <= time && time < fault.until),
    );
  const arrivals = arrivalsUnder(faults);
  const happens = (name: string, node: string, time: number) =>
    faults.some(
      (fault) => fault.kind === 'named' && fault.name === name && fault.node === node && fault.time === time,
    );
  const records: JudgedRecord[] = [];
  const locals = nodes.map((node) => new LocalNode(node, nodes, protocol, happens, records));
  const messages: SentMessage[] = [];
  const views: View[][] = [];
  const isPaused = (node: string, time: number) =>
    !isDown(node, time) &&
    !isDown(node, time - 1) &&
    faults.some(
      (fault) => fault.kind === 'pause' && fault.node === node && fault.time <= time && time < fault.until,
    );
  const waiting = new Map<string, SentMessage[]>();
  const lettingLeave = (node: string, time: number) => {
    const stops = faults.find(
      (fault): fault is Crash => fault.kind === 'crash' && fault.node === node && fault.time === time,
    );
    const isIdle = faults.some(
      (fault) =>
        (fault.kind === 'outage' && fault.node === node && fault.time <= time && time <= fault.until) ||
        (fault.kind === 'pause' && fault.node === node && fault.time <= time && time < fault.until),
    );
    return isIdle ? 0 : (stops?.after ?? 0);
  };
  for (let time = 1; time <= eot; time++) {
    const arriving = messages.filter((message) => arrivals(message).includes(time));
    const inTime = arriving.filter((message) => message.time === time - 1);
    const late = nodes.flatMap((node) =>
      arriving.filter((message) => message.time < time - 1 && message.from === node),
    );
    for (const local of locals) {
      const { node } = local;
      const waited = waiting.get(node) ?? [];
      waiting.delete(node);
      const all = [...waited, ...[...inTime, ...late].filter(({ to }) => to === node)];
      const leaving = lettingLeave(node, time);
      if (leaving > 0) messages.push(...local.stopAfter(leaving, time, all));
      if (isDown(node, time)) continue;
      if (isPaused(node, time)) {
        waiting.set(node, all);
        continue;
      }
      const restarted = isDown(node, time - 1);
      if (restarted) local.forget();
      messages.push(...local.step({ time, restarted }, all));
    }
    views.push(
      locals.map((local) => ({
        node: local.node,
        observed: settled(local.shows()),
        crashed: isDown(local.node, time),
        downSince: isDown(local.node, time) ? fellAt(local.node, time, isDown) : undefined,
        restarted: startedAgainAt(local.node, time, isDown),
      })),
    );
  }
  return { views, messages, records, ...judgeProperties(protocol, views, faults, records) };
}

/** @throws what a handler or a property throws under some admissible fault set */
export function judgeHandlers(
  protocol: HandlerProtocol,
  nodes: readonly string[],
  bounds: Bounds,
): JudgedVerdict {
  const judged = [...judgeHandlerRuns(protocol, nodes, bounds)].map(({ faults, run }) => ({
    faults,
    asked: run.pre,
    violates: run.violations.length > 0,
  }));
  return verdictOf(Object.keys(protocol.specification), judged);
}

/** Each admissible fault set with the run under it. */
export function* judgeHandlerRuns(
  protocol: HandlerProtocol,
  nodes: readonly string[],
  bounds: Bounds,
): Iterable<{ readonly faults: FaultSet; readonly run: JudgedHandlerRun }> {
  for (const faults of admissibleFaultSets(nodes, bounds)) {
    yield { faults, run: judgeHandlerRun(protocol, { nodes, eot: bounds.eot }, faults) };
  }
}

/** One timestep of a node that is not down. */
interface Turn {
  readonly time: number;
  /** Whether it was down before. */
  readonly restarted: boolean;
}

/** A node with its one state. */
class LocalNode {
  state: unknown;
  private readonly handlers: AnyHandlers;
  /** What its handlers are told of it at any time. */
  private readonly place: { readonly self: string; readonly nodes: readonly string[] };
  /** When each timer fires. */
  readonly #timers = new Map<string, number>();

  constructor(
    readonly node: string,
    private readonly nodes: readonly string[],
    protocol: HandlerProtocol,
    private readonly happens: (name: string, node: string, time: number) => boolean,
    private readonly records: JudgedRecord[],
  ) {
    if (protocol.roles === undefined) {
      this.handlers = protocol.handlers;
      this.place = { self: node, nodes };
    } else {
      const { roles, placement } = protocol;
      const role = Object.keys(placement).find((name) => placement[name].includes(node))!;
      const nodesOf = (other: string) => nodes.filter((one) => placement[other].includes(one));
      this.handlers = roles[role];
      this.place = { self: node, nodes, ...{ role, nodesOf } };
    }
    this.state = settled(this.handlers.init(node, nodes));
  }

  /**
   * Handles all events of a timestep, or as many as it takes to send so many messages to others.
   *
   * @param arriving in the order of arrival; what it sends comes back
   */
  step({ time, restarted }: Turn, arriving: readonly SentMessage[], most = Infinity): readonly SentMessage[] {
    const isDone = () => sent.filter(({ to }) => to !== this.node).length >= most;
    const { handlers } = this;
    const sent: SentMessage[] = [];
    const context = this.contextAt(time, sent);
    this.become(
      restarted
        ? handlers.onStart?.(this.state, { ...context, restarted })
        : time === 1
          ? handlers.onStart?.(this.state, context)
          : handlers.onTick?.(this.state, context),
    );
    if ((restarted || time === 1) && handlers.tickAtStart && !isDone())
      this.become(handlers.onTick?.(this.state, context));
    for (let name = this.dueTimer(time); name !== undefined && !isDone(); name = this.dueTimer(time)) {
      this.#timers.delete(name);
      this.become(handlers.onTimer?.(this.state, name, context));
    }
    for (const { from, message } of arriving) {
      if (isDone()) break;
      this.become(
        handlers.onMessage[message.type](this.state, settled(message) as MessageLike, { ...context, from }),
      );
    }
    return sent;
  }

  /** What it sends to others until it stops; it stays as it was before, but for what it recorded of operations. */
  stopAfter(most: number, time: number, arriving: readonly SentMessage[]): readonly SentMessage[] {
    const before = this.state;
    this.state = structuredClone(before);
    const sent = this.step({ time, restarted: false }, arriving, most);
    const toOthers = sent.filter(({ to }) => to !== this.node);
    this.state = before;
    return toOthers.slice(0, most);
  }

  /** What is left after an outage is what was kept. */
  forget(): void {
    const { node, nodes, handlers, place } = this;
    this.#timers.clear();
    this.state = settled(
      handlers.restore === undefined
        ? handlers.init(node, nodes)
        : handlers.restore(settled(handlers.keep!(this.state)), place),
    );
  }

  shows(): unknown {
    return this.handlers.observe(this.state, this.place);
  }

  private become(next: Next<unknown>): void {
    this.state = settled(next === undefined ? this.state : next);
  }

  /** The first by name. */
  private dueTimer(time: number): string | undefined {
    const due = [...this.#timers.keys()].filter((name) => this.#timers.get(name)! <= time);
    return due.sort((a, b) => (a < b ? -1 : 1))[0];
  }

  private contextAt(time: number, sent: SentMessage[]): Context<string, MessageLike> {
    const { node: self, nodes, place } = this;
    const timers = this.#timers;
    const send = (to: string, message: MessageLike) => {
      sent.push({ from: self, to, time, message: settled(message) as MessageLike });
    };
    return {
      ...place,
      time,
      restarted: false,
      fault: (name) => this.happens(name, self, time),
      send,
      broadcast: (message) => {
        for (const to of nodes) if (to !== self) send(to, message);
      },
      invoke: (operation) => {
        this.records.push({
          kind: 'invoke',
          node: self,
          time,
          operation: settled(operation) as OperationLike,
        });
      },
      complete: (result) => {
        this.records.push({ kind: 'complete', node: self, time, result: settled(result) });
      },
      timers: {
        set: (name, timesteps) => {
          timers.set(name, time + timesteps);
        },
        cancel: (name) => {
          timers.delete(name);
        },
        remaining: (name) => {
          const fires = timers.get(name);
          return fires === undefined ? undefined : Math.max(0, fires - time);
        },
      },
    };
  }
}

/** A copy, in which sets and maps are in the order of what they hold. */
function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(settled);
  if (value instanceof Set) return new Set([...value].sort(byValue));
  if (value instanceof Map) {
    const keys = [...(value as Map<unknown, unknown>).keys()].sort(byValue);
    return new Map(keys.map((key) => [key, settled(value.get(key))]));
  }
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, settled(field)]));
}

/** Numbers come before strings. */
function byValue(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return String(a) < String(b) ? -1 : 1;
}

function judgeProperties(
  protocol: HandlerProtocol,
  views: readonly (readonly View[])[],
  faults: FaultSet,
  records: readonly JudgedRecord[],
): Pick<JudgedHandlerRun, 'pre' | 'violations'> {
  const outcomes = views.map((nodes, index) => outcomeOf(protocol, nodes, index + 1, faults));
  const pre: string[] = [];
  const violations: JudgedViolation[] = [];
  for (const [name, property] of Object.entries(protocol.specification)) {
    const { asks, violated } = judgeProperty(property, outcomes, records);
    if (asks) pre.push(name);
    violations.push(...violated.map((each) => ({ property: name, ...each })));
  }
  return { pre, violations };
}

interface JudgedProperty {
  readonly asks: boolean;
  /** By time. */
  readonly violated: readonly Omit<JudgedViolation, 'property'>[];
}

type Outcome = HandlerOutcome<string, unknown>;

/** @param outcomes at each time: `outcomes[time - 1]` */
function judgeProperty(
  property: Property<string, unknown>,
  outcomes: readonly Outcome[],
  records: readonly JudgedRecord[],
): JudgedProperty {
  const eot = outcomes.length;
  const times = outcomes.map((_, index) => index + 1);
  if ('pre' in property) {
    const asks = property.pre(outcomes[eot - 1]);
    return { asks, violated: asks ? unlessTrue(eot, property.post(outcomes[eot - 1])) : [] };
  }
  if ('always' in property)
    return {
      asks: true,
      violated: times.flatMap((time) => unlessTrue(time, property.always(outcomes[time - 1]))),
    };
  if ('never' in property)
    return {
      asks: true,
      violated: times.flatMap((time) => {
        const happens = property.never(outcomes[time - 1]);
        return unlessTrue(time, typeof happens === 'string' ? happens : !happens);
      }),
    };
  if ('step' in property)
    return {
      asks: eot > 1,
      violated: times
        .slice(1)
        .flatMap((time) =>
          outcomes[time - 1].nodes.flatMap((after, node) =>
            unlessTrue(time, property.step(outcomes[time - 2].nodes[node], after)),
          ),
        ),
    };
  if ('linearizable' in property) {
    const isFine = (time: number) =>
      isLinearizable(
        property.linearizable,
        records.filter((record) => record.time <= time),
      );
    const violated = times.filter((time) => !isFine(time));
    return {
      asks: records.some(({ kind }) => kind === 'complete'),
      violated: violated.map((time) => ({ time, reason: undefined })),
    };
  }
  const { leadsTo } = property;
  const { within } = leadsTo;
  const asked = times.filter((time) => time + within <= eot && leadsTo.when(outcomes[time - 1]));
  const violated = asked.flatMap((time) => {
    const answers = times
      .filter((later) => later >= time && later <= time + within)
      .map((later) => leadsTo.then(outcomes[later - 1]));
    return answers.includes(true) ? [] : unlessTrue(time + within, answers.at(-1)!);
  });
  return { asks: asked.length > 0, violated };
}

function unlessTrue(time: number, judgement: Judgement): JudgedProperty['violated'] {
  if (judgement === true) return [];
  return [{ time, reason: judgement === false ? undefined : judgement }];
}

type IsDown = (node: string, time: number) => boolean;

function fellAt(node: string, time: number, isDown: IsDown): number {
  return time > 1 && isDown(node, time - 1) ? fellAt(node, time - 1, isDown) : time;
}

function startedAgainAt(node: string, time: number, isDown: IsDown): number | undefined {
  if (time < 2) return undefined;
  if (!isDown(node, time) && isDown(node, time - 1)) return time;
  return startedAgainAt(node, time - 1, isDown);
}

/** Whether a fault happens at a time: what goes on at each of its times, everything else at its one time. */
function isHappening(fault: FaultSet[number], time: number): boolean {
  return 'until' in fault ? fault.time <= time && time < fault.until : fault.time === time;
}

function outcomeOf(
  protocol: HandlerProtocol,
  nodes: readonly View[],
  time: number,
  faults: FaultSet,
): HandlerOutcome<string, unknown> {
  const upToNow = Array.from({ length: time }, (_, index) => index + 1);
  return {
    time,
    quiet: (timesteps) =>
      !upToNow
        .slice(Math.max(0, time - timesteps))
        .some((at) => faults.some((fault) => isHappening(fault, at))),
    happened: (kind) =>
      faults.some(
        (fault) => (kind ?? fault.kind) === fault.kind && upToNow.some((at) => isHappening(fault, at)),
      ),
    nodes,
    correct: nodes.filter(({ crashed }) => !crashed),
    ...(protocol.roles !== undefined && {
      nodesOf: (role: string) => nodes.filter(({ node }) => protocol.placement[role].includes(node)),
    }),
    at: (node) => {
      const view = nodes.find((one) => one.node === node);
      if (view === undefined) throw new RangeError(`there is no node ${node}`);
      return view;
    },
  };
}
