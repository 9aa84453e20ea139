/**
 * What the good outcome of one run teaches, from its lineage: a fault set that has another outcome must break all of
 * the ways in which this one came about. A goal is broken where any of what it rests on is: what has several reasons,
 * where each of them is; a message, where its channel is taken away, or its sender does not send it; what was lost,
 * where it is not; and anything at all, where nodes are down at other times.
 *
 * It takes a lineage from anywhere, and knows of this one run. What is known of all runs at once, as of rules, says
 * more: see `support.ts`.
 */
import {
  hasAlternatives,
  type AbsenceVertex,
  type Lineage,
  type MessageVertex,
  type Vertex,
  type VertexName,
} from '../../lineage/lineage.js';
import { FAULT } from '../../model/rules/program.js';
import type { Literal } from '../../solver/sat.js';
import type { FaultSolver } from '../fault-solver.js';
import type { FaultSpace } from '../fault-space.js';
import type { FaultLiterals } from './fault-literals.js';

/** What lineage is said in. */
export interface LineageTerms {
  readonly space: FaultSpace;
  readonly solver: FaultSolver;
  /** Of the fault set that the run was under. */
  readonly literals: FaultLiterals;
  /** Only where this is true may anything that was lost arrive. */
  readonly absencesBreak: Literal;
}

/**
 * Requires of the solver's fault sets that they break the goals of a lineage. Whether that takes in something that was
 * lost, and may arrive.
 */
export function learn(lineage: Lineage, terms: LineageTerms): boolean {
  return new Lesson(lineage, terms).require();
}

class Lesson {
  /** True only where all reasons of a vertex with several are broken. */
  private readonly broken = new Map<VertexName, Literal>();
  private readonly arriving = new Map<Literal, Literal>();

  constructor(
    private readonly lineage: Lineage,
    private readonly terms: LineageTerms,
  ) {}

  require(): boolean {
    const { lineage, terms } = this;
    const { solver, literals } = terms;
    const altered = lineage.nodes.flatMap((node) => literals.alteration(node));
    solver.addClause([...new Set([...this.breaking(lineage.goals), ...altered])]);
    // What is met meanwhile is walked as well.
    for (const [name, literal] of this.broken)
      for (const reason of lineage.because.get(name)!)
        solver.addClause([-literal, ...this.breaking([reason])]);
    return this.arriving.size > 0;
  }

  /** Any of these is true where any of the vertices is broken. */
  private breaking(names: readonly VertexName[]): readonly Literal[] {
    const { vertices, because } = this.lineage;
    const walked = new Set(names);
    const any = new Set<Literal>();
    for (const name of walked) {
      const vertex = vertices.get(name)!;
      const reasons = because.get(name)!;
      // What is given cannot be taken away.
      if (vertex.kind === 'fact' && vertex.place !== undefined) continue;
      const occurrence = this.occurrence(vertex);
      if (occurrence !== undefined) any.add(occurrence);
      if (vertex.kind === 'message') for (const literal of this.removal(vertex)) any.add(literal);
      if (vertex.kind === 'absence') for (const literal of this.restoration(vertex)) any.add(literal);
      if (hasAlternatives(vertex) && reasons.length > 1) any.add(this.brokenLiteral(name));
      else for (const reason of reasons) walked.add(reason);
    }
    return [...any];
  }

  private brokenLiteral(name: VertexName): Literal {
    let literal = this.broken.get(name);
    if (literal === undefined) this.broken.set(name, (literal = this.terms.solver.newLiteral()));
    return literal;
  }

  private removal({ from, node, sent, time }: MessageVertex): readonly Literal[] {
    return this.terms.literals.removal({ from, to: node, time: sent }, time);
  }

  /** Of what somebody asked for that an author gave a name to: that it is otherwise. */
  private occurrence(vertex: Vertex): Literal | undefined {
    const { literals } = this.terms;
    const { time } = vertex;
    if (vertex.kind === 'fact' && vertex.relation === FAULT) {
      const [node, name] = vertex.tuple as readonly [string, string];
      return -literals.occurrence(name, node, time);
    }
    if (vertex.kind !== 'absence' || vertex.of.kind !== 'fact' || vertex.of.relation !== FAULT)
      return undefined;
    const [node, name] = vertex.of.pattern as readonly [string, string];
    return literals.occurrence(name, node, time);
  }

  private restoration({ node, time, of }: AbsenceVertex): readonly Literal[] {
    if (of.kind !== 'message' || node === undefined) return [];
    const channel = { from: of.from, to: node, time: of.sent };
    return this.terms.literals.restoration(channel, time).map((each) => this.arrival(each));
  }

  /** True only where a literal of a restoration is, and what was lost may arrive. */
  private arrival(restored: Literal): Literal {
    const known = this.arriving.get(restored);
    if (known !== undefined) return known;
    const { solver, absencesBreak } = this.terms;
    const both = solver.newLiteral();
    solver.addClause([-both, restored]);
    solver.addClause([-both, absencesBreak]);
    this.arriving.set(restored, both);
    return both;
  }
}
