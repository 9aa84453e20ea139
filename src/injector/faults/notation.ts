/** How faults of a kind are written and told: what a schedule reads, what reports say. */
import type { DiagnosticCode } from '../../model/diagnostics/codes.js';
import { formatNodeName, QUOTED_NAME } from '../../model/text/node-names.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { ChannelTime } from './channel.js';
import {
  boundOf,
  boundWord,
  endOfCrashes,
  NAMED_BOUNDS,
  type BoundName,
  type Bounds,
} from '../../model/bounds.js';

/** The source of a pattern for the name of a node as it is written in a schedule; a group of its own. */
export const NAME = String.raw`(${QUOTED_NAME}|(?:[^\s;@">-]|-(?!>))+)`;

/** The source of a pattern for the time that a fault happens at; a group of its own. */
export const AT_TIME = String.raw`\s*@\s*([^\s@]+?)`;

/** The source of a pattern for how many messages leave before a fault begins, which may be left out; a group of its own. */
export const AFTER = String.raw`(?:\s+after\s+)?((?<=\safter\s+)\S+|)`;

/** The source of a pattern for the timesteps by which something is late; a group of its own. */
export const LATER = String.raw`\s*\+\s*([^\s+]+)`;

/** The source of a pattern for the time at which a fault is over that goes on for some timesteps; a group of its own. */
export const UNTIL = String.raw`\s*\.\.\s*([^\s.]+)`;

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

/** That there are as many faults of a kind already as its bound admits. */
export function tooMany(name: BoundName, bounds: Bounds): Objection {
  const most = boundOf(bounds, name);
  return {
    code: 'RUN109',
    message: `the bounds admit ${NAMED_BOUNDS[name].inWords(most, bounds)}`,
    hint: `admit more by \`--${boundWord(name)} ${most + 1}\``,
  };
}

/** What reads words, and tells what is wrong with them; undefined where something was. */
export interface WordReader {
  readonly bounds: Bounds;
  node(word: Word): string | undefined;
  /** A logical timestep from 1 to `most`. @param reason why no later one will do @param least the first that makes sense */
  time(word: Word, most: number, reason: string, least?: number): number | undefined;
  /** A number of such units from 1 to `most`. @param why no more will do, and what would help */
  count(
    word: Word,
    most: number,
    why: {
      readonly unit: string;
      readonly reason: string;
      readonly hint: string | undefined;
    },
  ): number | undefined;
  object(objection: Objection, word: Word): void;
}

/**
 * What a node sends to another at one time.
 *
 * @param never what is never so of what a node sends to itself
 * @param reason why no later time will do
 */
export function readChannel(
  [sender, receiver, at]: readonly Word[],
  reader: WordReader,
  { never, reason }: { readonly never: string; readonly reason: string },
): ChannelTime | undefined {
  const from = reader.node(sender);
  const to = reader.node(receiver);
  const time = reader.time(at, reader.bounds.eff - 1, reason);
  if (from === undefined || to === undefined || time === undefined) return undefined;
  if (from !== to) return { from, to, time };
  const message = `what ${formatNodeName(from)} sends to itself is never ${never}`;
  const span = { ...sender.span, end: receiver.span.end };
  reader.object({ code: 'RUN108', message, expected: 'two different nodes', span }, sender);
  return undefined;
}

/** What is expected where one of these logical timesteps is. */
export function timesBetween(least: number, most: number): string {
  return least === most ? `the time ${least}` : `a time from ${least} to ${most}`;
}

/**
 * When a fault goes on: at `time`, ..., `until` - 1.
 *
 * @param latest the latest time at which it may be over
 * @param reason why no later one will do
 */
export function readSpan(
  [from, to]: readonly Word[],
  reader: WordReader,
  latest: number,
  reason: string,
): { readonly time: number; readonly until: number } | undefined {
  const time = reader.time(from, latest - 1, reason);
  const until = reader.time(to, latest, reason, (time ?? 0) + 1);
  if (time === undefined || until === undefined) return undefined;
  if (time < until) return { time, until };
  const message = `what begins at ${time} is not over at ${until}`;
  const expected = timesBetween(time + 1, latest);
  reader.object({ code: 'RUN108', message, expected, span: to.span }, to);
  return undefined;
}

