/** Why a counterexample violates, by what each of its faults did: first in words, then as a tree with source places. */
import { kindOf, type Fault } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import type { Link } from '../../lineage/cause.js';
import type { FactPattern, LostMessage, MessageVertex, StateVertex } from '../../lineage/lineage.js';
import { placeName, type CodePlace } from '../../lineage/suspects.js';
import type { Data } from '../../model/data.js';
import { printTuple, printValue } from '../../model/rules/print.js';
import { IS_DOWN, IS_PAUSED, IS_RESTARTED } from '../../model/rules/evaluate/outages.js';
import { CRASH } from '../../model/rules/program.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { listed, plural } from '../../model/text/numbers.js';
import type { Counterexample, FaultCause } from '../../runner/result.js';
import { formatContent } from '../text/facts.js';
import { replacementTexts } from '../text/state-changes.js';
import type { Outline } from './outline.js';
import { timesText } from './sentences.js';

/** The fields of a state that are told; of more, the first. */
const FEW_FIELDS = 2;
/** The columns that a field may take. */
const FIELD_WIDTH = 50;
/** The links of a chain that are all told; of a longer one, so many at each of its ends. */
const FEW_LINKS = 8;
const LINKS_AT_AN_END = 3;

type Side = FaultCause['side'];

/** A sentence for each way in which faults led to the violation: what they did first, and what came of it. */
export function becauseSentences(causes: readonly FaultCause[]): readonly string[] {
  const ways = new Map<string, Clause[]>();
  for (const { fault, side, chain } of causes) {
    const takesAway = mayTakeAway(fault);
    const [first, ...rest] = tellingLinks(chain).map((link, index) =>
      clauseOf(link, side, takesAway && index === 0),
    );
    const consequence = rest.map((clause) => `; so ${clauseText(clause)}`).join('');
    const known = ways.get(consequence);
    if (known === undefined) ways.set(consequence, [first]);
    else if (!known.some((clause) => clauseText(clause) === clauseText(first))) known.push(first);
  }
  return [...ways].map(([consequence, firsts]) => together(firsts) + consequence);
}

/**
 * Places in the code, in the order in which they are told: where to look first, those that words tell of, but for the outcome
 * itself, and then all other links from the faults on. Each once.
 */
export function placesTold({
  because,
  suspects,
}: Pick<Counterexample, 'because' | 'suspects'>): readonly CodePlace[] {
  const worded = because.flatMap(({ chain }) => tellingLinks(chain).slice(0, -1));
  const links = [...worded, ...because.flatMap(({ chain }) => chain)];
  const linked = links.flatMap(({ by, place }) => (by === undefined ? [] : [{ by, place }]));
  const all = [...suspects.map(({ by, place }) => ({ by, place })), ...linked];
  return [...new Map(all.map((each) => [placeName(each), each])).values()];
}

/** Whether a message that only the other run has may be sent, and taken away by a fault. */
function mayTakeAway(fault: Fault): boolean {
  return kindOf(fault).pausing === undefined;
}

/** Where it begins, the last message that came of it, and the end. */
function tellingLinks(chain: readonly Link[]): readonly Link[] {
  const links = shownLinks(chain);
  const last = links.slice(1, -1).findLast(({ vertex }) => vertex.kind === 'message');
  return links.filter((link, index) => index === 0 || index === links.length - 1 || link === last);
}

/** Each way that led to the violation, from the end back to the faults; what ways have in common is told once. */
export function becauseTrees(causes: readonly FaultCause[], whole: boolean): readonly Outline[] {
  const roots: Branch[] = [];
  for (const { fault, side, chain } of causes) {
    const links = shownLinks(chain);
    const skipped = whole || links.length <= FEW_LINKS ? 0 : links.length - 2 * LINKS_AT_AN_END;
    let branches = roots;
    for (const [index, link] of [...links.entries()].reverse()) {
      const isSkipped = index >= LINKS_AT_AN_END && index < LINKS_AT_AN_END + skipped;
      if (isSkipped && index > LINKS_AT_AN_END) continue;
      branches = isSkipped
        ? branchOf(branches, { text: `… ${plural(skipped, 'step')}`, kind: 'code', place: undefined })
        : branchOf(branches, branchFor(link, side, index === 0 && mayTakeAway(fault)));
    }
    branchOf(branches, { text: formatSchedule([fault]), kind: 'fault', place: undefined });
  }
  return roots.map(outlineOf);
}

type Branch = Pick<Outline, 'text' | 'kind' | 'place'> & { readonly because: Branch[] };

function branchFor(link: Link, side: Side, isFirst: boolean): Omit<Branch, 'because'> {
  const isAbsent = side === 'there' || link.vertex.kind === 'absence';
  const text = clauseText(clauseOf(link, side, isFirst));
  // A rule is told by its place, and is too long to be told besides.
  const by = link.place === undefined && link.by !== undefined ? ` (${link.by})` : '';
  return { text: text + by, kind: isAbsent ? 'absent' : 'so', place: link.place };
}

function branchOf(branches: Branch[], branch: Omit<Branch, 'because'>): Branch[] {
  const known = branches.find(({ text }) => text === branch.text);
  if (known !== undefined) return known.because;
  const because: Branch[] = [];
  branches.push({ ...branch, because });
  return because;
}

function outlineOf({ because, ...branch }: Branch): Outline {
  return { ...branch, because: because.map(outlineOf), more: undefined };
}

/**
 * Without what its neighbours tell: a fact by the message that brought it, what a node knew by what it knew when it next
 * did something, and that it is down by what it does not send.
 */
