/**
 * A search of the states that all nodes may be in together, as far as it has come. It decides where nothing is violated:
 * which of the fault sets that violate is the least is a question for conditions.
 */
import { countFaultSets } from '../../injector/counts.js';
import { BudgetError } from '../../model/budget-error.js';
import { HandlerError } from '../../model/handlers/errors.js';
import type { JointFindings } from '../../model/handlers/joint/joint-search.js';
import type { Steps } from '../../model/steps.js';
import { checkpoint, type Asking } from '../requests.js';
import type { SearchOfStates } from '../subjects/subject.js';
import { TURN_OF_NODE } from '../work.js';
import type { EvaluableSearch } from './least-faults.js';

/** How far a search may go on. */
export interface TurnsOfNodes {
  /** In all. */
  readonly most: number;
  /** At one timestep, for each that there was before it. What multiplies is seen early by that. */
  readonly growth: number;
}

/** Turns at a timestep that tell nothing yet of what follows. */
const FEW_TURNS = 50_000;

export class SearchedStates {
  private readonly steps: Steps<JointFindings | undefined>;
  private isOver = false;
  private isTooMuch = false;

  private constructor(
    private readonly search: EvaluableSearch,
    private readonly states: SearchOfStates,
  ) {
    this.steps = states.steps();
  }

  /** Undefined where more than the states of the nodes matters. */
  static of(search: EvaluableSearch): SearchedStates | undefined {
    const states = search.subject.states(search.space);
    return states === undefined ? undefined : new SearchedStates(search, states);
  }

  /**
   * Itself, where it has come to the end and found that no fault set violates, and that every property asks something of
   * the run without faults; undefined where it has not, or may go on no further.
   */
  *goOn(turns: TurnsOfNodes): Asking<this | undefined> {
    while (!this.isOver) {
      if (!this.isWithin(turns)) return undefined;
      const before = this.states.turns;
      const step = this.next();
      this.search.countWork(TURN_OF_NODE * (this.states.turns - before));
      if (step === undefined) return undefined;
      if (step.done === true) return this.decides(step.value) ? this : undefined;
      this.isOver = this.states.isViolated;
      yield* checkpoint();
    }
    return undefined;
  }

  /** Whether it was put aside because there were too many turns at one timestep. */
  get multiplies(): boolean {
    return this.isTooMuch;
  }

  private isWithin({ most, growth }: TurnsOfNodes): boolean {
    const { turns, turnsBefore } = this.states;
    this.isTooMuch = turns - turnsBefore > Math.max(FEW_TURNS, growth * turnsBefore);
    return !this.isTooMuch && turns <= most;
  }

  /** What is wrong with a protocol is left to others to tell. */
  private next(): IteratorResult<undefined, JointFindings | undefined> | undefined {
    try {
      return this.steps.next();
    } catch (error) {
      if (!(error instanceof HandlerError) && !(error instanceof BudgetError)) throw error;
      this.isOver = true;
      return undefined;
    }
  }

  private decides(found: JointFindings | undefined): boolean {
    this.isOver = true;
    if (found === undefined) return false;
    const { nodes, bounds } = this.search.options;
    if (found.ways !== countFaultSets(nodes.length, bounds))
      throw new Error('the states are reached by more fault sets than there are, or by fewer');
    return found.violating === 0n && this.search.subject.properties.every((name) => found.asked.has(name));
  }
}