/**
 * `lost`: an omission happens. `down`: a node has crashed at the time or before; or before it, or at it after as many messages
 * or more. `out`: an outage of a node goes on at the
 * time. `paused`: a pause of it does. `cut`: a partition does. `named`: what the author calls so happens at the node and time. `late`, `again`: what is sent arrives so many timesteps later, instead of in time or once
 * more.
 */
export type FaultInput =
  | {
      readonly kind: 'late' | 'again';
      readonly from: string;
      readonly to: string;
      readonly time: number;
      readonly by: number;
    }
  | { readonly kind: 'lost'; readonly from: string; readonly to: string; readonly time: number }
  | {
      readonly kind: 'cut';
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly ways: 'both' | 'one';
      readonly time: number;
    }
  | { readonly kind: 'out' | 'paused'; readonly node: string; readonly time: number }
  | { readonly kind: 'down'; readonly node: string; readonly time: number; readonly after?: number }
  | { readonly kind: 'named'; readonly name: string; readonly node: string; readonly time: number };

/**
 * What a field of a fault holds: the name of a node, or of several; links such as `a->b`; a logical timestep, or how many
 * of those something takes; how many messages; whether it goes both ways, or one; or the name that an author gave it.
 */
export type FieldContent = 'node' | 'name' | 'nodes' | 'links' | 'time' | 'timesteps' | 'messages' | 'ways';

/** What the fields beside `kind` hold, in the order in which documents have them; `links` and `messages` may be absent. */
export type FieldsOf<Thing> = { readonly [Name in Exclude<keyof Thing, 'kind'>]-?: FieldContent };

/** A fault that begins at one node, or between groups of them. */
export interface Strike {
  /** Undefined where it is between several. */
  readonly node: string | undefined;
  /** What happens to the node, after its name; or between whom it is. */
  readonly happens: string;
}

/** Faults of a kind in the language of clingo, where `time(T)` and `node(N)` hold and bounds are constants. */
export interface AnswerSetNotation {
  /** An atom of one fault. */
  readonly fault: string;
  /** Of faults that let what is sent arrive D timesteps later: an atom of one, and whether it does so then alone. */
  readonly detour?: { readonly fault: string; readonly instead: boolean };
  /** Of faults that authors name: an atom that one called F happens to N at T. */
  readonly naming?: string;
  /** Faults as choices, and what they bring about: `lost(From, To, T)` and `down(N, T)`. None where the bounds admit none. */
  clauses(bounds: Bounds, nodes: readonly string[]): readonly string[];
}

/** The time before which crashes happen, and by which outages are over: `EOT 6`, or `4`. */
export function endOfCrashesText(bounds: Bounds): string {
  const end = endOfCrashes(bounds);
  return end === bounds.eot ? `EOT ${end}` : String(end);
}

/** In the language of clingo, the last time before that. */
export function lastTimeOfCrashes(bounds: Bounds): string {
  const end = endOfCrashes(bounds);
  return end === bounds.eot ? 'last - 1' : String(end - 1);
}

/** In the language of clingo, that N may fail. */
export function fallibleNode({ reliable }: Bounds): string {
  return (reliable?.nodes ?? []).length === 0 ? 'node(N)' : 'node(N), not reliable(N)';
}

/** In the language of clingo, that what A sends to B may. */
export function fallibleChannel({ reliable }: Bounds): string {
  const channel = 'node(A), node(B), A != B';
  return (reliable?.links ?? []).length === 0 ? channel : `${channel}, not reliable(A, B)`;
}

/** In the language of clingo, that of an atom A, B, ... there are so many at the most. */
export function atMost(atom: string, most: number): readonly string[] {
  const terms = atom.slice(atom.indexOf('(') + 1, -1);
  return most === Infinity ? [] : [`:- #count { ${terms} : ${atom} } > ${most}`];
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
  /** Whom it happens to, as it is written: a node, a channel, or groups of nodes. */
  place(fault: F): string;
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
  /** What it says of that node where such a fault is over, and when that is; absent where none ever is. */
  recovery?(fault: F): Strike & { readonly time: number };
  /** Undefined where something is wrong, which the reader was told. */
  read(words: readonly Word[], reader: WordReader): F | undefined;
  /** Why a fault may not happen beside others of its kind. */
  objection(fault: F, others: readonly F[], bounds: Bounds): Objection;
}
