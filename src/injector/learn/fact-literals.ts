/** Facts that hold in some admissible runs and not in others, as literals of a solver's fault sets. */
import { FALSE, TRUE, type Condition } from '../../model/algebra.js';
import type { Evaluation, Evaluator } from '../../model/rules/evaluate/evaluator.js';
import type { PresentPremise } from '../../model/rules/evaluate/firing.js';
import { IS_DOWN, IS_PAUSED } from '../../model/rules/evaluate/outages.js';
import { CRASH, FAULT } from '../../model/rules/program.js';
import type { Literal } from '../../solver/sat.js';
import type { FaultSolver } from '../fault-solver.js';
import type { FaultSet } from '../faults.js';

export interface FactLiteral {
  readonly fact: PresentPremise;
  readonly literal: Literal;
}

export class FactLiterals {
  /** By relation and time, then by row. */
  private readonly known = new Map<string, Map<number, Literal>>();
  private readonly facts = new Map<Literal, PresentPremise>();
  private readonly unexplained: FactLiteral[] = [];

  /** @param possible what may happen, by {@link possibilities} */
  constructor(
    private readonly possible: Evaluation,
    private readonly evaluator: Evaluator,
    private readonly solver: FaultSolver,
  ) {}

  /** The literal that a fact holds, of those that may; undefined where it always does. */
  literal(fact: PresentPremise): Literal | undefined {
    const { relation, row, time } = fact;
    if (this.possible.extent(relation, time)?.condition(row) === TRUE) return undefined;
    if (this.evaluator.builtIn.has(relation.name)) return this.builtIn(fact);
    return this.named(`${relation.number}@${time}`, row, fact, (literal) => {
      this.unexplained.push({ fact, literal });
    });
  }

  /** A fact of which nothing is said yet; each is given once. Of what is built in all is said. */
  next(): FactLiteral | undefined {
    return this.unexplained.pop();
  }

  /** What is true in a run: of literals of facts, of what faults bring about, and their negatives. */
  truth(run: Evaluation, faults: FaultSet): (literal: Literal) => boolean {
    const happens = this.solver.truth(faults);
    return (literal) => {
      const fact = this.facts.get(Math.abs(literal));
      if (fact === undefined) return happens(literal);
      const holds = (run.extent(fact.relation, fact.time)?.condition(fact.row) ?? FALSE) !== FALSE;
      return holds === literal > 0;
    };
  }

  /** True where faults make it hold. A crash is the same to every observer. */
  private builtIn(fact: PresentPremise): Literal {
    const { name } = fact.relation;
    const tuple = this.evaluator.tuple(fact.relation, fact.row);
    const [node, time] = (name === CRASH ? tuple.slice(1) : [tuple[0], fact.time]) as [string, number];
    const called = name === FAULT ? (tuple[1] as string) : '';
    return this.named(JSON.stringify([name, node, called]), time, fact, (literal) => {
      const { solver } = this;
      const conditions = this.conditionsOf(name, node, time, called);
      const conjuncts = conditions.map((condition) => solver.literal(condition));
      for (const conjunct of conjuncts) solver.addClause([-literal, conjunct]);
      solver.addClause([literal, ...conjuncts.map((conjunct) => -conjunct)]);
    });
  }

  private conditionsOf(name: string, node: string, time: number, called: string): readonly Condition[] {
    switch (name) {
      case FAULT:
        return [this.solver.happening(called, node, time)];
      case CRASH:
        return this.solver.crashing(node, time);
      case IS_DOWN:
        return this.solver.out(node, time);
      case IS_PAUSED:
        return this.solver.pausing(node, time);
      default:
        return this.solver.restarting(node, time);
    }
  }

  private named(
    group: string,
    number: number,
    fact: PresentPremise,
    introduce: (literal: Literal) => void,
  ): Literal {
    let literals = this.known.get(group);
    if (literals === undefined) this.known.set(group, (literals = new Map<number, Literal>()));
    const known = literals.get(number);
    if (known !== undefined) return known;
    const literal = this.solver.newLiteral();
    literals.set(number, literal);
    this.facts.set(literal, fact);
    introduce(literal);
    return literal;
  }
}
