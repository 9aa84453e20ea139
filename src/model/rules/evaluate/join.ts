/**
 * Runs a join plan at one timestep: every way to satisfy the body, with the conjunction of its premises'
 * conditions. The plan is interpreted (generated code would be a little faster, and is not to be had where
 * `eval` is forbidden).
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import { applyOperator, compareValues } from '../arithmetic.js';
import { EvaluationError } from './errors.js';
import type { Extent } from './extent.js';
import type {
  Absence,
  Filter,
  Lookup,
  JoinPlan,
  RelationStore,
  Scan,
  ValueSource,
  PlanStep,
} from './plan.js';
import { NONE, type RowId } from './tuples.js';
import type { ValueId, Values } from './values.js';

export interface JoinContext {
  readonly algebra: Algebra;
  readonly values: Values;
  /** The facts of a relation at a logical timestep; undefined where there are none. */
  extent(relation: RelationStore, time: number): Extent | undefined;
}

/** One way to satisfy a body. Valid only while the callback runs. */
export interface Match {
  readonly plan: JoinPlan;
  readonly time: number;
  readonly condition: Condition;
  /** By step of the plan: the row that a scan is at. */
  readonly rows: Int32Array;
  value(source: ValueSource): ValueId;
}

export interface JoinOptions {
  /** The rows that a delta scan visits. */
  readonly delta?: readonly RowId[] | undefined;
  /** Takes every `notin` premise to hold. */
  readonly ignoreAbsences?: boolean;
  /** Leaves out what has no value, wherever it occurs. */
  readonly passesOverErrors?: boolean;
}

export class Join implements Match {
  plan!: JoinPlan;
  time = 0;
  condition: Condition = TRUE;
  rows = new Int32Array(8);
  private registers = new Int32Array(8);
  private steps: readonly PlanStep[] = [];
  private delta: readonly RowId[] = [];
  private ignoreAbsences = false;
  private passesOverErrors = false;
  /** Why the binding at hand is an error, if the whole body can hold with it. */
  private failure: EvaluationError | undefined;
  private visit!: (match: Match) => void;

  constructor(private readonly context: JoinContext) {}

  run(plan: JoinPlan, time: number, visit: (match: Match) => void, options: JoinOptions = {}): void {
    this.plan = plan;
    this.time = time;
    this.steps = plan.steps;
    this.visit = visit;
    this.delta = options.delta ?? [];
    this.ignoreAbsences = options.ignoreAbsences ?? false;
    this.passesOverErrors = options.passesOverErrors ?? false;
    this.failure = undefined;
    if (this.rows.length < plan.steps.length) this.rows = new Int32Array(plan.steps.length);
    if (this.registers.length < plan.registers) this.registers = new Int32Array(plan.registers);
    for (const step of plan.steps) if (step.kind !== 'filter') step.lookup.index?.catchUp();
    this.advance(0, TRUE);
  }

  value(source: ValueSource): ValueId {
    switch (source.kind) {
      case 'register':
        return this.registers[source.register];
      case 'constant':
        return source.value;
      case 'arithmetic':
        return this.context.values.id(this.calculate(source));
    }
  }

  private calculate(source: ValueSource & { kind: 'arithmetic' }): number {
    const left = this.context.values.value(this.value(source.left)) as number;
    const right = this.context.values.value(this.value(source.right)) as number;
    const result = applyOperator(source.operator, left, right);
    if (result === undefined) throw new EvaluationError({ kind: 'division by zero' }, source.span, this.time);
    if (!Number.isSafeInteger(result))
      throw new EvaluationError({ kind: 'integer overflow' }, source.span, this.time);
    return result;
  }

  /** Goes deeper with each scan only, of which there are as many as a body may have premises. */
  private advance(from: number, condition: Condition): void {
    const { failure } = this;
    let depth = from;
    let narrowed = condition;
    while (narrowed !== FALSE) {
      const step = this.steps[depth];
      if (step === undefined) {
        this.conclude(narrowed);
        break;
      }
      if (step.kind === 'scan') {
        this.scan(step, depth, narrowed);
        break;
      }
      narrowed = this.narrow(step, narrowed);
      depth++;
    }
    this.failure = failure;
  }

  /** Tells of a match. One without a value is an error only where it occurs in some admissible run. */
  private conclude(condition: Condition): void {
    this.condition = condition;
    try {
      if (this.failure !== undefined) throw this.failure;
      this.visit(this);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      if (!this.passesOverErrors && this.context.algebra.isPossible(condition)) throw error;
    }
  }

  /** A premise that has no value is no error yet: another one, visited later, may not hold. */
  private narrow(step: Absence | Filter, condition: Condition): Condition {
    try {
      if (step.kind === 'absence') return this.withoutMatch(step, condition);
      return this.passes(step) ? condition : FALSE;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      // The absence that is ignored may be what keeps the rule from this.
      if (this.ignoreAbsences) return FALSE;
      this.failure ??= error;
      return condition;
    }
  }

  private passes(step: Filter): boolean {
    const { values } = this.context;
    const left = values.value(this.value(step.left));
    return compareValues(step.operator, left, values.value(this.value(step.right)));
  }

  private scan(step: Scan, depth: number, condition: Condition): void {
    const { lookup } = step;
    const extent = this.extent(lookup);
    if (extent === undefined) return;
    this.eachRow(lookup, extent, (row) => {
      const narrowed = this.context.algebra.and(condition, extent.condition(row));
      if (narrowed === FALSE || !this.bind(step, row)) return;
      this.rows[depth] = row;
      this.advance(depth + 1, narrowed);
    });
  }

  private withoutMatch(step: Absence, condition: Condition): Condition {
    if (this.ignoreAbsences) return condition;
    const extent = this.extent(step.lookup);
    if (extent === undefined) return condition;
    const { algebra } = this.context;
    let present: Condition = FALSE;
    this.eachRow(step.lookup, extent, (row) => {
      present = algebra.or(present, extent.condition(row));
    });
    return algebra.and(condition, algebra.not(present));
  }

  /** An absolute time that has not come yet shows nothing. */
  private extent(lookup: Lookup): Extent | undefined {
    const time = lookup.time ?? this.time;
    return time > this.time ? undefined : this.context.extent(lookup.relation, time);
  }

  /** The rows of an extent that agree with the key. */
  private eachRow(lookup: Lookup, extent: Extent, visit: (row: RowId) => void): void {
    const key = lookup.buffer;
    for (let i = 0; i < key.length; i++) key[i] = this.value(lookup.key[i]);
    const { tuples } = lookup.relation;
    switch (lookup.by) {
      case 'tuple': {
        const row = tuples.find(key);
        if (row !== NONE && extent.condition(row) !== FALSE) visit(row);
        return;
      }
      case 'index': {
        const index = lookup.index!;
        for (let row = index.first(key); row !== NONE; row = index.next(row)) {
          if (extent.condition(row) !== FALSE && index.matches(row, key)) visit(row);
        }
        return;
      }
      case 'scan': {
        // What a recursive rule adds meanwhile is left to the next round.
        const { rows } = extent;
        for (let i = 0, end = rows.length; i < end; i++) visit(rows[i]);
        return;
      }
      case 'delta':
        for (const row of this.delta) if (tuples.matches(row, lookup.columns, key)) visit(row);
    }
  }

  private bind(step: Scan, row: RowId): boolean {
    const { columns } = step.lookup.relation.tuples;
    for (const { column, register } of step.binds) this.registers[register] = columns[column][row];
    for (const { column, register } of step.repeats) {
      if (this.registers[register] !== columns[column][row]) return false;
    }
    return true;
  }
}
