/**
 * Answers to questions about one run: why something is so, as a tree of what it rests on; why something is not so, by the
 * rules that could have derived it, or by what this run lacks that the one without faults has.
 */
import type { FaultSet } from '../../injector/faults.js';
import { why, type Why } from '../../lineage/explain.js';
import { lineageGraph, type LineageGraph } from '../../lineage/graph.js';
import {
  matchesPattern,
  type FactVertex,
  type Lineage,
  type Vertex,
  type VertexName,
} from '../../lineage/lineage.js';
import { lastStateOf, whatIsLacking, type WhyNot } from '../../lineage/why-not.js';
import type { FactGoal } from '../../lineage/rules/reasons.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { compareStrings } from '../../model/order.js';
import type { Protocol } from '../../model/protocol.js';
import type { ReadSource } from '../files/sources.js';
import { onSubject, protocolWhyNot, type ReplayOptions } from '../replay.js';
import type { AskedThing, RunQuestion } from './question.js';
import { locateLineage } from './study.js';

/** A question about a run, and its answer. */
export interface Explanation {
  readonly question: RunQuestion;
  /** Of the run. */
  readonly faults: FaultSet;
  readonly answer: RunAnswer;
}

/** What was asked for, each as a tree: facts that match, or the states that an outcome rests on, can be several. */
export type RunAnswer = (
  | { readonly kind: 'why'; readonly trees: readonly Why[] }
  | { readonly kind: 'why not'; readonly trees: readonly WhyNot[] }
) &
  Further;

/** What is behind what answers speak of, beyond their own trees. */
interface Further {
  /** Of rules, why facts are not there of which a tree says just that they are not. */
  readonly absences: ReadonlyMap<VertexName, WhyNot>;
  /** Why facts are there that stood in the way. */
  readonly against: ReadonlyMap<FactVertex, Why>;
}

const NOTHING: Further = { absences: new Map(), against: new Map() };

/** Absences that are looked into, the nearest first. */
const MOST_ABSENCES = 50;

/** What {@link explainProtocol} found. */
export type ExplainResult =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  /** It is otherwise, or nothing tells why not. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** It cannot be answered; and what may be asked instead. */
interface Refusal {
  readonly refused: string;
  readonly hint?: string;
}

/**
 * Runs a protocol under a fault set, and answers a question about the run.
 *
 * @param depth how many steps are told, one behind another; default all
 * @param read for the text of places in modules; without it, handlers are where the scenario is
 * @throws as `replayProtocol` does
 */
export async function explainProtocol(
  protocol: Protocol,
  options: ReplayOptions,
  faults: FaultSet,
  question: RunQuestion,
  depth = Infinity,
  read?: ReadSource,
): Promise<ExplainResult> {
  const explainer = new Explainer(protocol, options, faults, question, depth, read);
  const answer = await (question.asks === 'why' ? explainer.why() : explainer.whyNot());
  if ('refused' in answer) {
    const { refused, hint } = answer;
    return { kind: 'refused', diagnostics: [diagnostic('RUN132', refused, { hint })] };
  }
  return { kind: 'explained', explanation: { question, faults, answer } };
}

class Explainer {
  constructor(
    private readonly protocol: Protocol,
    private readonly options: ReplayOptions,
    private readonly faults: FaultSet,
    private readonly question: RunQuestion,
    private readonly depth: number,
    private readonly read: ReadSource | undefined,
  ) {}

  async why(): Promise<RunAnswer | Refusal> {
    const { about, time } = this.question;
    const graph = await lineageGraph(this.lineage(this.faults));
    const found = about.kind === 'outcome' ? outcomeOf(graph) : matching(about, time, graph);
    if (found.length > 0) {
      const trees = found.map((name) => this.because(graph, name));
      return { kind: 'why', trees, ...NOTHING, absences: this.absencesIn(trees, graph) };
    }
    const ever = about.kind === 'outcome' || time === undefined ? [] : matching(about, undefined, graph);
    const hint =
      ever.length > 0 ? `it first is at ${graph.getNodeAttribute(ever[0], 'time')}` : '`why-not` tells why';
    return {
      refused: `${this.what} is not so in this run${time === undefined ? '' : ` at time ${time}`}`,
      hint,
    };
  }

