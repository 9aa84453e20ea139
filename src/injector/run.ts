/**
 * What happened in one run under one fault set, whatever the protocol is written in: enough to judge it, to draw it,
 * and to compare it with another. It is plain data, that can be sent to another thread as it is.
 */
import { dataText, type Data, type Fields } from '../model/data.js';
import { compareStrings } from '../model/order.js';
import { compareTuples } from '../model/rules/order.js';
import type { Tuple, Value } from '../model/rules/program.js';
import type { RulePropertyName } from '../model/rules/specification.js';
import type { FaultSet } from './faults.js';
import type { Loss } from './faults/kind.js';

/** What happened in one run, told apart by what the protocol is written in. */
export type Run = RuleRun | HandlerRun;

/** A run of a program of rules. */
export interface RuleRun extends Course<TupleJudgement> {
  readonly language: 'rules';
  /** Every fact of every logical timestep, by time, relation, then tuple. */
  readonly facts: readonly TimedFact[];
}

/** A run of node handlers. */
export interface HandlerRun extends Course<PropertyJudgement> {
  readonly language: 'handlers';
  /** The state of every node at every logical timestep, once it has handled what happened then: by time, then node. */
  readonly states: readonly NodeState[];
  /** What clients recorded of their operations, by when they began; absent where they recorded nothing. */
  readonly operations?: readonly ClientOperation[];
}

/** An operation of a client. */
export interface ClientOperation {
  readonly node: string;
  /** The logical timesteps at which it began and came to its end; no end where none was recorded. */
  readonly began: number;
  readonly ended?: number;
  /** What is done: of a type, with other fields. */
  readonly operation: Data;
  /** What it gave, once it has come to its end. */
  readonly result?: Data;
}

/** What every run has; all that a picture shows of one. */
export interface Course<Judged extends RunJudgement = RunJudgement> extends Outcome<Judged> {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults: FaultSet;
  /** Every message sent, or kept from being sent by a crash, in the fixed order of {@link compareMessages}. */
  readonly messages: readonly Message[];
  /** What the nodes did, by time, then node, then in the order in which it happened. */
  readonly events: readonly NodeEvent[];
}

/** What the specification says of a run: of each property in its order, and of rules of each tuple of `pre`. */
export interface Outcome<Judged extends RunJudgement = RunJudgement> {
  readonly judgements: readonly Judged[];
}

/** What the specification says of a run in one respect. */
export type RunJudgement = TupleJudgement | PropertyJudgement;

/**
 * Of rules: of `pre`, that it is empty at EOT, or that one tuple of it is in `post`, or is not; of `always` the same of
 * `alwaysPost` and all times.
 */
export type TupleJudgement =
  | NotAsked
  | { readonly kind: 'held'; readonly property: RulePropertyName; readonly tuple: Tuple }
  | {
      readonly kind: 'violated';
      readonly property: RulePropertyName;
      /** EOT; of `always`, the first time at which the tuple is not in `alwaysPost`. */
      readonly time: number;
      readonly tuple: Tuple;
    };

/** Of handlers, what it says of one property. */
export type PropertyJudgement =
  | NotAsked
  | { readonly kind: 'held'; readonly property: string }
  | {
      readonly kind: 'violated';
      readonly property: string;
      /** EOT; of a property that is to hold always, the first time at which it does not. */
      readonly time: number;
      /** One sentence. */
      readonly reason: string;
    };

/** A property whose `pre` does not hold at EOT. */
export interface NotAsked {
  readonly kind: 'not asked';
  readonly property: string;
}

/** The judgements by which a run, or an outcome, violates the specification. */
export type Violation<Judged extends Outcome = Outcome> = Extract<
  Judged['judgements'][number],
  { readonly kind: 'violated' }
>;

