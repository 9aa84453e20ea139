/** What an instance of a rule needs, as literals of a solver's fault sets. */
import type { Instance, Sending } from '../../lineage/instances.js';
import type { Evaluator } from '../../model/rules/evaluate/evaluator.js';
import type { PresentPremise } from '../../model/rules/evaluate/firing.js';
import type { Literal } from '../../solver/sat.js';
import type { FactLiterals } from './fact-literals.js';
import type { FaultSolver } from '../fault-solver.js';

/** All true where something happens. */
export type Body = readonly Literal[];

export class Bodies {
  constructor(
    private readonly facts: FactLiterals,
    private readonly evaluator: Evaluator,
    private readonly solver: FaultSolver,
  ) {}

  /** That an instance's premises hold. */
  premises({ present, absent }: Instance): Body {
    const literals = (facts: readonly PresentPremise[]) =>
      facts.flatMap((fact) => this.facts.literal(fact) ?? []);
    return [...literals(present), ...literals(absent).map((literal) => -literal)];
  }

  /** That a fact, if it is a message, arrives when it holds. */
  arrival(sending: Sending | undefined, { relation, row, time }: PresentPremise): Body {
    if (sending === undefined) return [];
    const to = this.evaluator.values.value(relation.tuples.columns[0][row]) as string;
    const conditions = this.solver.arriving({ from: sending.from, to, time: sending.sent }, time);
    return conditions.map((condition) => this.solver.literal(condition));
  }

  /** That its sender does not stop in the midst of what it sends then: else what leaves depends on all of that. */
  certainty(sending: Sending | undefined, { relation, row }: PresentPremise): Body {
    if (sending === undefined) return [];
    const { from, sent } = sending;
    if (this.evaluator.values.value(relation.tuples.columns[0][row]) === from) return [];
    return this.solver.uninterrupted(from, sent).map((condition) => this.solver.literal(condition));
  }

  /** A literal that is true only if the whole body is. */
  onlyIf(body: Body): Literal {
    if (body.length === 1) return body[0];
    const literal = this.solver.newLiteral();
    for (const part of body) this.solver.addClause([-literal, part]);
    return literal;
  }
}

/** Any of these is true where a body is not. */
export function failing(body: Body): readonly Literal[] {
  return body.map((literal) => -literal);
}
