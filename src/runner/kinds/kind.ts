/**
 * What a kind of protocol is to checks, in one value: what scenarios say of it, how it is made ready to run, what that may
 * take, and what there is to say of it before. Nothing else, from a scenario to a verdict, asks whether a protocol is of
 * rules or of handlers.
 */
import type { Bounds } from '../../injector/bounds.js';
import type { Run } from '../../injector/run.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { HandlerChange } from '../../model/handlers/changes/change.js';
import type { Protocol, WrittenProtocol } from '../../model/protocol.js';
import type { ProgramChange } from '../../model/rules/changes/change.js';
import type { CheckedProgram } from '../../model/rules/program.js';
import type { ReadSource } from '../files/sources.js';
import type { Budgets } from '../guard/budgets.js';
import type { FieldTable, ShapeReader } from '../shape.js';
import type { Subject, SubjectOptions } from '../subjects/subject.js';

/** A protocol as it was when a check began. */
export interface WatchedProtocol {
  /** To be run in place of the protocol. */
  readonly protocol: Protocol;
  /** Around all work that runs it, from outside of what may end that. */
  readonly during: <Value>(work: () => Value) => Value;
  /** Whether work that runs it may never end. */
  readonly endless: boolean;
}

/** What questions about the runs of a protocol may name. */
export interface Askable {
  /** Each with its number of columns; none of handlers. */
  readonly relations: ReadonlyMap<string, number>;
  /** Of handlers, their names. */
  readonly properties: readonly string[];
}

/** What a protocol is prepared for. */
export interface ScenarioContext {
  readonly nodes: readonly string[];
  /** Those that its scenario names; the same list where no others were chosen. */
  readonly own: readonly string[];
  readonly read: ReadSource;
}

export interface PreparedProtocol<Of extends Protocol> {
  /** Undefined where errors leave none. */
  readonly protocol: Of | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a protocol gets from one thread to another. */
export interface Crossing<Of extends Protocol> {
  /** It, as plain data. */
  leave(protocol: Of): unknown;
  /** @param data what {@link leave} made, in another thread */
  arrive(data: unknown): Of;
}

/** How messages are made to arrive always, in time and once, wherever their sender is up. */
export interface DeliveredMessages<Of extends Protocol> {
  /** The names of its messages on which the outcome may depend, each once. */
  names(protocol: Of, eot: number): readonly string[];
  /** The same protocol, in which those of some names always arrive. */
  delivering(
    protocol: Of,
    names: ReadonlySet<string>,
    on: { readonly nodes: readonly string[]; readonly eot: number },
  ): Of;
}

/** A change of a protocol that its author could make. */
export type ProtocolChange = ProgramChange | HandlerChange;

/** A protocol, changed in one respect. */
export interface ChangedProtocol<Of extends Protocol> {
  readonly change: ProtocolChange;
  readonly protocol: Of;
}

/** What is known of a protocol that is to be changed. */
export interface ChangeSetting {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** Whether nodes may be down for a while and start again. */
  readonly outages: boolean;
  /** The run without faults. */
  readonly run: Run;
}

/** A form that scenarios may have. */
export interface ScenarioForm {
  /** The field by which a scenario says that it has this form. */
  readonly by: string;
  /** Of a scenario, beside those that all have. */
  readonly fields: FieldTable;
}

/** @typeParam Written what its author gives of it */
export interface ProtocolKind<Of extends Protocol, Written extends WrittenProtocol = WrittenProtocol> {
  readonly kind: Of['kind'];
  /** How scenarios say that they are of this kind, and what it is. */
  readonly forms: readonly ScenarioForm[];
  /** Tells the reader of all that is wrong with the shape of what `defineScenario` made of these fields. */
  validate(reader: ShapeReader, protocol: Readonly<Record<string, unknown>>): void;
  /** Checks a protocol of the right shape. */
  prepare(protocol: Written, context: ScenarioContext): PreparedProtocol<Of>;
  /** Of a check that names none. */
  readonly budgets: Budgets;
  /** Milliseconds for a check or a replay that names no time; undefined where none of its runs can be endless. */
  readonly timeout: number | undefined;
  /**
   * How it gets to other threads, which then share its runs. Undefined where it cannot, or where runs remember what
   * others did, so that they would not be the same elsewhere, nor as quick.
   */
  readonly crossing: Crossing<Of> | undefined;
  /** Whether the formula of a certificate is made with a diagram, which knows facts to be impossible, and leaves them out. */
  readonly certifiedByDiagram: boolean;
  subject(protocol: Of, options: SubjectOptions): Subject;
  watched(protocol: Of): WatchedProtocol;
  /**
   * A text that no other protocol has; undefined where it has none.
   *
   * @param file the text of the file that it is written in, where there is one
   */
  identity(protocol: Of, file: string | undefined): string | undefined;
  /** The line that defined it, as far as one is known for the whole. */
  definition(protocol: Of): SourceSpan | undefined;
  /** The program of rules that it is, to be printed; undefined where it is none. */
  program(protocol: Of): CheckedProgram | undefined;
  /** It in all ways in which it is known how to change it in one respect, in a fixed order. */
  changes(protocol: Of, setting: ChangeSetting): readonly ChangedProtocol<Of>[];
  /** Relations of which what is carried from timestep to timestep is part of what it comes to; none of handlers. */
  carried(protocol: Of): ReadonlySet<string>;
  /** Errors, where it speaks of nodes other than these. */
  undeclared(protocol: Of, nodes: readonly string[]): readonly Diagnostic[];
  /** How some of its messages can be made to arrive always; undefined where they cannot. */
  readonly delivered: DeliveredMessages<Of> | undefined;
  /** The nodes of each role; undefined where there are no roles. */
  roles(protocol: Written): Readonly<Record<string, readonly string[]>> | undefined;
  /** What questions about its runs may name. */
  askable(protocol: Of): Askable;
  /** Warnings of what makes no sense within bounds. */
  warnings(protocol: Of, bounds: Bounds): readonly Diagnostic[];
}
