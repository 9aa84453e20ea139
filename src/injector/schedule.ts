/**
 * Fault sets as people type them: `drop a->b@1; crash C@6`. Reports print a counterexample in this form and
 * `replay` reads it, so that reading is the exact inverse of printing.
 */
import { suggest } from '../model/check/suggest.js';
import { collectDiagnostics } from '../model/dedalus/collect.js';
import { quote } from '../model/dedalus/quote.js';
import { diagnostic, type Diagnostic } from '../model/diagnostics.js';
import { formatNodeName, formatNodeNames, QUOTED_NAME, readNodeName } from '../model/node-names.js';
import type { Source, Span } from '../model/source.js';
import { formatBounds, type Bounds } from './bounds.js';
import { compareFaults, type Fault, type FaultSet } from './faults.js';

/** What a schedule may speak of. */
export interface ScheduleScope {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** What {@link parseSchedule} made of a text. */
export type ScheduleResult =
  | { readonly kind: 'faults'; readonly faults: FaultSet }
  /** All that is wrong, in the order of the text; of very much, the first, and how much more. */
  | { readonly kind: 'malformed'; readonly diagnostics: readonly Diagnostic[] };

const NAME = String.raw`(${QUOTED_NAME}|(?:[^\s;@">-]|-(?!>))+)`;
const DROP = new RegExp(String.raw`^\s*drop\s+${NAME}\s*->\s*${NAME}\s*@\s*([^\s@]+)\s*$`, 'du');
const CRASH = new RegExp(String.raw`^\s*crash\s+${NAME}\s*@\s*([^\s@]+)\s*$`, 'du');
/** A quote that is not closed reaches to the end, whatever it ends with: to look for a match again takes as long. */
const PARTS = /(?:"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^;"])+/gu;

const MOST_DIAGNOSTICS = 100;

const FORMS = '`drop a->b@1` or `crash C@6`, several with `;` between them';

/** A fault set as {@link parseSchedule} and `ldfi replay --inject` read it: `drop a->b@1; crash C@6`. */
export function formatSchedule(faults: FaultSet): string {
  return faults.map(formatFault).join('; ');
}

function formatFault(fault: Fault): string {
  switch (fault.kind) {
    case 'omission':
      return `drop ${formatNodeName(fault.from)}->${formatNodeName(fault.to)}@${fault.time}`;
    case 'crash':
      return `crash ${formatNodeName(fault.node)}@${fault.time}`;
  }
}

/** The fault in words. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'omission':
      return `everything ${formatNodeName(fault.from)} sends to ${formatNodeName(fault.to)} at time ${fault.time} is lost`;
    case 'crash':
      return `${formatNodeName(fault.node)} crashes at time ${fault.time}`;
  }
}

/**
 * Reads faults that are admissible within the bounds. An empty text is the empty fault set.
 *
 * @param label what diagnostics call the text
 */
export function parseSchedule(text: string, scope: ScheduleScope, label = 'faults'): ScheduleResult {
  const reader = new ScheduleReader({ name: label, text }, scope);
  for (const part of text.matchAll(PARTS)) if (part[0].trim() !== '') reader.read(part[0], part.index);
  return reader.result();
}

interface Word {
  readonly text: string;
  readonly span: Span;
}

class ScheduleReader {
  private readonly faults: Fault[] = [];
  private readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly source: Source,
    private readonly scope: ScheduleScope,
  ) {}

  result(): ScheduleResult {
    if (this.diagnostics.length > 0) {
      const diagnostics = collectDiagnostics(this.diagnostics, [this.source], MOST_DIAGNOSTICS);
      return { kind: 'malformed', diagnostics };
    }
    return { kind: 'faults', faults: this.faults.toSorted(compareFaults) };
  }

  read(part: string, start: number): void {
    const drop = DROP.exec(part);
    const crash = CRASH.exec(part);
    if (drop !== null) this.omission(this.words(drop, start));
    else if (crash !== null) this.crash(this.words(crash, start));
    else this.malformed(part, start);
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
      hint: verb === 'drop' || verb === 'crash' ? undefined : suggest(verb, ['drop', 'crash']),
    });
  }

  private omission([from, to, at]: Word[]): void {
    const { eff } = this.scope.bounds;
    const names = [this.node(from), this.node(to)];
    const time = this.time(at, 1, eff - 1, `an omission is admissible at times before EFF ${eff}`);
    if (names[0] === undefined || names[1] === undefined || time === undefined) return;
    if (names[0] === names[1])
      this.report('RUN108', `what ${formatNodeName(names[0])} sends to itself is never lost`, {
        span: { ...from.span, end: to.span.end },
        expected: 'two different nodes',
      });
    else this.add({ kind: 'omission', from: names[0], to: names[1], time }, from.span);
  }

  private crash([name, at]: Word[]): void {
    const { eot } = this.scope.bounds;
    const node = this.node(name);
    const time = this.time(at, 1, eot - 1, `a crash is admissible at times before EOT ${eot}`);
    if (node !== undefined && time !== undefined) this.add({ kind: 'crash', node, time }, name.span);
  }

  private node({ text, span }: Word): string | undefined {
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

  private time({ text, span }: Word, least: number, most: number, reason: string): number | undefined {
    const time = Number(text);
    if (!/^\d+$/.test(text)) {
      this.report('RUN108', `\`${text}\` is no logical timestep`, { span, expected: 'an integer from 1' });
      return undefined;
    }
    if (time >= least && time <= most) return time;
    const none = most < least;
    this.report(
      'RUN109',
      `time ${text} is outside the bounds ${formatBounds(this.scope.bounds)}: ${reason}`,
      {
        span,
        expected: none ? 'no such fault: these bounds admit none' : `a time from ${least} to ${most}`,
      },
    );
    return undefined;
  }

  /** Refuses what a fault set cannot hold: a fault twice, a node that crashes twice, one crash too many. */
  private add(fault: Fault, span: Span): void {
    const { crashes } = this.scope.bounds;
    const earlier = this.faults.filter((other) => other.kind === 'crash');
    if (fault.kind === 'crash' && earlier.some((other) => other.node === fault.node))
      this.report('RUN108', `${formatNodeName(fault.node)} crashes twice; a node crashes at most once`, {
        span,
      });
    else if (this.faults.some((other) => compareFaults(other, fault) === 0))
      this.report('RUN108', `\`${formatFault(fault)}\` is given twice`, { span });
    else if (fault.kind === 'crash' && earlier.length === crashes)
      this.report('RUN109', `the bounds admit at most ${crashes} ${crashes === 1 ? 'crash' : 'crashes'}`, {
        span,
        hint: `admit more by \`--crashes ${crashes + 1}\``,
      });
    else this.faults.push(fault);
  }

  private report(...parameters: Parameters<typeof diagnostic>): void {
    this.diagnostics.push(diagnostic(...parameters));
  }
}
