/**
 * Questions about one run as people type them: `why log(b, "hello") at 3`, `why-not ack b->a@2`. What is asked about is a
 * fact, a message, the state of a node or the outcome; every complaint names its place in the text.
 */
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Source } from '../../model/diagnostics/source.js';
import { NAME } from '../../injector/faults/notation.js';
import type { Value } from '../../model/rules/program.js';
import { quote } from '../../model/text/quote.js';
import { formatNodeNames, readNodeName } from '../../model/text/node-names.js';
import { plural } from '../../model/text/numbers.js';
import { suggest } from '../../model/text/suggest.js';
import type { Askable } from '../kinds/kind.js';

/** What may be asked about. */
export type Asked =
  /** How the run ended; of handlers, one property of it where one is named. */
  | { readonly kind: 'outcome'; readonly property: string | undefined }
  /** A fact of rules; null for any value. */
  | { readonly kind: 'fact'; readonly relation: string; readonly pattern: readonly (Value | null)[] }
  /** A message on a channel, of any name and time of sending where these are undefined. */
  | {
      readonly kind: 'message';
      readonly name: string | undefined;
      readonly from: string;
      readonly to: string;
      readonly sent: number | undefined;
    }
  /** What a node knows; where a value is given, only while it has that at a path of fields. */
  | {
      readonly kind: 'state';
      readonly node: string;
      readonly path: readonly string[];
      readonly value: unknown;
    };

/** What is there or is not, at a time. */
export type AskedThing = Exclude<Asked, { readonly kind: 'outcome' }>;

/** A question about one run. */
export interface RunQuestion {
  /** As it was typed, without the faults. */
  readonly text: string;
  readonly asks: 'why' | 'why-not';
  /** What it asks about, as it was typed; empty for the outcome. */
  readonly what: string;
  readonly about: Asked;
  /** The logical timestep; undefined where none is named. */
  readonly time: number | undefined;
  /** The faults of the run, as typed; undefined where the question names none. */
  readonly under: string | undefined;
}

/** What can be asked about. */
export interface QuestionScope extends Askable {
  readonly nodes: readonly string[];
  readonly eot: number;
}

/** What {@link readQuestion} made of a text. */
export type QuestionResult =
  | { readonly kind: 'question'; readonly question: RunQuestion }
  | { readonly kind: 'malformed'; readonly diagnostics: readonly Diagnostic[] };

const FORMS =
  '`why` or `why-not`, then `log(b, "hello")`, `ack b->a@2`, `b`, `b.role = leader` or nothing, then `at 3` and `under drop a->b@1` where wanted';

/** What is wrong, at a part of the text. */
class Malformed extends Error {
  constructor(
    readonly problem: string,
    readonly part: Part,
    readonly details: { readonly expected?: string; readonly hint?: string | undefined } = {},
  ) {
    super(problem);
  }
}

/** A part of the text, and where it begins. */
interface Part {
  readonly text: string;
  readonly start: number;
}

/** Reads a question. @param label what diagnostics call the text */
export function readQuestion(text: string, scope: QuestionScope, label = 'question'): QuestionResult {
  const source: Source = { name: label, text };
  try {
    return { kind: 'question', question: read(text, scope) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const { start, text: part } = error.part;
    const span = { source, start, end: start + Math.max(1, part.length) };
    return {
      kind: 'malformed',
      diagnostics: [diagnostic('RUN131', error.problem, { span, ...error.details })],
    };
  }
}

function read(text: string, scope: QuestionScope): RunQuestion {
  const begun = /^\s*(why-not|why)(?=\s|$)/.exec(text);
  if (begun === null)
    throw new Malformed('this is no question', trim({ text, start: 0 }), { expected: FORMS });
  const body = { text: text.slice(begun[0].length), start: begun[0].length };
  const named = lengthOfProperty(body, scope);
  const [rest, under] = splitAt(body, 'under', named);
  const [what, at] = splitAt(rest, 'at', named);
  const asked = about(trim(what), scope);
  if (at !== undefined && asked.kind === 'outcome')
    throw new Malformed('an outcome has its own time', trim(at), { hint: 'leave out `at`' });
  return {
    text: text.slice(0, rest.start + rest.text.length).trim(),
    asks: begun[1] as RunQuestion['asks'],
    what: trim(what).text,
    about: asked,
    time: at && timeOf(trim(at), scope),
    under: under?.text.trim(),
  };
}

/** Of how many characters the name of a property is that the text begins with: any word may be part of it. */
function lengthOfProperty({ text }: Part, { properties }: QuestionScope): number {
  const blanks = text.length - text.trimStart().length;
  const lengths = properties
    .filter((name) => text.startsWith(name, blanks) && /^(?:\s|$)/.test(text.slice(blanks + name.length)))
    .map(({ length }) => length);
  return lengths.length === 0 ? 0 : blanks + Math.max(...lengths);
}

/** What is before a word, and after it; a word in quotes is none, nor is one of the first `skipped` characters. */
function splitAt(part: Part, word: string, skipped: number): readonly [Part, Part | undefined] {
  const text = '"'.repeat(skipped) + withoutQuotes(part.text.slice(skipped));
  const found = new RegExp(String.raw`(?:^|\s)${word}(?=\s|$)`, 'd').exec(text);
  if (found === null) return [part, undefined];
  const [start, end] = found.indices![0]!;
  return [
    { text: part.text.slice(0, start), start: part.start },
    { text: part.text.slice(end), start: part.start + end },
  ];
}

/** The same length, and nothing in quotes; one that is not closed reaches to the end. */
function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*(?:"|\\?$)/g, (quoted) => '"'.repeat(quoted.length));
}

function trim({ text, start }: Part): Part {
  return { text: text.trim(), start: start + text.length - text.trimStart().length };
}

function timeOf(part: Part, { eot }: QuestionScope): number {
  const time = /^\d+$/.test(part.text) ? Number(part.text) : NaN;
  if (time >= 1 && time <= eot) return time;
  throw new Malformed(`\`${part.text}\` is no time of the run`, part, { expected: `1 to ${eot}` });
}

const CHANNEL = new RegExp(String.raw`^(?:(\S+)\s+)??${NAME}\s*->\s*${NAME}(?:\s*@\s*(\S+))?$`, 'du');
const FACT = /^([\p{L}_][\p{L}\p{N}_]*)\s*\((.*)\)$/dsu;
const STATE = /^("(?:[^"\\]|\\.)*"|[^\s."=]+)((?:\.[^\s.=]+)*)(?:\s*=\s*(.+))?$/ds;

