/**
 * What a good run teaches about the fault sets that break the protocol: each must change the run so that a
 * violation appears (Alvaro et al., "Lineage-driven Fault Injection", 2015). Two questions are asked of the
 * run, in turn and backward in time, until faults answer them:
 *
 * - why a fact may be *missing*: in each of its firings some premise fails;
 * - why a fact may *appear* that was absent: a rule fires that did not, because facts that one of its `notin`
 *   premises met are missing, or one of its positive premises appears, or its message now arrives.
 *
 * Answers are literals, with clauses in one direction ("only if"), which needs no care for facts that support
 * each other. What is not known of an appearing fact is left open in a pattern, so that no answer is missed.
 */
import { firingsOf, premiseKey, type RecordedRun } from '../lineage/graph.js';
import { Instances, type Instance } from '../lineage/instances.js';
import { bindHead, patternOf, type Pattern } from '../lineage/patterns.js';
import type { Evaluator } from '../model/evaluate/evaluator.js';
import type { Firing, PresentPremise } from '../model/evaluate/firing.js';
import { isAggregating, positivePremises } from '../model/evaluate/plan.js';
import { CRASH, type Rule } from '../model/program.js';
import type { Literal } from '../solver/sat.js';
import type { FaultLiterals } from './fault-literals.js';
import type { FaultSolver } from './fault-solver.js';

/** Any of these may be the reason; none, where it cannot be. */
type Reasons = readonly Literal[];

export interface SupportContext {
  readonly evaluator: Evaluator;
  readonly solver: FaultSolver;
  readonly literals: FaultLiterals;
  /** Only where this is true may anything but a crash appear that was absent. */
  readonly absencesBreak: Literal;
}

/** Questions that wait for one another at most, so that no run is too long for the stack. */
const DEEPEST = 200;

export class Support {
  /** Whether something was absent that need not be. */
  reliesOnAbsence = false;
  private readonly instances: Instances;
  private readonly given: ReadonlySet<string>;
  private readonly known = new Map<string, Reasons>();
  /** Questions being answered, with the literal that stands for the answer where it was needed meanwhile. */
  private readonly open = new Map<string, Literal | undefined>();
  /** Questions whose answers have a literal, and are still to be found. */
  private readonly deferred: (() => void)[] = [];

  constructor(
    private readonly run: RecordedRun,
    private readonly context: SupportContext,
  ) {
    this.instances = new Instances(run.evaluation, context.evaluator);
    this.given = new Set(context.evaluator.given.map(premiseKey));
  }

  /** Requires of the solver's fault sets that some `pre` fact of the run loses its `post`, or another one joins them. */
  requireBroken(): void {
    const { evaluator, solver } = this.context;
    const time = evaluator.eot;
    const pre = evaluator.relation('pre');
    const post = evaluator.relation('post');
    const held = this.run.evaluation.factsOf('pre', time).map(({ tuple }): PresentPremise => {
      const row = post.tuples.find(tuple.map((value) => evaluator.values.id(value)));
      return { kind: 'present', relation: post, row, time };
    });
    const joining: Pattern = { kind: 'absent', relation: pre, columns: [], key: [], time };
    solver.addClause([...held.flatMap((fact) => this.missing(fact)), ...this.appearing(joining)]);
    for (let find = this.deferred.pop(); find !== undefined; find = this.deferred.pop()) find();
  }

  private missing(fact: PresentPremise): Reasons {
    if (fact.relation.name === CRASH) {
      const [, node, time] = this.context.evaluator.tuple(fact.relation, fact.row);
      return this.context.literals.noCrash(node as string, time as number);
    }
    const key = premiseKey(fact);
    if (this.given.has(key)) return [];
    return this.answer(key, () =>
      this.all(firingsOf(this.run.graph, fact).map((firing) => this.failing(firing))),
    );
  }

  private failing(firing: Firing): Reasons {
    const premises = firing.premises.flatMap((premise) =>
      premise.kind === 'present' ? this.missing(premise) : this.appearing(premise),
    );
    const channel = firing.channel === undefined ? [] : this.context.literals.removal(firing.channel);
    return [...premises, ...channel, ...this.changing(firing)];
  }

  private appearing(pattern: Pattern): Reasons {
    const { evaluator, literals } = this.context;
    if (pattern.relation.name === CRASH) {
      const known = new Map(
        pattern.columns.map((column, i) => [column, evaluator.values.value(pattern.key[i])]),
      );
      return literals.crash(known.get(1), known.get(2));
    }
    return this.answer(premiseKey(pattern), () => this.ifAbsencesBreak(this.firingAnew(pattern)));
  }

  private ifAbsencesBreak(reasons: Reasons): Reasons {
    if (reasons.length === 0) return [];
    this.reliesOnAbsence = true;
    return this.all([reasons, [this.context.absencesBreak]]);
  }

