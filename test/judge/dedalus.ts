/**
 * The judge: one concrete run of a Dedalus program under one fault set, by the meaning of the language read
 * literally. Every strategy and representation is tested against it, so it is deliberately naive and shares
 * only the syntax tree with the program: sets of tuples, recomputed until nothing is new.
 */
import type { FaultSet } from '../../src/injector/faults.js';
import type { Program, Rule, Tuple, Value } from '../../src/model/rules/program.js';
import { arrivalsUnder, type Sending } from './arrivals.js';
import { derive, prepareRule } from './firings.js';
import type { PreparedRule, Reader } from './firings.js';
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
  return (faults) => {
    const channels = new Channels(faults, delivered);
    const history = times.map(() => new Facts());
    for (const time of times) {
      const now = history[time - 1];
      addGivenFacts(program, time, now);
      for (const crash of channels.crashes()) {
        for (const observer of nodes) now.add('crash', [observer, ...crash]);
      }
      const read = reader(history, time);
      for (const stratum of strata[time - 1]) reachFixpoint(stratum, read, now);
      deriveLater(later, read, history, channels, time);
    }
    return outcome(history);
  };
}

/** The facts of one timestep, by relation. */
class Facts {
  readonly #tuples = new Map<string, Tuple[]>();
  readonly #keys = new Set<string>();

  add(relation: string, tuple: Tuple): boolean {
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

/** What one fault set does to messages. */
class Channels {
  readonly #arrivals: (sending: Sending) => readonly number[];
  readonly #crashTimes = new Map<Value, number>();

  constructor(
    faults: FaultSet,
    private readonly delivered: readonly string[],
  ) {
    this.#arrivals = arrivalsUnder(faults);
    for (const fault of faults) if (fault.kind === 'crash') this.#crashTimes.set(fault.node, fault.time);
  }

  /** When what is sent arrives. */
  arrivals(relation: string, from: Value, to: Value, time: number): readonly number[] {
    const crashed = (this.#crashTimes.get(from) ?? Infinity) <= time;
    if (crashed && from !== to) return [];
    if (this.delivered.includes(relation)) return [time + 1];
    return this.#arrivals({ from: String(from), to: String(to), time });
  }

  crashes(): Iterable<readonly [node: Value, time: number]> {
    return this.#crashTimes;
  }
}

function rulesOf(program: Program): readonly Rule[] {
  return program.clauses.filter((clause) => clause.kind === 'rule');
}

function addGivenFacts(program: Program, time: number, now: Facts): void {
  for (const clause of program.clauses) {
    if (clause.kind !== 'fact' || clause.time !== time) continue;
    const tuple = clause.terms.map((term) => term.value);
    now.add(clause.relation, tuple);
  }
}

/** An atom at a time that has not come sees nothing. */
function reader(history: readonly Facts[], now: number): Reader {
  return (atom) => {
    const time = atom.time ?? now;
    return time > now ? [] : history[time - 1].of(atom.relation);
  };
}

function reachFixpoint(rules: readonly PreparedRule[], read: Reader, now: Facts): void {
  for (let grew = true; grew;) {
    grew = false;
    for (const prepared of rules) {
      for (const { tuple } of derive(prepared, read)) {
        if (now.add(prepared.rule.head.relation, tuple)) grew = true;
      }
    }
  }
}

function deriveLater(
  rules: readonly PreparedRule[],
  read: Reader,
  history: readonly Facts[],
  channels: Channels,
  time: number,
): void {
  for (const prepared of rules) {
    const { head, timing } = prepared.rule;
    for (const { tuple, from } of derive(prepared, read)) {
      const times = timing === 'next' ? [time + 1] : channels.arrivals(head.relation, from, tuple[0], time);
      for (const each of times) history.at(each - 1)?.add(head.relation, tuple);
    }
  }
}

function outcome(history: readonly Facts[]): JudgedRun {
  const last = history.at(-1)!;
  const post = new Set(last.of('post').map((tuple) => JSON.stringify(tuple)));
  const pre = sorted(last.of('pre'));
  return {
    facts: (time) => history[time - 1].asJson(),
    pre,
    post: sorted(last.of('post')),
    violations: pre.filter((tuple) => !post.has(JSON.stringify(tuple))),
  };
}

function sorted(tuples: readonly Tuple[]): readonly Tuple[] {
  const keyed = tuples.map((tuple) => ({ tuple, key: JSON.stringify(tuple) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ tuple }) => tuple);
}
