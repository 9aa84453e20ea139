/**
 * The judge: one concrete run of a Dedalus program under one fault set, by the meaning of the language read
 * literally. Every strategy and representation is tested against it, so it is deliberately naive and shares
 * only the syntax tree with the program: sets of tuples, recomputed until nothing is new.
 */
import type { FaultSet, Outage } from '../../src/injector/faults.js';
import type { Fact, Program, Rule, Tuple, Value } from '../../src/model/rules/program.js';
import { arrivalsUnder, type Sending } from './arrivals.js';
import { derive, prepareRule } from './firings.js';
import type { Fires, PreparedRule, Reader } from './firings.js';
import { locationColumns } from './locations.js';
import { strataAt } from './strata.js';

/** Where and for how long a program runs. */
export interface Setting {
  readonly nodes: readonly string[];
  /** The last logical timestep. */
  readonly eot: number;
  /** Relations of messages that always arrive, in time and once, wherever their sender is up; default none. */
  readonly delivered?: readonly string[];
}

export interface JudgedRun {
  /** `JSON.stringify([relation, ...tuple])` of every fact that holds at `time`, from 1 to EOT. */
  readonly facts: (time: number) => ReadonlySet<string>;
  /** What the specification reads at EOT, each sorted by its JSON. */
  readonly pre: readonly Tuple[];
  readonly post: readonly Tuple[];
  /** `pre` without `post`: empty when the run satisfies the specification. */
  readonly violations: readonly Tuple[];
  /** What a specification reads of all times: each tuple of `always`, and those that are not in `alwaysPost`, and when. */
  readonly always: readonly Tuple[];
  readonly broken: readonly { readonly tuple: Tuple; readonly time: number }[];
}

interface RuleSending {
  readonly relation: string;
  readonly tuple: Tuple;
  readonly from: Value;
}

/** Far above what small programs derive; below it, recursion that makes ever new integers is stopped. */
const MOST_FACTS = 2_000;

/** @throws as {@link prepareJudge} and the runs it prepares. */
export function judgeRun(program: Program, setting: Setting, faults: FaultSet): JudgedRun {
  return prepareJudge(program, setting)(faults);
}

/**
 * What all runs of a program share, done once.
 *
 * @throws UnstratifiedError here; a run throws RangeError where integers leave their range or a timestep
 * derives ever more facts.
 */
export function prepareJudge(
  program: Program,
  { nodes, eot, delivered = [] }: Setting,
): (faults: FaultSet) => JudgedRun {
  const times = Array.from({ length: eot }, (_, index) => index + 1);
  const strata = times.map((time) => strataAt(program, time).map((rules) => rules.map(prepareRule)));
  const later = rulesOf(program)
    .filter((rule) => rule.timing !== 'deductive')
    .map(prepareRule);
  const sentFirst = rulesOf(program).flatMap(({ head, timing }) =>
    timing === 'async' ? [head.relation] : [],
  );
  const isLocation = locationColumns(program);
  const durable = new Set(program.durable?.map(({ relation }) => relation));
  const readsFaults = !isDerived(program, 'fault') && reads(program, 'fault');
  const readsRestarted = isLocation('restarted', 0) && reads(program, 'restarted');
  return (faults) => {
    const channels = new Channels(faults, delivered);
    // What happens to a node that is down happens to it all the same.
    const isOfNodes = (relation: string) =>
      relation !== 'crash' && isLocation(relation, 0) && !(readsFaults && relation === 'fault');
    const history = times.map((time) => {
      return new Facts((relation, [node]) => isOfNodes(relation) && channels.isStill(node, time));
    });
    for (const time of times) {
      const now = history[time - 1];
      for (const { relation, tuple } of given(program, time)) {
        if (!place(relation, tuple, time) && time === 1 && durable.has(relation)) keep(relation, tuple, 1);
      }
      for (const node of nodes) {
        if (!channels.isRestarted(node, time)) continue;
        if (readsRestarted) now.add('restarted', [node]);
        for (const { relation, tuple } of given(program, 1))
          if (isLocation(relation, 0) && tuple[0] === node && !durable.has(relation))
            now.add(relation, tuple);
      }
      if (readsFaults)
        for (const fault of faults)
          if (fault.kind === 'named' && fault.time === time) now.add('fault', [fault.node, fault.name]);
      for (const crash of channels.crashes()) {
        for (const observer of nodes) now.add('crash', [observer, ...crash]);
      }
      const read = reader(history, time);
      const firing =
        ({ rule }: PreparedRule): Fires =>
        (from) =>
          !isAtOneNode(rule) || !channels.isStill(from, time);
      const add = (relation: string, tuple: Tuple) => place(relation, tuple, time);
      for (const stratum of strata[time - 1]) reachFixpoint(stratum, read, add, firing);
      const sendings: RuleSending[] = [];
      for (const prepared of later) {
        const { head, timing } = prepared.rule;
        for (const { tuple, from } of derive(prepared, read, firing(prepared))) {
          if (timing === 'next' && durable.has(head.relation)) keep(head.relation, tuple, time + 1);
          else if (timing === 'next') place(head.relation, tuple, time + 1);
          else sendings.push({ relation: head.relation, tuple, from });
        }
      }
      for (const { relation, tuple, from } of leaving(sendings, time))
        for (const each of channels.arrivals(relation, from, tuple[0], time)) place(relation, tuple, each);
    }
    return outcome(history);

    /** All but what those do not send any more who crash in the midst of the timestep. */
    function leaving(sendings: readonly RuleSending[], time: number): readonly RuleSending[] {
      return sendings.filter((sending) => {
        const most = channels.lettingLeave(sending.from, time);
        if (most === undefined || sending.from === sending.tuple[0]) return true;
        const others = sendings.filter(
          ({ relation, from, tuple }) =>
            from === sending.from &&
            from !== tuple[0] &&
            nodes.includes(String(tuple[0])) &&
            !delivered.includes(relation) &&
            isBefore({ relation, tuple }, sending),
        );
        return new Set(others.map(({ relation, tuple }) => keyOf(relation, tuple))).size < most;
      });
    }

    /** By the first rule of the text that sends such a message, and then by its values. */
    function isBefore(a: Omit<RuleSending, 'from'>, b: Omit<RuleSending, 'from'>): boolean {
      if (a.relation !== b.relation) return sentFirst.indexOf(a.relation) < sentFirst.indexOf(b.relation);
      const column = a.tuple.findIndex((value, index) => value !== b.tuple[index]);
      if (column === -1) return false;
      const [left, right] = [a.tuple[column], b.tuple[column]];
      if (typeof left === typeof right) return left < right;
      return typeof left === 'number';
    }

    /** What comes to a node that pauses waits until it goes on. Whether it is new, and there. */
    function place(relation: string, tuple: Tuple, from: number): boolean {
      let time = from;
      if (isOfNodes(relation)) while (channels.isPaused(tuple[0], time)) time++;
      return history.at(time - 1)?.add(relation, tuple) ?? false;
    }

    /** What is durable waits for its node. */
    function keep(relation: string, tuple: Tuple, from: number): void {
      const up = times.find((time) => time >= from && !channels.isStill(tuple[0], time));
      if (up !== undefined) history[up - 1].add(relation, tuple);
    }

    /** Whether a rule is at one node, that of its first positive atom. */
    function isAtOneNode({ body }: Rule): boolean {
      const location = body.find((premise) => premise.kind === 'atom' && !premise.negated);
      return (
        location?.kind === 'atom' && location.terms[0].kind !== 'wildcard' && isLocation(location.relation, 0)
      );
    }
  };
}

