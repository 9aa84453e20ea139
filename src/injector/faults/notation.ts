/** How faults of a kind are written and told: what a schedule reads, what reports say. */
import type { DiagnosticCode } from '../../model/diagnostics/codes.js';
import { QUOTED_NAME } from '../../model/text/node-names.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { Bounds } from '../bounds.js';

/** The source of a pattern for the name of a node as it is written in a schedule; a group of its own. */
export const NAME = String.raw`(${QUOTED_NAME}|(?:[^\s;@">-]|-(?!>))+)`;

/** The source of a pattern for the time that a fault happens at; a group of its own. */
export const AT_TIME = String.raw`\s*@\s*([^\s@]+)`;

/** Part of what was typed. */
export interface Word {
  readonly text: string;
  readonly span: SourceSpan;
}

/** What is to be said of a fault that is written as it should be, and still cannot be. */
export interface Objection {
  readonly code: Extract<DiagnosticCode, 'RUN108' | 'RUN109'>;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  /** Where; default the first word. */
  readonly span?: SourceSpan;
}

/** What reads words, and tells what is wrong with them; undefined where something was. */
export interface WordReader {
  readonly bounds: Bounds;
  node(word: Word): string | undefined;
  /** A logical timestep from 1 to `most`. @param reason why no later one will do */
  time(word: Word, most: number, reason: string): number | undefined;
  object(objection: Objection, word: Word): void;
}

/** `lost`: an omission happens. `down`: a node has crashed at the time or before. */
export type FaultInput =
  | { readonly kind: 'lost'; readonly from: string; readonly to: string; readonly time: number }
  | { readonly kind: 'down'; readonly node: string; readonly time: number };

/** What a field of a fault holds: the name of a node, or a logical timestep. */
export type FieldContent = 'node' | 'time';

/** What the fields beside `kind` hold, in the order in which documents have them. */
export type FieldsOf<Thing> = { readonly [Name in Exclude<keyof Thing, 'kind'>]: FieldContent };

/** A fault that begins at one node. */
export interface Strike {
  readonly node: string;
  /** What happens to it, after its name. */
  readonly happens: string;
}

/** Faults of a kind in the language of clingo, where `time(T)` and `node(N)` hold and bounds are constants. */
export interface AnswerSetNotation {
  /** An atom of one fault. */
  readonly fault: string;
  /** Faults as choices, and what they bring about: `lost(From, To, T)` and `down(N, T)`. */
  readonly clauses: readonly string[];
}

/** How faults of one kind are written. */
export interface FaultNotation<F> {
  /** What such a fault begins with. */
  readonly verb: string;
  /** One such fault, as it may be typed. */
  readonly example: string;
  /** The source of a pattern for what follows the verb; its groups are the words that `read` is given. */
  readonly pattern: string;
  /** As {@link read} reads it. */
  format(fault: F): string;
  /** The fault in words. */
  describe(fault: F): string;
  /** What the input of an event is true of. */
  describeEvent(event: F): string;
  /** The same as data. */
  input(event: F): FaultInput;
  /** Of such a fault as data. */
  readonly fields: FieldsOf<F>;
  readonly answerSet: AnswerSetNotation;
  /** What a picture of a run marks such a fault by, and what that means. */
  readonly sign: { readonly mark: string; readonly meaning: string };
  /** What a picture says of the node at which such a fault begins; absent where faults are of no one node. */
  strike?(fault: F): Strike;
  /** Undefined where something is wrong, which the reader was told. */
  read(words: readonly Word[], reader: WordReader): F | undefined;
  /** Why a fault may not happen beside others of its kind. */
  objection(fault: F, others: readonly F[], bounds: Bounds): Objection;
}
