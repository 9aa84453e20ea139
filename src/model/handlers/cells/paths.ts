/**
 * The ways that a function may take which asks for what it needs: a tree, in which it asks at every inner node and has
 * come to its end at every leaf. Each call begins as a known way does, and goes on by the first answer that is possible.
 * (The idea is that of angelic backtracking, without continuations.)
 */
import { FALSE, type Algebra, type Condition } from '../../algebra.js';
import type { Possibilities } from './cell.js';
import { UNANSWERED } from '../errors.js';
import type { GivenAnswer, DecisionTree } from './decision.js';
import { sameQuestion, type CallQuestion } from './question.js';

export type Ask = (question: CallQuestion) => unknown;

interface Choice {
  readonly question: CallQuestion;
  readonly text: string;
  readonly answer: unknown;
}

/** A place in the tree, of which nothing may be known yet. */
export interface Branch<Effect> {
  tree?: Tree<Effect> | undefined;
}

type Tree<Effect> =
  | { readonly kind: 'end'; readonly effect: Effect }
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

/** All that can come of a function under a condition; undefined where that does not hold. */
export function explore<Effect>(
  branch: Branch<Effect>,
  condition: Condition,
  exploration: Exploration<Effect>,
): DecisionTree<Effect> | undefined {
  let decision: DecisionTree<Effect> | undefined;
  const walk = new Walk(exploration);
  walk.offer({
    at: branch,
    choices: [],
    under: condition,
    accept: (found) => {
      decision = found;
    },
  });
  walk.settle();
  return decision;
}

/** Somewhere that a function may come to. */
interface Place<Effect> {
  readonly at: Branch<Effect>;
  readonly choices: readonly Choice[];
  readonly under: Condition;
  readonly accept: (decision: DecisionTree<Effect>) => void;
}

/** Examples that a walk asks for of what it knows already: to go where nothing leads costs little there. */
const MOST_EXAMPLES = 8;

/**
 * One way through a tree, first wherever it is known that one may come. Of all else together it is asked whether any of it
 * may be: most often nothing may, and one question was enough.
 */
class Walk<Effect> {
  private open: Place<Effect>[] = [];
  private examples = 0;

  constructor(private readonly exploration: Exploration<Effect>) {}

  offer(place: Place<Effect>): void {
    const known = this.exploration.algebra.isKnownPossible(place.under);
    if (known === true) this.take(place);
    else if (known === undefined) this.open.push(place);
  }

  /** Goes wherever one may come. */
  settle(): void {
    while (this.open.length > 0) this.narrow();
  }

  private narrow(): void {
    const { algebra } = this.exploration;
    const asked =
      this.examples < MOST_EXAMPLES ? this.open : this.open.filter(({ at }) => at.tree === undefined);
    const any = asked.reduce((some, { under }) => algebra.or(some, under), FALSE);
    if (asked.length > 0 && !algebra.isPossible(any)) {
      this.open = this.open.filter((place) => !asked.includes(place));
      return;
    }
    this.examples++;
    const places = asked.length > 0 ? asked : this.open;
    const found = places.filter(({ under }) => algebra.isKnownPossible(under) === true);
    const decided = found.length > 0 ? found : places;
    this.open = this.open.filter((place) => !decided.includes(place));
    for (const place of decided)
      if (found.length > 0 || place.at.tree !== undefined || algebra.isPossible(place.under))
        this.take(place);
  }

  private take({ at, choices, under, accept }: Place<Effect>): void {
    const { algebra, answers } = this.exploration;
    const tree = (at.tree ??= discover(choices, under, this.exploration));
    if (tree === undefined) return;
    if (tree.kind === 'end') {
      accept(tree);
      return;
    }
    const { question, branches } = tree;
    const decided: GivenAnswer<Effect>[] = [];
    accept({ kind: 'asks', answers: decided });
    for (const [text, { value: answer, condition: holds }] of answers(question)) {
      let next = branches.get(text);
      if (next === undefined) branches.set(text, (next = {}));
      this.offer({
        at: next,
        choices: [...choices, { question, text, answer }],
        under: algebra.and(under, holds),
        accept: (found) => decided.push({ holds, next: found }),
      });
    }
  }
}

/** Goes a way that begins with some choices, to its end; undefined where it turns out that none can begin so. */
function discover<Effect>(
  begun: readonly Choice[],
  condition: Condition,
  exploration: Exploration<Effect>,
): Tree<Effect> | undefined {
  const way = new Way(begun, condition, exploration);
  const reached = way.explore();
  if (reached === undefined) return undefined;
  const { effect, text } = reached;
  way.repeat(text);
  exploration.onFound(() => {
    way.repeat(text);
  });
  let tree: Tree<Effect> = { kind: 'end', effect };
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

  /** To its end; undefined where no answer is possible, as the condition that it began with was not. */
  explore(): Reached<Effect> | undefined {
    for (;;) {
      const reached = this.go();
      if (reached !== undefined) return reached;
      const choice = this.choose(this.open!);
      if (choice === undefined) return undefined;
      this.choices.push(choice);
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

  /** The first answer that is known to be possible, or else the first that is. */
  private choose(question: CallQuestion): Choice | undefined {
    const { algebra, answers } = this.exploration;
    const choices = [...answers(question)].map(([text, { value: answer, condition }]) => ({
      choice: { question, text, answer },
      both: algebra.and(this.condition, condition),
    }));
    const found =
      choices.find(({ both }) => algebra.isKnownPossible(both) === true) ??
      choices.find(({ both }) => algebra.isPossible(both));
    if (found === undefined) return undefined;
    this.condition = found.both;
    return found.choice;
  }
}
