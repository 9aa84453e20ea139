/**
 * What one fault did: a run under a fault set held against the run without that fault. The two are the same but for what
 * follows from it, so that things are compared at their times, and the first of them that only one run has is where the
 * fault came in.
 */
import type { SourceSpan } from '../model/diagnostics/source.js';
import { compareStrings } from '../model/order.js';
import { Happenings } from './happenings.js';
import type {
  AbsenceVertex,
  FactVertex,
  FiringVertex,
  Lineage,
  MessageVertex,
  StateVertex,
  Vertex,
  VertexName,
} from './lineage.js';

/** How a fault led to an outcome: each link because of the one before, from what it did first to what the outcome reads. */
export interface Cause {
  /**
   * `here`: what the run has, absences among it, and the run without the fault has not. `there`: what that run has, and
   * this one lacks.
   */
  readonly side: 'here' | 'there';
  /** Never empty. */
  readonly chain: readonly Link[];
}

/** What only one of two runs has. */
export interface Link {
  /** Of a state that the outcome reads, as it is then. */
  readonly vertex: LinkedVertex;
  /** The last logical timestep up to which it goes on to be so; of what does not go on, that of the vertex. */
  readonly until: number;
  /** The rule, or the handler, that makes it so; of what is absent, that of what would be there. */
  readonly by: string | undefined;
  /** Where that is. */
  readonly place: SourceSpan | undefined;
  /** Of a state, that of the node in the other run. */
  readonly instead: StateVertex | undefined;
}

/** What links are about. */
export type LinkedVertex = FactVertex | MessageVertex | StateVertex | AbsenceVertex;

/**
 * How an outcome comes to rest on something that another run does not have; undefined where it does not. Both have to be
 * lineages with all that happened.
 *
 * @param outcome when it is read, and the nodes that it is said to be about
 */
export function chainTo(run: Lineage, other: Lineage, outcome: ReadOutcome): readonly Link[] | undefined {
  return new Comparison(run, other, outcome).chain();
}

/** An outcome, as far as it is told apart which of its goals matter most. */
export interface ReadOutcome {
  /** When it is read. */
  readonly time: number;
  /** Nodes that it is said to be about; none where that is not known. */
  readonly about: ReadonlySet<string | undefined>;
}

/** A vertex on the way from an outcome, and what it is a reason of. */
interface Step {
  readonly name: VertexName;
  readonly above: VertexName | undefined;
}

class Comparison {
  private readonly here: Happenings;
  private readonly there: Happenings;

  constructor(
    private readonly run: Lineage,
    private readonly other: Lineage,
    private readonly outcome: ReadOutcome,
  ) {
    this.here = new Happenings(run);
    this.there = new Happenings(other);
  }

  chain(): readonly Link[] | undefined {
    const above = this.walk();
    const sources = [...above.keys()].filter((name) => this.isFirst(name));
    const lost = sources.filter((name) => isLost(this.vertex(name)));
    // A message that was lost says more than who was down, or what is known of that.
    const first = this.earliest(lost.length > 0 ? lost : sources);
    if (first === undefined) return undefined;
    const names: VertexName[] = [];
    for (let name: VertexName | undefined = first; name !== undefined; name = above.get(name))
      names.push(name);
    return this.atTheEnd([...this.missing(first), ...this.links(names)]);
  }

  /**
   * Handlers do not tell what was never sent to them: where a node is first otherwise as it lacks a message that the other
   * run has, that is what it did not receive.
   */
  private missing(first: VertexName): readonly Link[] {
    const vertex = this.vertex(first);
    if (vertex.kind !== 'state' && vertex.kind !== 'message') return [];
    const [node, until] = vertex.kind === 'state' ? [vertex.node, vertex.time] : [vertex.from, vertex.sent];
    if (this.here.stateAt(until, node)?.crashed ?? true) return [];
    const name = this.there
      .messagesTo(node)
      .findLast((each) => this.messageOf(each).time <= until && !this.here.has(this.messageOf(each)));
    if (name === undefined) return [];
    const { from, sent, time, ...message } = this.messageOf(name);
    const of = { kind: 'message', from, sent, name: message.name, payload: message.payload } as const;
    const absence = { kind: 'absence', node, time, of } as const;
    return [{ vertex: absence, until: time, ...codeOf(firingOf(name, this.other)), instead: undefined }];
  }

