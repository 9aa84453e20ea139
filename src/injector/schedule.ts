/**
 * Fault sets as people type them: `drop a->b@1; crash C@6`. Reports print a counterexample in this form and
 * `replay` reads it, so that reading is the exact inverse of printing.
 */
import { suggest } from '../model/text/suggest.js';
import { collectDiagnostics } from '../model/diagnostics/collect.js';
import { quote } from '../model/text/quote.js';
import { diagnostic, type Diagnostic } from '../model/diagnostics/diagnostics.js';
import { formatLink } from '../model/text/reliable.js';
import { formatNodeName, formatNodeNames, readNodeName } from '../model/text/node-names.js';
import type { Source } from '../model/diagnostics/source.js';
import { boundOf } from '../model/bounds.js';
import { formatBounds, type Bounds } from './bounds.js';
import { compareFaults, faultKinds, kindOf, ofKind, type Fault, type FaultSet } from './faults.js';
import { reliableChannels } from './faults/fallible.js';
import type { FaultKind, FaultScope } from './faults/kind.js';
import { timesBetween, tooMany, type Objection, type Word, type WordReader } from './faults/notation.js';

/** What {@link parseSchedule} made of a text. */
export type ScheduleResult =
  | { readonly kind: 'faults'; readonly faults: FaultSet }
  /** All that is wrong, in the order of the text; of very much, the first, and how much more. */
  | { readonly kind: 'malformed'; readonly diagnostics: readonly Diagnostic[] };

/** A quote that is not closed reaches to the end, whatever it ends with: to look for a match again takes as long. */
const PARTS = /(?:"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^;"])+/gu;

const MOST_DIAGNOSTICS = 100;

const EXAMPLES = faultKinds.map(({ notation }) => `\`${notation.example}\``);

const FORMS = `${EXAMPLES.slice(0, -1).join(', ')} or ${EXAMPLES.at(-1)!}, several with \`;\` between them`;

/** A fault set as {@link parseSchedule} and `ldfi replay --inject` read it: `drop a->b@1; crash C@6`. */
export function formatSchedule(faults: FaultSet): string {
  return faults.map((fault) => kindOf(fault).notation.format(fault)).join('; ');
}

/** The fault in words. */
export function describeFault(fault: Fault): string {
  return kindOf(fault).notation.describe(fault);
}

/** What the input of an event is true of: `crash a@2, or earlier`. */
export function describeEvent(event: Fault): string {
  return kindOf(event).notation.describeEvent(event);
}

/** A kind, and what its faults look like in a schedule. */
const FORMED = faultKinds.map((kind) => {
  const { verb, pattern } = kind.notation;
  return { kind, form: new RegExp(String.raw`^\s*${verb}\s+${pattern}\s*$`, 'du') };
});

const FALLIBLE = 'leave it out of what is `reliable` to let it fail';

/** What is taken not to fail, where for that there is no such fault; undefined where there is. */
function unfailingIn(fault: Fault, kind: FaultKind<Fault>, bounds: Bounds): string | undefined {
  const channel = kind.channelOf?.(fault);
  if (channel !== undefined)
    return reliableChannels(bounds)(channel) ? `the link ${formatLink(channel)} is taken` : undefined;
  if (kind.channelsOf?.(fault).length === 0) return 'every link between these groups is taken';
  const node = kind.notation.strike?.(fault)?.node;
  const isReliable = node !== undefined && bounds.reliable?.nodes?.includes(node) === true;
  return isReliable ? `node ${formatNodeName(node)} is taken` : undefined;
}

const VERBS = faultKinds.map(({ notation }) => notation.verb);

/**
 * Reads faults that are admissible within the bounds. An empty text is the empty fault set.
 *
 * @param label what diagnostics call the text
 */
export function parseSchedule(text: string, scope: FaultScope, label = 'faults'): ScheduleResult {
  const reader = new ScheduleReader({ name: label, text }, scope);
  for (const part of text.matchAll(PARTS)) if (part[0].trim() !== '') reader.read(part[0], part.index);
  return reader.result();
}

