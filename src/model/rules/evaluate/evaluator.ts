/**
 * Evaluates a program timestep by timestep: facts, then strata of deductive rules to their fixpoints, then
 * what the next timestep inherits by frames and messages. It is generic over the algebra of conditions, so
 * that one evaluator serves a concrete run, a run that records its lineage, and the run over all fault sets.
 */
import { finish, type Steps } from '../../steps.js';
import type { World } from '../../world.js';
import type { Evaluation, RunOptions } from './evaluation.js';
import { PreparedProgram } from './prepared.js';
import { RulePass } from './pass.js';

export type { ConditionalFact, Evaluation, RunOptions, SentMessage } from './evaluation.js';

/** A program made ready to run, and run as often as wanted. */
export class Evaluator extends PreparedProgram {
  /**
   * @throws EvaluationError for a division by zero or an integer past 2^53
   * @throws TooManyTuples
   */
  run(world: World, options: RunOptions = {}): Evaluation {
    return finish(this.steps(world, options));
  }

  /** The same, which may be put aside after every timestep. */
  steps(world: World, options: RunOptions = {}): Steps<Evaluation> {
    return new RulePass(this, world, options).steps();
  }
}