  async whyNot(): Promise<RunAnswer | Refusal> {
    const { about } = this.question;
    switch (about.kind) {
      case 'outcome':
        return this.outcomeNotGood(about.property);
      case 'fact':
        return this.notDerived(about);
      case 'message':
      case 'state':
        return this.lacking(about);
    }
  }

  private async outcomeNotGood(property: string | undefined): Promise<RunAnswer | Refusal> {
    const { protocol, options, faults, depth } = this;
    const trees = await protocolWhyNot(protocol, options, faults, depth, property);
    if (trees.length > 0) return this.notSo(trees, await lineageGraph(this.lineage(faults)));
    return {
      refused: 'the outcome is good in this run, or as bad without faults',
      hint: '`why` tells why it is as it is',
    };
  }

  private async notDerived(about: AskedThing & { readonly kind: 'fact' }): Promise<RunAnswer | Refusal> {
    const { depth, options, question } = this;
    const { relation, pattern } = about;
    const time = question.time ?? options.bounds.eot;
    const graph = await lineageGraph(this.lineage(this.faults));
    if (matching(about, time, graph).length > 0)
      return { refused: `${this.what} is so at time ${time}`, hint: '`why` tells why' };
    const trees = this.asking((subject, faults) =>
      subject.whyNot(faults, depth, [{ relation, pattern, time }]),
    );
    return this.notSo(trees ?? [], graph);
  }

  private async lacking(about: AskedThing): Promise<RunAnswer | Refusal> {
    const { time } = this.question;
    const run = await lineageGraph(this.lineage(this.faults));
    if (matching(about, time, run).length > 0)
      return { refused: `${this.what} is so in this run`, hint: '`why` tells why' };
    const lineage = this.lineage([]);
    const wanted = matching(about, time, await lineageGraph(lineage));
    const others = wanted.map((name) => lineageGraph({ ...lineage, goals: [name] }));
    const found = (await Promise.all(others)).map((other) => whatIsLacking(run, other, this.depth));
    const trees = found.filter((tree) => tree !== undefined);
    if (trees.length > 0) return { kind: 'why not', trees, ...NOTHING };
    return {
      refused: `${this.what} is not so without faults either`,
      hint: 'messages and states are told by comparison with that run; ask about what they would rest on',
    };
  }

  private notSo(trees: readonly WhyNot[], graph: LineageGraph): RunAnswer {
    const against = trees.flatMap(factsAgainst).flatMap((fact): [FactVertex, Why][] => {
      const about = { kind: 'fact', relation: fact.relation, pattern: fact.tuple } as const;
      return matching(about, fact.time, graph).map((name) => [fact, this.because(graph, name)]);
    });
    const absences = this.absencesIn(
      against.map(([, tree]) => tree),
      graph,
    );
    return { kind: 'why not', trees, against: new Map(against), absences };
  }

  /** Lineage has all that an absence may rest on; which rules failed, and at what, says more. */
  private because(graph: LineageGraph, name: VertexName): Why {
    return why(graph, name, this.depth, (vertex) => wholeAbsence(vertex, graph) !== undefined);
  }

  private absencesIn(trees: readonly Why[], graph: LineageGraph): Further['absences'] {
    const goals = new Map<VertexName, FactGoal>();
    const pending = [...trees];
    for (const { name, vertex, because, ends } of pending) {
      const goal = ends === 'deeper' ? wholeAbsence(vertex, graph) : undefined;
      if (goal !== undefined && goals.size < MOST_ABSENCES) goals.set(name, goal);
      pending.push(...because);
    }
    if (goals.size === 0) return NOTHING.absences;
    const told = this.asking((subject, faults) => subject.whyNot(faults, this.depth, [...goals.values()]));
    return new Map(told?.map((tree, index) => [[...goals.keys()][index], tree]));
  }

  private get what(): string {
    return `\`${this.question.what || 'the outcome'}\``;
  }

