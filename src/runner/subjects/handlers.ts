/** A protocol of node handlers as the subject of a check. */
import { compareGroundFacts, compareMessages, type Outcome } from '../../injector/replay.js';
import { concreteWorld } from '../../injector/world.js';
import type { Execution, GroundFact, Message } from '../../injector/execution.js';
import type { FaultSet } from '../../injector/faults.js';
import type { Conditions } from '../../lineage/conditions.js';
import { booleans, FALSE, type Condition } from '../../model/algebra.js';
import type { World } from '../../model/world.js';
import { HandlerEvaluator } from '../../model/handlers/evaluator.js';
import type { HandlerEvaluation, Packet, HandlerRunOptions, Step } from '../../model/handlers/evaluation.js';
import { HandlerError } from '../../model/handlers/errors.js';
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { HandlerSpecification, type ConditionalFindings } from '../../model/handlers/specification.js';
import { compareStrings } from '../../model/order.js';
import type { Tuple } from '../../model/rules/program.js';
import type { Steps } from '../../model/steps.js';
import { divergenceOf } from './divergence.js';
import { ProtocolError } from '../failures/protocol-error.js';
import type { Divergence } from '../result.js';
import { EvenSample } from './sample.js';
import { callsBegun } from './calls-begun.js';
import { causalReceipts, requireCausesBroken } from './causal.js';
import { HandlerPast } from './past.js';
import { trackedReceipts } from './tracked.js';
import type {
  RecordedOutcome,
  SpecificationConditions,
  Subject,
  SubjectOptions,
  UnfinishedCall,
  Work,
} from './subject.js';

/** Calls that are made once more when all is done. */
const MOST_REPEATED = 1_000;

/** A call that can be made once more, and the run in which it was made. */
interface MadeCall {
  readonly repeat: () => void;
  readonly faults: FaultSet | undefined;
}

export class HandlerSubject implements Subject {
  readonly properties: readonly string[];
  private readonly evaluator: HandlerEvaluator;
  private readonly judge: HandlerSpecification;
  /** Of the run under way; undefined in the run over all fault sets. */
  private faults: FaultSet | undefined;
  private readonly made = new EvenSample<MadeCall>(MOST_REPEATED);

  constructor(
    private readonly protocol: HandlerProtocol,
    private readonly options: SubjectOptions,
  ) {
    const { nodes, eot } = options;
    const onCall = (repeat: () => void) => {
      this.made.offer({ repeat, faults: this.faults });
    };
    const onBegin = () => {
      callsBegun.publish(this.evaluator.calls);
    };
    this.evaluator = new HandlerEvaluator(protocol, { nodes, eot, onCall, onBegin });
    this.judge = new HandlerSpecification(this.evaluator);
    this.properties = Object.keys(protocol.specification);
  }

  get work(): Work {
    const { calls, localStates } = this.evaluator;
    return { firings: 0, facts: 0, handlerRuns: calls.made, localStates };
  }

  get unfinished(): UnfinishedCall | undefined {
    const { underWay, condition } = this.evaluator.calls;
    if (underWay === undefined) return undefined;
    const { call, again } = underWay;
    const failure = new HandlerError(call, { kind: 'endless' }, condition);
    return { failure, faults: this.faults, again };
  }

  outcome(faults: FaultSet): Outcome {
    return this.under(faults, () => this.outcomeOf(this.run(faults)));
  }

  askedIn({ pre }: Pick<Outcome, 'pre'>): ReadonlySet<string> {
    return new Set(pre.map(([property]) => String(property)));
  }

  confirm(faults: FaultSet): Outcome {
    return this.evaluator.repeating(() => this.outcome(faults));
  }

  replay(faults: FaultSet): Execution {
    return this.evaluator.repeating(() => this.under(faults, () => this.execution(faults)));
  }

  /** In another order than before: what is remembered outside of the state is then not what it was. */
  repeatCalls(): void {
    for (const { repeat, faults } of this.made.mixed()) {
      this.options.checkpoint();
      if (faults === undefined) repeat();
      else this.under(faults, repeat);
    }
  }

  private execution(faults: FaultSet): Execution {
    const { nodes, eot, checkpoint } = this.options;
    const packets: Packet[] = [];
    const steps: Step[] = [];
    const evaluation = this.run(faults, {
      onSent: (packet) => packets.push(packet),
      onStep: (step) => steps.push(step),
    });
    const outcome = this.outcomeOf(evaluation);
    const violated = outcome.violations.map(([, , time]) => Number(time));
    const past = new HandlerPast(steps, Math.max(0, ...violated), this.evaluator.calls);
    const world = concreteWorld(faults);
    const times = Array.from({ length: eot + 1 }, (_, time) => time);
    return {
      language: 'handlers',
      nodes,
      eot,
      faults,
      messages: packets.flatMap((packet) => this.messagesOf(packet, world, past)).sort(compareMessages),
      facts: times.map((time) => {
        checkpoint();
        return time === 0 ? [] : this.factsAt(evaluation, time);
      }),
      ...outcome,
    };
  }