function shownLinks(chain: readonly Link[]): readonly Link[] {
  return chain.filter(({ vertex, instead }, index) => {
    if (index === chain.length - 1) return true;
    const [before, after] = [chain[index - 1]?.vertex, chain[index + 1].vertex];
    if (vertex.kind === 'fact') return before?.kind !== 'message' || before.name !== vertex.relation;
    if (vertex.kind === 'absence' && vertex.of.kind === 'fact')
      return !(
        before?.kind === 'absence' &&
        before.of.kind === 'message' &&
        before.of.name === vertex.of.relation
      );
    if (vertex.kind !== 'state') return true;
    if (after.kind === 'state' && after.node === vertex.node) return false;
    if (index > 0 && JSON.stringify(vertex.state) === JSON.stringify(instead?.state)) return false;
    return !(after.kind === 'message' && instead?.crashed === true);
  });
}

/** What there is to say of a link. What did not reach a node can be said of several messages at once. */
interface Clause {
  readonly subject: string;
  readonly predicate: string;
  /** Of several. */
  readonly predicates: string;
}

function clauseText({ subject, predicate }: Clause): string {
  return `${subject}${predicate}`;
}

function together(clauses: readonly Clause[]): string {
  const [{ predicates }] = clauses;
  if (clauses.length === 1) return clauseText(clauses[0]);
  const isAlike = predicates !== '' && clauses.every((clause) => clause.predicates === predicates);
  return isAlike
    ? listed(clauses.map(({ subject }) => subject)) + predicates
    : listed(clauses.map(clauseText));
}

function clauseOf(link: Link, side: Side, isFirst: boolean): Clause {
  const { vertex } = link;
  switch (vertex.kind) {
    case 'message':
      if (side === 'there' && isFirst) return notReached(vertex, vertex.node);
      return plain(sendingText(vertex, side));
    case 'absence':
      return vertex.of.kind === 'message'
        ? notReached(vertex.of, vertex.node!)
        : plain(`there is no ${patternText(vertex.of)} at ${spanText(link)}`);
    case 'fact':
      if (vertex.relation === CRASH)
        return plain(`${formatNodeName(String(vertex.tuple[1]))} is down from ${vertex.tuple[2]}`);
      if (vertex.relation === IS_DOWN)
        return plain(`${formatNodeName(String(vertex.tuple[0]))} is down at ${spanText(link)}`);
      if (vertex.relation === IS_PAUSED)
        return plain(`${formatNodeName(String(vertex.tuple[0]))} pauses at ${spanText(link)}`);
      if (vertex.relation === IS_RESTARTED)
        return plain(`${formatNodeName(String(vertex.tuple[0]))} starts again at ${spanText(link)}`);
      return plain(`${printTuple(vertex.relation, vertex.tuple)} holds at ${spanText(link)}`);
    case 'state':
      return plain(stateText(vertex, link, side));
  }
}

function plain(text: string): Clause {
  return { subject: text, predicate: '', predicates: '' };
}

function notReached({ name, payload, from, sent }: Omit<LostMessage, 'kind'>, to: string): Clause {
  const subject = `${formatContent(name, payload)} of ${formatNodeName(from)} at ${sent}`;
  const node = formatNodeName(to);
  return { subject, predicate: ` does not reach ${node}`, predicates: ` do not reach ${node}` };
}

/** What comes late is told by when it comes: that it was sent goes without saying. */
function sendingText({ name, payload, from, node, sent, time }: MessageVertex, side: Side): string {
  const [sender, receiver] = [from, node].map(formatNodeName);
  const content = formatContent(name, payload);
  const isSo = side === 'here';
  if (time > sent + 1)
    return `${content} of ${sender} at ${sent} ${isSo ? 'reaches' : 'does not reach'} ${receiver} at ${time}`;
  return `${sender} ${isSo ? 'sends' : 'does not send'} ${content} to ${receiver} at ${sent}`;
}

function spanText({ vertex: { time }, until }: Link): string {
  return timesText(Array.from({ length: until - time + 1 }, (_, index) => time + index));
}

function patternText({ relation, pattern }: FactPattern): string {
  return `${relation}(${pattern.map((value) => (value === null ? '_' : printValue(value))).join(', ')})`;
}

/** What of a node's state is otherwise than in the run without the fault. */
function stateText(vertex: StateVertex, { instead, until }: Link, side: Side): string {
  const [here, there] = side === 'here' ? [vertex, instead] : [instead, vertex];
  const name = formatNodeName(vertex.node);
  if (here?.crashed === true && there?.crashed !== true) return `${name} is down`;
  const recorded = recordedText(recordedAt(here, vertex.time), recordedAt(there, vertex.time));
  if (recorded !== undefined) return `${name} at ${vertex.time} ${recorded}`;
  const changes = replacementTexts(there?.state as Data, here?.state as Data, FIELD_WIDTH);
  const told = changes.slice(0, FEW_FIELDS);
  if (told.length === 0) return `${name} goes another way`;
  const more = changes.length > told.length ? ', …' : '';
  return `${name} at ${Math.max(until, vertex.time)} has ${told.join(', ')}${more}`;
}

function recordedAt(state: StateVertex | undefined, time: number): string {
  return state?.time === time ? (state.recorded ?? []).join(' and ') : '';
}

/** What a node recorded of operations, where that is otherwise; undefined where it is not. */
function recordedText(here: string, there: string): string | undefined {
  if (here === there) return undefined;
  if (here === '') return `records nothing, where it ${there}`;
  if (there === '') return here;
  const alike = ['is given ', 'begins '].find((word) => here.startsWith(word) && there.startsWith(word));
  return alike === undefined
    ? `${here}, where it ${there}`
    : `${here} instead of ${there.slice(alike.length)}`;
}