function about(part: Part, scope: QuestionScope): Asked {
  const { text } = part;
  const { relations, properties, nodes } = scope;
  if (text === '') return { kind: 'outcome', property: undefined };
  const fact = FACT.exec(text);
  if (fact !== null) return factAbout(fact, part, scope);
  const channel = CHANNEL.exec(text);
  if (channel !== null) return messageAbout(channel, part, scope);
  const columns = relations.get(text);
  if (columns !== undefined)
    return { kind: 'fact', relation: text, pattern: Array<null>(columns).fill(null) };
  const property = properties.find((name) => name === text || quote(name) === text);
  if (property !== undefined) return { kind: 'outcome', property };
  const state = STATE.exec(text);
  const node = state === null ? undefined : readNodeName(state[1]);
  if (state !== null && node !== undefined && nodes.includes(node)) {
    const path = state[2].split('.').slice(1);
    return {
      kind: 'state',
      node,
      path,
      value: state.at(3) === undefined ? undefined : valueOf(state[3].trim()),
    };
  }
  const known = [...relations.keys(), ...properties, ...nodes];
  throw new Malformed(`there is no \`${node ?? text}\` to ask about`, part, {
    expected: FORMS,
    hint: suggest(node ?? text, known),
  });
}

function factAbout(fact: RegExpExecArray, part: Part, { relations }: QuestionScope): Asked {
  const [, relation, list] = fact;
  const columns = relations.get(relation);
  const name = { text: relation, start: part.start };
  if (columns === undefined)
    throw new Malformed(`there is no relation \`${relation}\``, name, {
      ...(relations.size === 0 && {
        expected: 'a message such as `ack b->a`, or a node: handlers have no relations',
      }),
      hint: suggest(relation, relations.keys()),
    });
  const inside = { text: list, start: part.start + fact.indices![2]![0] };
  const terms = list.trim() === '' ? [] : splitTerms(inside).map(trim);
  if (terms.length !== columns)
    throw new Malformed(
      `\`${relation}\` has ${plural(columns, 'column')}, and ${terms.length} ${terms.length === 1 ? 'is' : 'are'} given`,
      inside,
      {
        expected: `\`${relation}(${Array<string>(columns).fill('_').join(', ')})\`, where \`_\` is any value`,
      },
    );
  return { kind: 'fact', relation, pattern: terms.map(termOf) };
}

function splitTerms({ text, start }: Part): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { index } of `${withoutQuotes(text)},`.matchAll(/,/g)) {
    parts.push({ text: text.slice(from, index), start: start + from });
    from = index + 1;
  }
  return parts;
}

/** As pictures write columns: quotes only where needed. */
function termOf(part: Part): Value | null {
  const { text } = part;
  if (text === '_') return null;
  if (/^-?\d+$/.test(text)) return Number(text);
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return readNodeName(text);
  if (text !== '' && !text.includes('"')) return text;
  throw new Malformed(`\`${text}\` is no value`, part, {
    expected: '`_`, a number, or a text such as `hello` or `"a, b"`',
  });
}

function messageAbout(channel: RegExpExecArray, part: Part, scope: QuestionScope): Asked {
  const at = (group: number): Part => ({
    text: channel[group],
    start: part.start + channel.indices![group]![0],
  });
  const [from, to] = [nodeOf(at(2), scope), nodeOf(at(3), scope)];
  const sent = channel.at(4) === undefined ? undefined : timeOf(at(4), scope);
  return { kind: 'message', name: channel.at(1), from, to, sent };
}

function nodeOf(part: Part, { nodes }: QuestionScope): string {
  const name = readNodeName(part.text);
  if (nodes.includes(name)) return name;
  throw new Malformed(`there is no node \`${part.text}\``, part, {
    expected: formatNodeNames(nodes, ', '),
    hint: suggest(name, nodes),
  });
}

/** JSON, and of what is none a text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