  /**
   * Why rules may make facts of a pattern that they did not make. New facts that derive one another within a
   * timestep start from one that no such fact derives, so that their reasons are gathered without order.
   */
  private firingAnew(pattern: Pattern): Reasons {
    const sameTime = new Map([[premiseKey(pattern), pattern]]);
    const reasons: Literal[] = [];
    // A map's iteration also visits what is added meanwhile.
    for (const wanted of sameTime.values()) {
      for (const rule of this.context.evaluator.rulesFor(wanted.relation.name)) {
        reasons.push(...this.instancesAnew(rule, wanted));
        for (const premise of this.premisePatterns(rule, wanted)) {
          if (premise.time === pattern.time && premise.relation.name !== CRASH)
            sameTime.set(premiseKey(premise), premise);
          else reasons.push(...this.appearing(premise));
        }
      }
    }
    return reasons;
  }

  /** Why a rule may fire whose positive premises hold. */
  private instancesAnew(rule: Rule, pattern: Pattern): Reasons {
    const instances = this.instances.matching(rule, bodyTime(rule, pattern.time), pattern);
    if (isAggregating(rule)) return instances.flatMap((instance) => this.contributingOtherwise(instance));
    return instances.flatMap((instance) => (instance.holds ? [] : this.all(this.obstacles(instance))));
  }

  /** The facts that a rule may use to make a fact of a pattern. */
  private premisePatterns(rule: Rule, pattern: Pattern): readonly Pattern[] {
    const { evaluator } = this.context;
    const time = bodyTime(rule, pattern.time);
    const bindings = time < 1 ? undefined : bindHead(rule, pattern, evaluator);
    if (bindings === undefined) return [];
    return positivePremises(rule)
      .map((atom) => patternOf(atom, bindings, atom.time ?? time, evaluator))
      .filter((premise) => premise.time <= time);
  }

  /** What keeps an instance of a rule, all of whose positive premises hold, from making its head: each must go. */
  private obstacles(instance: Instance): readonly Reasons[] {
    const met = instance.absent.flatMap((pattern) => this.instances.factsOf(pattern));
    const channel = instance.channel === undefined ? [] : this.context.literals.restoration(instance.channel);
    return [...met.map((fact) => this.missing(fact)), ...channel.map((literal) => [literal])];
  }

  /** Why an aggregate may have another value, or its message another fate: any contributor comes, goes or is lost. */
  private changing({ rule, head }: Firing): Reasons {
    if (!isAggregating(rule)) return [];
    const columns = rule.head.terms.flatMap((term, column) => (term.kind === 'aggregate' ? [] : [column]));
    const key = columns.map((column) => head.relation.tuples.columns[column][head.row]);
    const group: Pattern = { kind: 'absent', relation: head.relation, columns, key, time: head.time };
    return [
      ...this.instancesAnew(rule, group),
      ...this.premisePatterns(rule, group).flatMap((premise) => this.appearing(premise)),
    ];
  }

  private contributingOtherwise(instance: Instance): Reasons {
    const { literals } = this.context;
    const channel = instance.channel === undefined ? [] : literals.restoration(instance.channel);
    return [
      ...instance.present.flatMap((fact) => this.missing(fact)),
      ...instance.absent.flatMap((pattern) => {
        const met = this.instances.factsOf(pattern);
        return met.length > 0 ? met.flatMap((fact) => this.missing(fact)) : this.appearing(pattern);
      }),
      ...channel,
    ];
  }

  /** The answer to a question, found once; while it is being found, a literal that stands for it. */
  private answer(question: string, find: () => Reasons): Reasons {
    const known = this.known.get(question);
    if (known !== undefined) return known;
    if (this.open.has(question)) {
      const literal = this.open.get(question) ?? this.context.solver.newLiteral();
      this.open.set(question, literal);
      return [literal];
    }
    if (this.open.size === DEEPEST) return this.defer(question, find);
    this.open.set(question, undefined);
    const reasons = this.any(find(), this.open.get(question));
    this.open.delete(question);
    this.known.set(question, reasons);
    return reasons;
  }

  private defer(question: string, find: () => Reasons): Reasons {
    const literal = this.context.solver.newLiteral();
    this.known.set(question, [literal]);
    this.deferred.push(() => this.any(find(), literal));
    return [literal];
  }

  /** Reasons in one literal, or none: only if one of `reasons` holds does `literal`. */
  private any(reasons: Reasons, literal?: Literal): Reasons {
    const distinct = [...new Set(reasons)];
    if (literal === undefined && distinct.length < 2) return distinct;
    const standing = literal ?? this.context.solver.newLiteral();
    this.context.solver.addClause([-standing, ...distinct]);
    return distinct.length === 0 ? [] : [standing];
  }

  /** Why all of several things may be: only if there is a reason for each. */
  private all(parts: readonly Reasons[]): Reasons {
    if (parts.some((reasons) => reasons.length === 0)) return [];
    if (parts.length < 2) return parts.flat();
    const literal = this.context.solver.newLiteral();
    for (const reasons of parts) this.context.solver.addClause([-literal, ...reasons]);
    return [literal];
  }
}

/** When the rule of a head fires. */
function bodyTime(rule: Rule, headTime: number): number {
  return rule.timing === 'deductive' ? headTime : headTime - 1;
}