  get provesByLineage(): boolean {
    return this.options.lineage === 'causal';
  }

  divergence(execution: Execution, failureFree: Execution): Divergence | undefined {
    return divergenceOf(execution, failureFree, () => true);
  }

  *specification(world: World, conditions: Conditions): Steps<SpecificationConditions> {
    this.faults = undefined;
    const { checkpoint, localStateLimit = Infinity } = this.options;
    let violation: Condition = FALSE;
    const outcomes: ConditionalFindings[] = [];
    const evaluation = yield* this.evaluator.steps(world, { checkpoint, localStateLimit });
    for (const outcome of this.judge.findings(evaluation, conditions)) {
      checkpoint();
      outcomes.push(outcome);
      if (outcome.findings.some(({ reason }) => reason !== undefined))
        violation = conditions.or(violation, outcome.condition);
    }
    const asked = (property: string) =>
      outcomes
        .filter(({ findings }) => findings.some((finding) => finding.property === property && finding.pre))
        .reduce((any, { condition }) => conditions.or(any, condition), FALSE);
    return { violation, asked };
  }

  record(faults: FaultSet): RecordedOutcome {
    return this.under(faults, () => this.recorded(faults));
  }

  private recorded(faults: FaultSet): RecordedOutcome {
    const steps: Step[] = [];
    const packets: Packet[] = [];
    const evaluation = this.run(faults, {
      onSent: (packet) => packets.push(packet),
      onStep: (step) => steps.push(step),
    });
    const { evaluator } = this;
    const { nodes } = this.options;
    return {
      outcome: this.outcomeOf(evaluation),
      requireBroken: (terms) => {
        const receipts =
          this.options.lineage === 'causal'
            ? causalReceipts(steps)
            : trackedReceipts({ evaluator, evaluation, steps });
        return requireCausesBroken({ nodes, faults, packets, receipts }, terms);
      },
    };
  }

  /** A handler that fails is told with the fault set of the run. @throws ProtocolError */
  private under<Value>(faults: FaultSet, work: () => Value): Value {
    this.faults = faults;
    try {
      return work();
    } catch (error) {
      throw error instanceof HandlerError ? new ProtocolError(error, faults, this.protocol) : error;
    }
  }

  private run(
    faults: FaultSet,
    listeners: Pick<HandlerRunOptions, 'onSent' | 'onStep'> = {},
  ): HandlerEvaluation {
    const { checkpoint } = this.options;
    return this.evaluator.run(concreteWorld(faults), { checkpoint, ...listeners });
  }

  /** Of a property that is to hold always, the first time that it does not is told. */
  private outcomeOf(evaluation: HandlerEvaluation): Outcome {
    const pre = new Set<string>();
    const violations = new Map<string, Tuple>();
    for (const { time, findings } of this.judge.findings(evaluation, booleans)) {
      for (const { property, pre: asked, reason } of findings) {
        if (asked) pre.add(property);
        if (reason !== undefined && !violations.has(property))
          violations.set(property, [property, reason, time]);
      }
    }
    const { properties } = this;
    return {
      pre: properties.filter((name) => pre.has(name)).map((name) => [name]),
      violations: properties.flatMap((name) => (violations.has(name) ? [violations.get(name)!] : [])),
    };
  }

  private messagesOf(
    { from, to, time, messages }: Packet,
    world: World,
    past: HandlerPast,
  ): readonly Message[] {
    const { nodes } = this.options;
    const deliveries = world.deliveries(nodes[from], nodes[to], time);
    const arrives = deliveries.some(({ condition }) => condition !== FALSE);
    return messages.map((id): Message => {
      const event = this.evaluator.calls.event(id);
      if (event.kind !== 'message') throw new Error('only messages are sent');
      const { type, ...fields } = event.message;
      const tuple = [nodes[to], sortedJson(fields)];
      return {
        relation: type,
        tuple,
        from: nodes[from],
        to: nodes[to],
        time,
        fate: arrives ? 'delivered' : 'omitted',
        causal: past.has({ from, to, time, event: id }),
      };
    });
  }

  private factsAt(evaluation: HandlerEvaluation, time: number): readonly GroundFact[] {
    return this.options.nodes
      .flatMap((name, node) =>
        evaluation
          .statesOf(node, time)
          .flatMap(({ local }) => fieldsOf(name, this.evaluator.calls.locals.get(local).state.value)),
      )
      .sort(compareGroundFacts);
  }
}

/** JSON with sorted keys, so that data that differs in their order alone is told alike. */
function sortedJson(data: unknown): string {
  const sorted = (_: string, value: unknown) =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareStrings(a, b)));
  return JSON.stringify(data, sorted) ?? 'undefined';
}

/** The fields of a state; of a state without fields, the state itself. */
function fieldsOf(node: string, state: unknown): readonly GroundFact[] {
  const fact = (relation: string, value: unknown): GroundFact => ({
    relation,
    tuple: [node, sortedJson(value)],
  });
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return [fact('state', state)];
  return Object.entries(state).map(([field, value]) => fact(field, value));
}