  private messageOf(name: VertexName): MessageVertex {
    return this.other.vertices.get(name) as MessageVertex;
  }

  /**
   * What the goals rest on and only this run has, with the firings between, the fewest steps first: each with what it is a
   * reason of. That something stays as it was is no step.
   */
  private walk(): ReadonlyMap<VertexName, VertexName | undefined> {
    const above = new Map<VertexName, VertexName | undefined>();
    let steps: Step[] = this.goals().map((name) => ({ name, above: undefined }));
    while (steps.length > 0) {
      const next: Step[] = [];
      for (const step of steps) {
        const { name } = step;
        if (above.has(name)) continue;
        above.set(name, step.above);
        for (const reason of [...this.reasons(name)].sort(compareStrings)) {
          const isFiring = this.vertex(reason).kind === 'firing';
          if (!isFiring && !this.isOnlyHere(reason)) continue;
          const isStep = !isFiring && !this.stays(reason, step);
          (isStep ? next : steps).push({ name: reason, above: name });
        }
      }
      steps = next;
    }
    return above;
  }

  /** Those of nodes that the outcome is about tell most; what a node knows that is down says less than what others do. */
  private goals(): readonly VertexName[] {
    const goals = this.run.goals.filter((name) => this.isOnlyHere(name));
    const isDown = (node: string) =>
      [this.here, this.there].some((each) => each.stateAt(this.outcome.time, node)?.crashed);
    const preferred = [
      ({ node }: Vertex) => this.outcome.about.has(node),
      ({ node }: Vertex) => node === undefined || !isDown(node),
    ];
    return preferred.reduce((left, isWanted) => {
      const wanted = left.filter((name) => isWanted(this.vertex(name)));
      return wanted.length > 0 ? wanted : left;
    }, goals);
  }

  /** Whether it is what it is a reason of, some time before. */
  private stays(reason: VertexName, { name, above }: Step): boolean {
    const told = this.vertex(name).kind === 'firing' ? above : name;
    return told !== undefined && isSameThing(this.vertex(reason), this.vertex(told));
  }

  /** Whether nothing that it rests on is of this run only. */
  private isFirst(name: VertexName): boolean {
    if (this.vertex(name).kind === 'firing') return false;
    const reasons = [...this.reasons(name)];
    for (const reason of reasons) {
      if (this.isOnlyHere(reason)) return false;
      if (this.vertex(reason).kind === 'firing') reasons.push(...this.reasons(reason));
    }
    return true;
  }

  /** The nearest to the outcome of those that are the earliest. */
  private earliest(names: readonly VertexName[]): VertexName | undefined {
    const time = (name: VertexName) => this.vertex(name).time;
    const least = names.reduce((earliest, name) => Math.min(earliest, time(name)), Infinity);
    return names.find((name) => time(name) === least);
  }

  private isOnlyHere(name: VertexName): boolean {
    const vertex = this.vertex(name);
    switch (vertex.kind) {
      case 'fault':
      case 'firing':
        return false;
      case 'absence':
        return vertex.of.kind === 'fact'
          ? this.factInstead(vertex) !== undefined
          : this.there.has({ ...vertex.of, node: vertex.node!, time: vertex.time });
      case 'state':
        return this.staysHere(name) || (!this.there.has(vertex) && this.isMade(name));
      case 'fact':
      case 'message':
      case 'call':
        return !this.there.has(vertex);
    }
  }

  /** Whether a node stays in a state as something was lost that the other run has. */
  private staysHere(state: VertexName): boolean {
    return this.reasons(state).some((reason) => isLost(this.vertex(reason)) && this.isOnlyHere(reason));
  }

  /**
   * Whether lineage tells what made a state what it is. Where calls are taken to rest on what they looked at alone, that
   * does not go for one in which a node stayed, as a message was lost that both runs lack.
   */
  private isMade(state: VertexName): boolean {
    return this.reasons(state).some((reason) => {
      const { kind } = this.vertex(reason);
      return kind === 'firing' || kind === 'fault' || this.isOnlyHere(reason);
    });
  }

