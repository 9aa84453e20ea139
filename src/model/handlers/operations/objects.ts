/** An object that a property says is linearizable: its model is called as properties are, and what comes of it is told. */
import type { Algebra, Condition } from '../../algebra.js';
import type { Calls } from '../calls.js';
import { HandlerError, isA, problemWithData, type HandlerCall } from '../errors.js';
import { firstDifference } from '../plain.js';
import type { LinearizableProperty, PropertyAnswer } from '../properties.js';
import { Ordering, type CallModel, type Continuation } from './ordering.js';
import { operationText, toldText } from './record.js';
import { NothingBegun } from './turn.js';
import { OperationsWatch, type ConditionalRecorded } from './watch.js';

/** What calls of models share with those of handlers. */
export type ModelCalls = Pick<Calls, 'setting' | 'enter' | 'underWay' | 'condition' | 'onCall'>;

/** What a property says of the operations of a timestep, and when. */
export interface OperationsAnswer {
  readonly condition: Condition;
  readonly answer: PropertyAnswer;
}

export class SharedObject {
  private readonly ordering: Ordering;
  /** The time that is looked at. */
  private time = 0;

  constructor(
    private readonly property: string,
    { linearizable }: LinearizableProperty,
    private readonly calls: ModelCalls,
  ) {
    this.ordering = new Ordering(linearizable, calls.setting.plain, (about, work) => this.call(about, work));
  }

  /** The operations of one run, or of all runs at once. */
  watch(algebra: Algebra): OperationsWatch {
    return new OperationsWatch(this.ordering, algebra);
  }

  /** @param recorded what each node may have recorded at a time; the times in their order @throws HandlerError */
  answers(
    watch: OperationsWatch,
    time: number,
    recorded: readonly (readonly ConditionalRecorded[])[],
  ): readonly OperationsAnswer[] {
    this.time = time;
    const onAsk = (condition: Condition) => {
      this.calls.condition = condition;
    };
    try {
      return watch.see(recorded, onAsk).map(({ condition, continuation, isAsked }) => ({
        condition,
        answer: { pre: isAsked, reason: this.reasonOf(continuation) },
      }));
    } catch (error) {
      if (!isA(error, NothingBegun)) throw error;
      const node = this.calls.setting.nodes[error.node];
      const problem = { kind: 'nothing begun', node, result: error.result } as const;
      throw new HandlerError(this.callAt(undefined), problem, this.calls.condition);
    }
  }

  private reasonOf(continuation: Continuation): string | undefined {
    if (continuation.kind === 'in order') return undefined;
    const { node, operation, result } = continuation;
    const what = `${operationText(operation.value)} of ${this.calls.setting.nodes[node]}`;
    const gives = result.value === undefined ? 'has come to its end' : `gives ${toldText(result.value)}`;
    return `no order of the operations explains that ${what} ${gives}`;
  }

  /** Twice, as everything that an author wrote. */
  private readonly call: CallModel = (about, work) => {
    const { calls } = this;
    const call = this.callAt(about);
    const { condition } = calls;
    const once = () => {
      try {
        return work();
      } catch (error) {
        if (isA(error, HandlerError)) throw error;
        throw new HandlerError(call, problemWithData(error, 'a step of the model'), condition);
      }
    };
    const again = () => {
      calls.enter({ call, again: once });
      assertSame(first, once(), call, condition);
      calls.underWay = undefined;
    };
    calls.enter({ call, again: once });
    const first = once();
    again();
    calls.onCall(again);
    return first;
  };

  private callAt(state: unknown): HandlerCall {
    const event = { kind: 'property', name: this.property, part: 'linearizable' } as const;
    return { node: undefined, time: this.time, event, state };
  }
}

/** @throws HandlerError */
function assertSame(first: unknown, second: unknown, call: HandlerCall, condition: Condition): void {
  const difference = firstDifference(first, second);
  if (difference === undefined) return;
  const problem = {
    kind: 'impure',
    path: 'a step of the model',
    first: difference.a,
    second: difference.b,
  } as const;
  throw new HandlerError(call, problem, condition);
}