  private lineage(faults: FaultSet): Lineage {
    const { about } = this.question;
    const property = about.kind === 'outcome' ? about.property : undefined;
    const lineage = onSubject('explainProtocol', this.protocol, this.options, faults, (subject, own) =>
      subject.lineage(own, property),
    );
    return this.read === undefined ? lineage : locateLineage(lineage, this.read);
  }

  private asking<Value>(work: Parameters<typeof onSubject<Value>>[4]): Value {
    return onSubject('explainProtocol', this.protocol, this.options, this.faults, work);
  }
}

/**
 * What an outcome is said to rest on. That nothing more was there is part of it, and not what anybody asks about; and what
 * others of them rest on is told with these.
 */
function outcomeOf(graph: LineageGraph): readonly VertexName[] {
  const goals = graph.getAttribute('goals');
  const present = goals.filter((name) => graph.getNodeAttribute(name, 'kind') !== 'absence');
  if (present.length === 0) return goals;
  const behind = new Set(present.flatMap((name) => graph.outNeighbors(name)));
  for (const name of behind) for (const reason of graph.outNeighbors(name)) behind.add(reason);
  const last = present.filter(
    (name) => graph.getNodeAttribute(name, 'kind') !== 'state' || !behind.has(name),
  );
  return last.length > 0 ? last : present;
}

/** What is absent of rules, and not just but for what is there, as where it is counted. */
function wholeAbsence(vertex: Vertex, graph: LineageGraph): FactGoal | undefined {
  if (vertex.kind !== 'absence' || vertex.of.kind !== 'fact') return undefined;
  const { of, time } = vertex;
  return matching(of, time, graph).length === 0 ? { ...of, time } : undefined;
}

/** Facts that `notin` premises want to be absent. */
function factsAgainst({ attempts }: WhyNot): readonly FactVertex[] {
  return attempts.flatMap(({ failure }) => {
    if (failure.kind === 'present') return failure.against;
    return failure.kind === 'missing' ? failure.missing.flatMap(factsAgainst) : [];
  });
}

/** The vertices that are meant: at the time that is named, and where none is, at the first that has any. */
function matching(about: AskedThing, time: number | undefined, graph: LineageGraph): readonly VertexName[] {
  if (about.kind === 'state' && (time !== undefined || about.value === undefined)) {
    const last = lastStateOf(about.node, time ?? Infinity, graph);
    return last !== undefined && isMeant(about, graph.getNodeAttributes(last)) ? [last] : [];
  }
  const found = graph.filterNodes((_, vertex) => isMeant(about, vertex));
  const timeOf = (name: VertexName) => graph.getNodeAttribute(name, 'time');
  const wanted = time ?? found.reduce((least, name) => Math.min(least, timeOf(name)), Infinity);
  const those = found.filter((name) => timeOf(name) === wanted).sort(compareStrings);
  return about.kind === 'state' ? withoutLater(those, graph) : those;
}

/** Of the states of a node within a timestep, those that rest on none of the others. */
function withoutLater(states: readonly VertexName[], graph: LineageGraph): readonly VertexName[] {
  return states.filter((name) => !states.some((other) => other !== name && graph.hasEdge(name, other)));
}

function isMeant(about: AskedThing, vertex: Vertex): boolean {
  switch (about.kind) {
    case 'fact':
      return (
        vertex.kind === 'fact' && vertex.relation === about.relation && matchesPattern(about, vertex.tuple)
      );
    case 'message':
      return (
        vertex.kind === 'message' &&
        vertex.from === about.from &&
        vertex.node === about.to &&
        (about.name ?? vertex.name) === vertex.name &&
        (about.sent ?? vertex.sent) === vertex.sent
      );
    case 'state':
      return (
        vertex.kind === 'state' &&
        vertex.node === about.node &&
        (about.value === undefined ||
          JSON.stringify(fieldAt(vertex.state, about.path)) === JSON.stringify(about.value))
      );
  }
}

function fieldAt(state: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (value, field) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[field]
        : undefined,
    state,
  );
}