  /** A fact of the other run that an absence is of, and that this run does not have. */
  private factInstead({ of, time }: AbsenceVertex): VertexName | undefined {
    if (of.kind !== 'fact') return undefined;
    return this.there.factsAt(time, of).find((name) => !this.run.vertices.has(name));
  }

  /** @param names from what is first to a goal */
  private links(names: readonly VertexName[]): readonly Link[] {
    const links: Link[] = [];
    let fired: FiringVertex | undefined;
    for (const name of names) {
      const vertex = this.vertex(name);
      if (vertex.kind === 'firing') fired = vertex;
      if (vertex.kind === 'firing' || vertex.kind === 'fault' || vertex.kind === 'call') continue;
      const link = this.link(name, vertex, fired);
      const last = links.at(-1);
      if (last !== undefined && isSameThing(last.vertex, link.vertex))
        links[links.length - 1] = { ...last, until: vertex.time };
      else links.push(link);
    }
    return links;
  }

  private link(name: VertexName, vertex: LinkedVertex, fired: FiringVertex | undefined): Link {
    const until = vertex.time;
    if (vertex.kind === 'state') {
      const instead = this.there.stateAt(vertex.time, vertex.node);
      return { vertex, until, ...codeOf(fired), instead };
    }
    if (vertex.kind !== 'absence') {
      return { vertex, until, ...codeOf(fired ?? firingOf(name, this.run)), instead: undefined };
    }
    const missed = vertex.of.kind === 'fact' ? this.factInstead(vertex) : name.replace(/^lost /, '');
    const firing = missed === undefined ? undefined : firingOf(missed, this.other);
    return { vertex: this.specific(vertex, missed), until, ...codeOf(firing), instead: undefined };
  }

  /** An absence as that of the fact that the other run has. */
  private specific(absence: AbsenceVertex, missed: VertexName | undefined): AbsenceVertex {
    const fact = missed === undefined ? undefined : this.other.vertices.get(missed);
    if (absence.of.kind !== 'fact' || fact?.kind !== 'fact') return absence;
    return { ...absence, node: fact.node, of: { ...absence.of, pattern: fact.tuple } };
  }

  /** What a node knows is told as it is when the outcome is read, where it differs then. */
  private atTheEnd(links: readonly Link[]): readonly Link[] {
    const last = links.at(-1)!;
    if (last.vertex.kind !== 'state') return links;
    const { node } = last.vertex;
    const [vertex, instead] = [this.here, this.there].map((each) => each.stateAt(this.outcome.time, node));
    if (vertex === undefined || instead === undefined) return links;
    const isSame = JSON.stringify(vertex.state) === JSON.stringify(instead.state);
    return isSame ? links : [...links.slice(0, -1), { ...last, vertex, instead, until: this.outcome.time }];
  }

  private reasons(name: VertexName): readonly VertexName[] {
    return this.run.because.get(name)!;
  }

  private vertex(name: VertexName): Vertex {
    return this.run.vertices.get(name)!;
  }
}

function codeOf(firing: FiringVertex | undefined): Pick<Link, 'by' | 'place'> {
  return { by: firing?.by, place: firing?.place };
}

/** What made something so: of a fact that a message brought, what sent it. */
function firingOf(name: VertexName, { vertices, because }: Lineage): FiringVertex | undefined {
  const pending = [name];
  for (const each of pending) {
    const vertex = vertices.get(each);
    if (vertex?.kind === 'firing') return vertex;
    if (vertex?.kind === 'fact' || vertex?.kind === 'message') pending.push(...because.get(each)!);
  }
  return undefined;
}

function isLost(vertex: Vertex): boolean {
  return vertex.kind === 'absence' && vertex.of.kind === 'message';
}

/** Whether two differ in their times alone. */
function isSameThing(a: Vertex, b: Vertex): boolean {
  if (a.kind === 'fact' && b.kind === 'fact') return a.relation === b.relation && isEqual(a.tuple, b.tuple);
  if (a.kind !== 'absence' || b.kind !== 'absence') return false;
  if (a.of.kind !== 'fact' || b.of.kind !== 'fact') return false;
  return a.of.relation === b.of.relation && isEqual(a.of.pattern, b.of.pattern);
}

function isEqual<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
