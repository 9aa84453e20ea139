/** What an instance of a rule needs, as literals of a solver's fault sets. */
import type { Instance } from '../lineage/instances.js';
import type { PresentPremise } from '../model/evaluate/firing.js';
import type { Literal } from '../solver/sat.js';
import type { FactLiterals } from './fact-literals.js';
import type { FaultSolver } from './fault-solver.js';

/** All true where the instance derives its head: its premises, and that its channel works. */
export type Body = readonly Literal[];

export class Bodies {
  constructor(
    private readonly facts: FactLiterals,
    private readonly solver: FaultSolver,
  ) {}

  of({ present, absent, channel }: Instance): Body {
    const literals = (facts: readonly PresentPremise[]) =>
      facts.flatMap((fact) => this.facts.literal(fact) ?? []);
    return [...literals(present), ...literals(absent).map((literal) => -literal), ...this.works(channel)];
  }

  /** A literal that is true only if the whole body is. */
  onlyIf(body: Body): Literal {
    if (body.length === 1) return body[0];
    const literal = this.solver.newLiteral();
    for (const part of body) this.solver.addClause([-literal, part]);
    return literal;
  }

  private works(channel: Instance['channel']): Body {
    if (channel === undefined) return [];
    const lost = this.solver.event({ kind: 'omission', ...channel });
    const down = this.solver.event({ kind: 'crash', node: channel.from, time: channel.time });
    return [lost, down].flatMap((literal) => (literal === undefined ? [] : [-literal]));
  }
}