function isDerived(program: Program, relation: string): boolean {
  return program.clauses.some(
    (clause) => (clause.kind === 'fact' ? clause.relation : clause.head.relation) === relation,
  );
}

function reads(program: Program, relation: string): boolean {
  return rulesOf(program).some(({ body }) =>
    body.some((premise) => premise.kind === 'atom' && premise.relation === relation),
  );
}

/** The facts of one timestep, by relation. */
class Facts {
  readonly #tuples = new Map<string, Tuple[]>();
  readonly #keys = new Set<string>();
  readonly #isAway: (relation: string, tuple: Tuple) => boolean;

  /** @param isAway whether a fact is of a node at which nothing holds */
  constructor(isAway: (relation: string, tuple: Tuple) => boolean) {
    this.#isAway = isAway;
  }

  /** Whether it is new, and there. */
  add(relation: string, tuple: Tuple): boolean {
    if (this.#isAway(relation, tuple)) return false;
    const key = keyOf(relation, tuple);
    if (this.#keys.has(key)) return false;
    if (this.#keys.size === MOST_FACTS) throw new RangeError(`more than ${MOST_FACTS} facts in one timestep`);
    this.#keys.add(key);
    const tuples = this.#tuples.get(relation);
    if (tuples === undefined) this.#tuples.set(relation, [tuple]);
    else tuples.push(tuple);
    return true;
  }

  of(relation: string): readonly Tuple[] {
    return this.#tuples.get(relation) ?? [];
  }

  asJson(): ReadonlySet<string> {
    const all = [...this.#tuples].flatMap(([relation, tuples]) =>
      tuples.map((tuple) => [relation, ...tuple]),
    );
    return new Set(all.map((fact) => JSON.stringify(fact)));
  }
}

/** Different for different facts; half of a run is spent here, and JSON would take several times as long. */
function keyOf(relation: string, tuple: Tuple): string {
  let key = relation;
  for (const value of tuple) key += typeof value === 'number' ? `\n#${value}` : `\n${value.length}"${value}`;
  return key;
}

/** What one fault set does to messages, and to nodes. */
class Channels {
  readonly #arrivals: (sending: Sending) => readonly number[];
  readonly #faults: FaultSet;

  constructor(
    faults: FaultSet,
    private readonly delivered: readonly string[],
  ) {
    this.#arrivals = arrivalsUnder(faults);
    this.#faults = faults;
  }

  /** When what is sent arrives. */
  arrivals(relation: string, from: Value, to: Value, time: number): readonly number[] {
    const isAway = this.#isDown(from, time) && from !== to;
    if (this.delivered.includes(relation)) return isAway ? [] : [time + 1];
    if (isAway && this.lettingLeave(from, time) === undefined) return [];
    return this.#arrivals({ from: String(from), to: String(to), time });
  }

  /** How many messages leave a node that crashes in the midst of what it does at a time; undefined where it does not. */
  lettingLeave(node: Value, time: number): number | undefined {
    const crash = this.#faults.find(
      (fault) => fault.kind === 'crash' && fault.node === node && fault.time === time,
    );
    const isIdle = this.#faults.some(
      (fault) =>
        (fault.kind === 'outage' && fault.node === node && fault.time <= time && time <= fault.until) ||
        (fault.kind === 'pause' && fault.node === node && fault.time <= time && time < fault.until),
    );
    return crash?.kind === 'crash' && !isIdle ? crash.after : undefined;
  }

  /** Who stops for good, and when: in the midst of an outage, when that began. */
  *crashes(): Iterable<readonly [node: Value, time: number]> {
    for (const fault of this.#faults) {
      if (fault.kind !== 'crash') continue;
      let { time } = fault;
      while (this.#isDown(fault.node, time - 1)) time--;
      yield [fault.node, time];
    }
  }

  /** Whether a node is down, and will start again. */
  isOut(node: Value, time: number): boolean {
    return this.#outages(node).some((outage) => outage.time <= time && time < outage.until);
  }

  /** Whether it pauses: while it is down, and where it starts again, it does not. */
  isPaused(node: Value, time: number): boolean {
    return (
      !this.#isDown(node, time) &&
      !this.#faults.some((fault) => fault.kind === 'outage' && fault.node === node && fault.until === time) &&
      this.#faults.some(
        (fault) => fault.kind === 'pause' && fault.node === node && fault.time <= time && time < fault.until,
      )
    );
  }

  /** Whether nothing holds at it. */
  isStill(node: Value, time: number): boolean {
    return this.isOut(node, time) || this.isPaused(node, time);
  }

  isRestarted(node: Value, time: number): boolean {
    return this.#outages(node).some(({ until }) => until === time);
  }

  /** Those after which it does start again. */
  #outages(node: Value): readonly Outage[] {
    return this.#faults.filter(
      (fault) => fault.kind === 'outage' && fault.node === node && !this.#hasCrashed(node, fault.until),
    ) as readonly Outage[];
  }

  #hasCrashed(node: Value, time: number): boolean {
    return this.#faults.some((fault) => fault.kind === 'crash' && fault.node === node && fault.time <= time);
  }

  #isDown(node: Value, time: number): boolean {
    return (
      this.#hasCrashed(node, time) ||
      this.#faults.some(
        (fault) => fault.kind === 'outage' && fault.node === node && fault.time <= time && time < fault.until,
      )
    );
  }
}

