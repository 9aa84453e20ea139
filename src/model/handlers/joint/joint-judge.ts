/** What properties say of states of all nodes together: they see observations, of which there are far fewer. */
import { TRUE } from '../../algebra.js';
import type { HandlerEvaluator } from '../evaluator.js';
import type { ConditionalView } from '../evaluation.js';
import type { HandlerSpecification } from '../specification.js';
import type { LocalId } from '../locals.js';
import { isDown, localOf, moved, type Situation } from './situations.js';
import { RowTable } from './row-table.js';
import type { StepFaults } from './step-faults.js';

/** What nodes show where nobody looks. */
export const NO_VIEW = -1;

export type JointJudgement = 'violated' | 'not violated' | 'unknown';

/** What is known of views that are shown together. */
interface Judged {
  readonly judgement: JointJudgement;
  readonly asked: readonly string[];
}

export class JointJudge {
  /** The properties that ask something of the run without faults. */
  readonly asked = new Set<string>();
  private readonly views: ConditionalView[] = [];
  private readonly viewNumbers = new Map<string, number>();
  /** By node and situation. */
  private readonly seen: Map<Situation, number>[];
  /** By node and view, the first local state of a node that is down and shows it. */
  private readonly firsts: Map<number, LocalId>[];
  private readonly together: RowTable;
  /** By views together; at EOT, and before. */
  private readonly judged: Readonly<Record<'end' | 'before', Judged[]>> = {
    end: [],
    before: [],
  };
  private readonly times: ReadonlySet<number>;

  constructor(
    private readonly evaluator: HandlerEvaluator,
    private readonly specification: HandlerSpecification,
    private readonly faults: StepFaults,
  ) {
    this.seen = evaluator.nodes.map(() => new Map<Situation, number>());
    this.firsts = evaluator.nodes.map(() => new Map<number, LocalId>());
    this.together = new RowTable(evaluator.nodes.length);
    this.times = new Set(specification.times);
  }

  /** Whether properties look at a time. */
  looksAt(time: number): boolean {
    return this.times.has(time);
  }

  /**
   * @param views of the nodes, in their order
   * @param faultless whether they are so without faults
   * @throws HandlerError
   */
  judge(views: Int32Array, time: number, faultless: boolean): JointJudgement {
    if (!this.looksAt(time)) return 'not violated';
    const known = this.judged[time === this.evaluator.eot ? 'end' : 'before'];
    const { judgement, asked } = (known[this.together.place(views)] ??= this.find(views, time));
    if (faultless) for (const property of asked) this.asked.add(property);
    return judgement;
  }

  /** The same in the first local state in which the node looked so. @throws HandlerError */
  alike(node: number, situation: Situation, time: number): Situation {
    const view = this.viewOf(node, situation, time);
    let first = this.firsts[node].get(view);
    if (first === undefined) this.firsts[node].set(view, (first = localOf(situation)));
    return moved(situation, first);
  }

  private find(numbers: Int32Array, time: number): Judged {
    const views = Array.from(numbers, (number) => this.views[number]);
    const findings = this.specification.judgeViews(views, time, this.faults);
    if (findings === undefined) return { judgement: 'unknown', asked: [] };
    return {
      judgement: findings.some(({ reason }) => reason !== undefined) ? 'violated' : 'not violated',
      asked: findings.filter(({ pre }) => pre).map(({ property }) => property),
    };
  }

  /** The number of what a node shows. @throws HandlerError */
  viewOf(node: number, situation: Situation, time: number): number {
    let number = this.seen[node].get(situation);
    if (number === undefined) {
      const crashed = isDown(situation);
      const observation = this.evaluator.calls.observe(node, localOf(situation), time);
      number = this.numberOf({ observation, crashed, condition: TRUE });
      this.seen[node].set(situation, number);
    }
    return number;
  }

  private numberOf(view: ConditionalView): number {
    const text = `${view.crashed ? 'crashed' : 'correct'} ${view.observation.text}`;
    let number = this.viewNumbers.get(text);
    if (number === undefined) {
      number = this.views.push(view) - 1;
      this.viewNumbers.set(text, number);
    }
    return number;
  }
}
