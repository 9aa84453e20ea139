/**
 * The ways that a function may take which asks for what it needs: a tree, in which it asks at every inner node and has
 * come to its end at every leaf. Each call begins as a known way does, and goes on by the first answer that is possible.
 * (The idea is that of angelic backtracking, without continuations.)
 */
import type { Algebra, Condition } from '../../algebra.js';
import type { Possibilities } from './cell.js';
import { UNANSWERED } from '../errors.js';
import { sameQuestion, type CallQuestion } from './question.js';

export type Ask = (question: CallQuestion) => unknown;

/** Where a way leads. */
export interface Leaf<Effect> {
  readonly condition: Condition;
  readonly effect: Effect;
}

interface Choice {
  readonly question: CallQuestion;
  readonly text: string;
  readonly answer: unknown;
}

/** A place in the tree, of which nothing may be known yet. */
export interface Branch<Effect> {
  tree?: Tree<Effect>;
}

type Tree<Effect> =
  | { readonly kind: 'leaf'; readonly effect: Effect }
  | {
      readonly kind: 'asks';
      readonly question: CallQuestion;
      readonly branches: Map<string, Branch<Effect>>;
    };

/** What a function comes to, with all that can be told apart of it. */
export interface Reached<Effect> {
  readonly effect: Effect;
  readonly text: string;
}

/** How to go through a tree under the conditions of one pass. */
export interface Exploration<Effect> {
  readonly algebra: Algebra;
  readonly answers: (question: CallQuestion) => Possibilities;
  /**
   * Calls the function.
   *
   * @param begin to be called before each call, for what that asks
   * @param condition under which it takes the way that it takes, as far as that is known
   */
  readonly call: (begin: () => Ask, condition: Condition) => Reached<Effect>;
  /** A second call with the same answers came to something else. */
  readonly impure: () => Error;
  /** Told of each way that is found; what it is given goes that way once more, and throws where it differs. */
  readonly onFound: (repeat: () => void) => void;
}

/** All ends that can be reached under a condition. */
export function explore<Effect>(
  branch: Branch<Effect>,
  condition: Condition,
  exploration: Exploration<Effect>,
): readonly Leaf<Effect>[] {
  const leaves: Leaf<Effect>[] = [];
  const { algebra, answers } = exploration;
  const visit = (at: Branch<Effect>, choices: readonly Choice[], under: Condition): void => {
    at.tree ??= discover(choices, under, exploration);
    const { tree } = at;
    if (tree.kind === 'leaf') {
      leaves.push({ condition: under, effect: tree.effect });
      return;
    }
    const { question, branches } = tree;
    for (const [text, { value: answer, condition: holds }] of answers(question)) {
      const both = algebra.and(under, holds);
      if (!algebra.isPossible(both)) continue;
      let next = branches.get(text);
      if (next === undefined) branches.set(text, (next = {}));
      visit(next, [...choices, { question, text, answer }], both);
    }
  };
  visit(branch, [], condition);
  return leaves;
}

/** Goes a way that begins with some choices, to its end. */
function discover<Effect>(
  begun: readonly Choice[],
  condition: Condition,
  exploration: Exploration<Effect>,
): Tree<Effect> {
  const way = new Way(begun, condition, exploration);
  const { effect, text } = way.explore();
  way.repeat(text);
  exploration.onFound(() => {
    way.repeat(text);
  });
  let tree: Tree<Effect> = { kind: 'leaf', effect };
  for (const choice of way.choices.slice(begun.length).reverse())
    tree = { kind: 'asks', question: choice.question, branches: new Map([[choice.text, { tree }]]) };
  return tree;
}

/**
 * One way. What is not known yet is looked for when the call is over, which is then made anew: no work of evaluation is
 * done within what an author wrote, where it would be theirs by clocks and traps.
 */
class Way<Effect> {
  readonly choices: Choice[];
  private asked = 0;
  /** What the last call asked that is not known. A function may catch what is thrown into it. */
  private open: CallQuestion | undefined;
  private failure: Error | undefined;

  constructor(
    begun: readonly Choice[],
    private condition: Condition,
    private readonly exploration: Exploration<Effect>,
  ) {
    this.choices = [...begun];
  }

  /** To its end. */
  explore(): Reached<Effect> {
    for (;;) {
      const reached = this.go();
      if (reached !== undefined) return reached;
      this.choices.push(this.choose(this.open!));
    }
  }

  /** @throws what the exploration says where it comes to something else */
  repeat(text: string): void {
    if (this.go()?.text !== text) throw this.exploration.impure();
  }

  /** Undefined where it asks what is not known. */
  private go(): Reached<Effect> | undefined {
    const reached = this.call();
    if (this.failure !== undefined) throw this.failure;
    if (this.open !== undefined) return undefined;
    if (this.asked < this.choices.length) throw this.exploration.impure();
    return reached;
  }

  private call(): Reached<Effect> | undefined {
    this.open = undefined;
    try {
      return this.exploration.call(() => this.begin(), this.condition);
    } catch (error) {
      if (this.failure === undefined && this.open === undefined) throw error;
      return undefined;
    }
  }

  private begin(): Ask {
    this.asked = 0;
    return (question) => this.answer(question);
  }

  private answer(question: CallQuestion): unknown {
    if (this.open !== undefined || this.asked === this.choices.length) {
      this.open ??= question;
      throw UNANSWERED;
    }
    const choice = this.choices[this.asked++];
    if (!sameQuestion(choice.question, question)) throw (this.failure ??= this.exploration.impure());
    return choice.answer;
  }

  /** The first answer that is possible. */
  private choose(question: CallQuestion): Choice {
    const { algebra, answers } = this.exploration;
    for (const [text, { value: answer, condition }] of answers(question)) {
      const both = algebra.and(this.condition, condition);
      if (!algebra.isPossible(both)) continue;
      this.condition = both;
      return { question, text, answer };
    }
    throw new Error('of all that a cell may hold, something is so');
  }
}