function rulesOf(program: Program): readonly Rule[] {
  return program.clauses.filter((clause) => clause.kind === 'rule');
}

function given(program: Program, time: number): readonly { relation: string; tuple: Tuple }[] {
  return program.clauses
    .filter((clause) => clause.kind === 'fact' && clause.time === time)
    .map((clause) => {
      const { relation, terms } = clause as Fact;
      return { relation, tuple: terms.map(({ value }) => value) };
    });
}

/** An atom at a time that has not come sees nothing. */
function reader(history: readonly Facts[], now: number): Reader {
  return (atom) => {
    const time = atom.time ?? now;
    return time > now ? [] : history[time - 1].of(atom.relation);
  };
}

function reachFixpoint(
  rules: readonly PreparedRule[],
  read: Reader,
  add: (relation: string, tuple: Tuple) => boolean,
  firing: (prepared: PreparedRule) => Fires,
): void {
  for (let grew = true; grew;) {
    grew = false;
    for (const prepared of rules) {
      for (const { tuple } of derive(prepared, read, firing(prepared))) {
        if (add(prepared.rule.head.relation, tuple)) grew = true;
      }
    }
  }
}

function outcome(history: readonly Facts[]): JudgedRun {
  const last = history.at(-1)!;
  const times = history.map((_, index) => index + 1);
  const missing = (now: Facts) =>
    now.of('always').filter((tuple) => !now.asJson().has(JSON.stringify(['alwaysPost', ...tuple])));
  const post = new Set(last.of('post').map((tuple) => JSON.stringify(tuple)));
  const pre = sorted(last.of('pre'));
  return {
    facts: (time) => history[time - 1].asJson(),
    pre,
    post: sorted(last.of('post')),
    violations: pre.filter((tuple) => !post.has(JSON.stringify(tuple))),
    always: history.flatMap((now) => now.of('always')),
    broken: times.flatMap((time) => missing(history[time - 1]).map((tuple) => ({ tuple, time }))),
  };
}

function sorted(tuples: readonly Tuple[]): readonly Tuple[] {
  const keyed = tuples.map((tuple) => ({ tuple, key: JSON.stringify(tuple) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ tuple }) => tuple);
}
