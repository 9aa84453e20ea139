/** What properties say of states of all nodes together: they see observations, of which there are far fewer. */
import { TRUE } from '../../algebra.js';
import type { HandlerEvaluator } from '../evaluator.js';
import type { ConditionalView } from '../evaluation.js';
import type { HandlerSpecification } from '../specification.js';
import type { LocalId } from '../locals.js';
import { isDown, localOf, moved, type Situation } from './node-turns.js';
import { RowTable } from './row-table.js';
import type { StepFaults } from './step-faults.js';

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
  private readonly row: Int32Array;
  private readonly together: RowTable;
  /** By views together; at EOT, and before. */
  private readonly judged: Readonly<Record<'end' | 'before', Judged[]>> = { end: [], before: [] };
  private readonly times: ReadonlySet<number>;

  constructor(
    private readonly evaluator: HandlerEvaluator,
    private readonly specification: HandlerSpecification,
    private readonly faults: StepFaults,
  ) {
    this.seen = evaluator.nodes.map(() => new Map<Situation, number>());
    this.firsts = evaluator.nodes.map(() => new Map<number, LocalId>());
    this.row = new Int32Array(evaluator.nodes.length);
    this.together = new RowTable(evaluator.nodes.length);
    this.times = new Set(specification.times);
  }

  /**
   * @param situations of the nodes, in their order
   * @param faultless whether they are so without faults
   * @throws HandlerError
   */
  judge(situations: Int32Array, time: number, faultless: boolean): JointJudgement {
    if (!this.times.has(time)) return 'not violated';
    for (let node = 0; node < this.row.length; node++)
      this.row[node] = this.viewOf(node, situations[node], time);
    const known = this.judged[time === this.evaluator.eot ? 'end' : 'before'];
    const { judgement, asked } = (known[this.together.place(this.row)] ??= this.find(time));
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

  private find(time: number): Judged {
    const views = Array.from(this.row, (number) => this.views[number]);
    const findings = this.specification.judgeViews(views, time, this.faults);
    if (findings === undefined) return { judgement: 'unknown', asked: [] };
    return {
      judgement: findings.some(({ reason }) => reason !== undefined) ? 'violated' : 'not violated',
      asked: findings.filter(({ pre }) => pre).map(({ property }) => property),
    };
  }

  private viewOf(node: number, situation: Situation, time: number): number {
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