/** A message that was sent, or that a crash kept from being sent. */
export interface Message {
  /** Unique within a run, and the same in every run in which as much is sent before it on its channel at that time. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The logical timestep it is sent at. */
  readonly sent: number;
  /** The logical timesteps it arrives at; none where it is lost. */
  readonly arrivals: readonly number[];
  /** Why it does not arrive, if it does not. */
  readonly fate: Fate;
  /** Of rules its relation, of handlers its type. */
  readonly name: string;
  readonly payload: Payload;
  /** Whether it is in the causal past of a violation: one of this run may rest on its arrival. */
  readonly causal: boolean;
}

/** What becomes of a message. */
export type Fate = 'delivered' | Loss;

/** What a message carries: of rules its columns after the first, which is its destination; of handlers its fields. */
export type Payload = readonly Value[] | Fields;

/** Something that a node did. Of rules, only what it received is told: what follows from that is lineage. */
export type NodeEvent = {
  /** Unique within the run. */
  readonly id: string;
  readonly node: string;
  readonly time: number;
  /**
   * The events that made it happen, by their ids: of a receipt the one that sent the message, of a timer the one that
   * set it last. What else it may rest on is what the node did before. Of rules there are none: what is sent by a rule
   * rests on more than one event, which is lineage.
   */
  readonly causes: readonly string[];
} & Occasion;

/** What a node had to handle. */
export type Occasion =
  | { readonly kind: 'start' }
  /** At the end of an outage. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'tick' }
  /** `causal`: whether it is in the causal past of a violation, as a message may be; absent where it is not. */
  | { readonly kind: 'timer'; readonly name: string; readonly causal?: true }
  /** `message` is the id of one. */
  | { readonly kind: 'receipt'; readonly message: string };

/** A fact without its time. */
export interface GroundFact {
  readonly relation: string;
  readonly tuple: Tuple;
}

/** A fact at a time. */
export interface TimedFact extends GroundFact {
  readonly time: number;
}

/** The state of a node at a time. */
export interface NodeState {
  readonly time: number;
  readonly node: string;
  readonly state: Data;
  /** Timesteps until each timer fires, by name; absent where none is set. */
  readonly timers?: Readonly<Record<string, number>>;
}

/** The judgements by which a run violates the specification; none where it satisfies it. */
export function violationsOf<Judged extends Outcome>({ judgements }: Judged): readonly Violation<Judged>[] {
  return judgements.filter((judgement): judgement is Violation<Judged> => judgement.kind === 'violated');
}

/** Whether a run violates the specification. */
export function isViolated({ judgements }: Outcome): boolean {
  return judgements.some(({ kind }) => kind === 'violated');
}

/** The properties that ask anything of a run. */
export function askedIn({ judgements }: Outcome): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const { kind, property } of judgements) if (kind !== 'not asked') asked.add(property);
  return asked;
}

/** Whether messages are of rules, or of handlers. */
export function areColumns(payload: Payload): payload is readonly Value[] {
  return Array.isArray(payload);
}

/** A text that is equal exactly where what two messages carry is. */
export function payloadText({ payload }: Pick<Message, 'payload'>): string {
  return dataText(payload);
}

/** A text that is equal where the same is sent at the same time, whatever becomes of it. */
export function sendingText({ sent, from, to, name, payload }: Message): string {
  return JSON.stringify([sent, from, to, name, dataText(payload)]);
}

/** By time, sender, destination, name, then what they carry. */
export function compareMessages(a: Omit<Message, 'id'>, b: Omit<Message, 'id'>): number {
  return (
    a.sent - b.sent ||
    compareStrings(a.from, b.from) ||
    compareStrings(a.to, b.to) ||
    compareStrings(a.name, b.name) ||
    comparePayloads(a, b)
  );
}

function comparePayloads(a: Pick<Message, 'payload'>, b: Pick<Message, 'payload'>): number {
  return areColumns(a.payload) && areColumns(b.payload)
    ? compareTuples(a.payload, b.payload)
    : compareStrings(payloadText(a), payloadText(b));
}

/** By relation, then tuple. */
export function compareGroundFacts(a: GroundFact, b: GroundFact): number {
  return compareStrings(a.relation, b.relation) || compareTuples(a.tuple, b.tuple);
}
