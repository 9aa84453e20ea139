/**
 * Evaluates node handlers timestep by timestep, for all runs at once: each node holds a map from concrete
 * local states to the conditions under which it is in them. An event applies its handler to each state;
 * what a channel may or may not deliver splits states first; equal states merge. States that cannot be are
 * dropped at once, since they multiply. A concrete run is the same, with conditions that are true or false.
 */
import { finish, type Steps } from '../steps.js';
import type { World } from '../world.js';
import { Calls } from './calls.js';
import type { HandlerEvaluation, HandlerRunOptions } from './evaluation.js';
import type { LocalId } from './locals.js';
import type { HandlerProtocol } from './protocol.js';
import { HandlerPass } from './pass.js';

export interface HandlerEvaluatorOptions {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** Told of each distinct call; what it is given makes the call once more, and throws where that differs. */
  readonly onCall?: (repeat: () => void) => void;
  /** Told before anything is called. */
  readonly onBegin?: () => void;
}

/** A protocol made ready to run: calls of its handlers are shared by all its runs. */
export class HandlerEvaluator {
  readonly calls: Calls;
  readonly nodes: readonly string[];
  readonly eot: number;
  /** The local states that each node was in, in all runs so far. */
  readonly visited: readonly Set<LocalId>[];

  constructor(
    readonly protocol: HandlerProtocol,
    { nodes, eot, onCall = () => undefined, onBegin = () => undefined }: HandlerEvaluatorOptions,
  ) {
    // Handlers are shown them, and whoever gave them may go on to sort them.
    this.nodes = Object.freeze([...nodes]);
    this.eot = eot;
    this.calls = new Calls(protocol, this.nodes, onCall, onBegin);
    this.visited = this.nodes.map(() => new Set<LocalId>());
  }

  /** Distinct local states of nodes, in all runs so far. */
  get localStates(): number {
    return this.visited.reduce((sum, locals) => sum + locals.size, 0);
  }

  /**
   * @throws HandlerError
   * @throws TooManyLocalStates
   */
  run(world: World, options: HandlerRunOptions = {}): HandlerEvaluation {
    return finish(this.steps(world, options));
  }

  /** The same, which may be put aside after every timestep. @throws HandlerError */
  steps(world: World, options: HandlerRunOptions = {}): Steps<HandlerEvaluation> {
    return new HandlerPass(this, world, options).steps();
  }

  /** Does work in which calls that are remembered are made once more. @throws HandlerError where one differs */
  repeating<Value>(work: () => Value): Value {
    const { calls } = this;
    calls.repeating = true;
    try {
      return work();
    } finally {
      calls.repeating = false;
    }
  }
}