class ScheduleReader implements WordReader {
  private readonly faults: Fault[] = [];
  private readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly source: Source,
    private readonly scope: FaultScope,
  ) {}

  get bounds(): Bounds {
    return this.scope.bounds;
  }

  result(): ScheduleResult {
    if (this.diagnostics.length > 0) {
      const diagnostics = collectDiagnostics(this.diagnostics, [this.source], MOST_DIAGNOSTICS);
      return { kind: 'malformed', diagnostics };
    }
    return { kind: 'faults', faults: this.faults.toSorted(compareFaults) };
  }

  read(part: string, start: number): void {
    for (const { kind, form } of FORMED) {
      const match = form.exec(part);
      if (match === null) continue;
      const words = this.words(match, start);
      const fault = kind.notation.read(words, this);
      if (fault !== undefined) this.add(fault, kind, words[0]);
      return;
    }
    this.malformed(part, start);
  }

  private words(match: RegExpExecArray, start: number): Word[] {
    return match.slice(1).map((text, index) => {
      const [from, to] = match.indices![index + 1]!;
      return { text, span: { source: this.source, start: start + from, end: start + to } };
    });
  }

  private malformed(part: string, start: number): void {
    const from = start + part.length - part.trimStart().length;
    const verb = part.trim().split(/\s/, 1)[0];
    this.report('RUN108', `\`${part.trim()}\` is no fault`, {
      span: { source: this.source, start: from, end: start + part.trimEnd().length },
      expected: FORMS,
      hint: VERBS.includes(verb) ? undefined : suggest(verb, VERBS),
    });
  }

  node({ text, span }: Word): string | undefined {
    const { nodes } = this.scope;
    const name = readNodeName(text);
    if (nodes.includes(name)) return name;
    this.report('RUN108', `there is no node ${quote(name)}`, {
      span,
      expected: `one of ${formatNodeNames(nodes, ', ')}`,
      hint: suggest(name, nodes),
    });
    return undefined;
  }

  time({ text, span }: Word, most: number, reason: string, least = 1): number | undefined {
    const time = Number(text);
    if (!/^\d+$/.test(text)) {
      this.report('RUN108', `\`${text}\` is no logical timestep`, { span, expected: 'an integer from 1' });
      return undefined;
    }
    if (time >= 1 && time <= most) return time;
    const none = most < least;
    this.report(
      'RUN109',
      `time ${text} is outside the bounds ${formatBounds(this.scope.bounds)}: ${reason}`,
      {
        span,
        expected: none ? 'no such fault: these bounds admit none' : timesBetween(least, most),
      },
    );
    return undefined;
  }

  count(
    { text, span }: Word,
    most: number,
    {
      unit,
      reason,
      hint,
    }: {
      readonly unit: string;
      readonly reason: string;
      readonly hint: string | undefined;
    },
  ): number | undefined {
    const count = Number(text);
    if (!/^\d+$/.test(text)) {
      const expected = 'an integer from 1';
      this.report('RUN108', `\`${text}\` is no number of ${unit}s`, { span, expected });
      return undefined;
    }
    if (count >= 1 && count <= most) return count;
    const bounds = formatBounds(this.scope.bounds);
    const some = most === 1 ? `1 ${unit}` : `1 to ${most} ${unit}s`;
    this.report('RUN109', `${text} ${unit}s are outside the bounds ${bounds}: ${reason}`, {
      span,
      expected: most < 1 ? 'no such fault: these bounds admit none' : some,
      hint,
    });
    return undefined;
  }

  object({ code, message, span, ...rest }: Objection, word: Word): void {
    this.report(code, message, { ...rest, span: span ?? word.span });
  }

  /** Refuses what a fault set cannot hold. */
  private add(fault: Fault, kind: FaultKind<Fault>, first: Word): void {
    const { bounds } = this.scope;
    const others = ofKind(kind, this.faults);
    const unfailing = unfailingIn(fault, kind, bounds);
    if (unfailing !== undefined)
      this.object({ code: 'RUN109', message: `${unfailing} not to fail`, hint: FALLIBLE }, first);
    else if (!kind.joins(fault, others, bounds))
      this.object(kind.notation.objection(fault, others, bounds), first);
    else if (this.faults.length >= boundOf(bounds, 'faults')) this.object(tooMany('faults', bounds), first);
    else this.faults.push(fault);
  }

  private report(...parameters: Parameters<typeof diagnostic>): void {
    this.diagnostics.push(diagnostic(...parameters));
  }
}
