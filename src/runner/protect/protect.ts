/**
 * What would be enough: the smallest sets of protections under which no admissible fault set violates the specification.
 * A set that takes a fault away of every counterexample known is put to a whole check, which certifies it or adds another
 * counterexample. As those come with the fewest protections first, what is certified is smallest: under whatever is within it
 * there is a counterexample.
 */
import type { Bounds } from '../../injector/bounds.js';
import { FaultSpace } from '../../injector/fault-space.js';
import {
  protectionName,
  protectionsAgainst,
  reliableUnder,
  type Protection,
} from '../../injector/protections.js';
import type { Reliable } from '../../model/bounds.js';
import { compareStrings } from '../../model/order.js';
import type { Protocol } from '../../model/protocol.js';
import { tidy } from '../../model/text/reliable.js';
import { SolverPool } from '../../solver/pool.js';
import { check } from '../check.js';
import { protocolKind } from '../kinds/kinds.js';
import { defaultSolver, type CheckOptions } from '../options/check.js';
import { protocolFindingOptions } from '../options/common.js';
import type { FindingOptions } from '../options/finding.js';
import { assertOptions, type OptionTable } from '../options/table.js';
import type { Verdict } from '../result.js';
import { HittingSets } from './hitting-sets.js';

/** Options of {@link protect}. */
export interface ProtectOptions extends FindingOptions<ProtectingSet> {
  /** The most sets to find; default 10. */
  readonly limit?: number;
}

/** Protections under which no admissible fault set violates the specification; under fewer of them, some does. */
export interface ProtectingSet {
  /** None where nothing violates without any. */
  readonly protections: readonly Protection[];
  /** Whether some property is asked in no run that is left, so that tolerating says little. */
  readonly isVacuous: boolean;
  /**
   * Who has to be reliable for a check to certify it, with whom the bounds take to be so. Absent where there are no
   * protections, or where messages are protected.
   */
  readonly reliable?: Reliable;
}

/** Protections of which a check came to no verdict. Nothing is said of these with others. */
export interface UndecidedProtections {
  readonly protections: readonly Protection[];
  /** One sentence. */
  readonly reason: string;
}

/** What {@link protect} found. */
export interface ProtectResult {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Fewest protections first, then in the order of protections: by message, by node, by channel. */
  readonly sets: readonly ProtectingSet[];
  /** Whether there are no more than these, as far as all was decided, or it is not known. */
  readonly remaining: 'none' | 'unknown';
  readonly undecided: readonly UndecidedProtections[];
  /** Whole checks that it took. */
  readonly checks: number;
}

const protectOptions: OptionTable<keyof ProtectOptions> = protocolFindingOptions;

/** The most sets that are found where nobody says how many. */
const LIMIT = 10;

/** Counterexamples that one check tells: each rules sets out, and is run once. */
const COUNTEREXAMPLES = 10;

/** Whole checks that are made before the search ends. */
const MOST_CHECKS = 1_000;

/**
 * Finds the smallest sets of protections under which no admissible fault set violates the specification of a protocol, each
 * certified by a whole check under them. A protection says that one node never fails, that what one node sends to another
 * always arrives, or, of rules, that all messages of a relation do.
 *
 * @throws as `check` does
 *
 * @example
 * const { checked } = readDedalusText(`
 *   sends("a", "b")@1; got(B)@async :- sends(A, B); kept(B) :- got(B); kept(B)@next :- kept(B);
 *   pre(B) :- sends(A, B)@1; post(B) :- kept(B);`);
 * const { sets } = await protect(checked!, { nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 1 } });
 * for (const { protections } of sets) console.log(protections);
 */
export async function protect(protocol: Protocol, options: ProtectOptions): Promise<ProtectResult> {
  assertOptions('protect', options, protectOptions);
  const { onFound, onAttempt, limit = LIMIT, ...given } = options;
  const { name = '', nodes, bounds, pool = new SolverPool(), solver: backend = defaultSolver } = given;
  const search = new Protecting(
    protocol,
    { ...given, name, pool, limit: COUNTEREXAMPLES },
    { onFound, onAttempt },
  );
  // What makes no sense is said before anything is made of it.
  const first = await search.decide([]);
  const solver = (await pool.factory(backend)).create();
  try {
    const hitting = new HittingSets(protectionsOf(protocol, nodes, bounds), solver);
    take(first, [], hitting);
    let next = hitting.least();
    while (next !== undefined && search.sets.length < limit && search.checks < MOST_CHECKS) {
      take(await search.decide(next), next, hitting);
      next = hitting.least();
    }
    const { sets, undecided, checks } = search;
    return {
      name,
      nodes,
      bounds,
      sets,
      undecided,
      checks,
      remaining: next === undefined ? 'none' : 'unknown',
    };
  } finally {
    solver.dispose();
  }
}

/** Checks under protections, and what came of them. */
class Protecting {
  readonly sets: ProtectingSet[] = [];
  readonly undecided: UndecidedProtections[] = [];
  checks = 0;

  constructor(
    private readonly protocol: Protocol,
    private readonly options: CheckOptions,
    private readonly told: { readonly [Name in 'onFound' | 'onAttempt']: ProtectOptions[Name] },
  ) {}

  async decide(protections: readonly Protection[]): Promise<Verdict> {
    const reliable = reliableUnder(protections, this.options.bounds);
    const bounds = { ...this.options.bounds, reliable };
    this.told.onAttempt?.({
      step: protections.length === 0 ? 'as it is' : 'check',
      number: Math.max(1, this.checks),
      of: undefined,
      found: this.sets.length,
      bounds: this.options.bounds,
    });
    this.checks++;
    const { verdict } = await check(this.delivering(protections), { ...this.options, bounds });
    if (verdict.kind === 'inconclusive') this.undecided.push({ protections, reason: verdict.reason });
    if (verdict.kind === 'certified' || verdict.kind === 'vacuous') {
      const isVacuous = verdict.kind === 'vacuous';
      const isSaid = protections.length > 0 && protections.every(({ kind }) => kind !== 'message');
      const said = isSaid ? tidy(reliable) : undefined;
      const set = { protections, isVacuous, ...(said !== undefined && { reliable: said }) };
      this.sets.push(set);
      this.told.onFound?.(set);
    }
    return verdict;
  }

  /** The protocol in which the messages that are protected always arrive. */
  private delivering(protections: readonly Protection[]): Protocol {
    const { protocol, options } = this;
    const names = protections.flatMap((each) => (each.kind === 'message' ? [each.name] : []));
    const { delivered } = protocolKind(protocol);
    if (names.length === 0 || delivered === undefined) return protocol;
    return delivered.delivering(protocol, new Set(names), {
      nodes: options.nodes,
      eot: options.bounds.eot,
    });
  }
}

/** What a verdict under protections leaves to be looked at. */
function take(verdict: Verdict, protections: readonly Protection[], hitting: HittingSets): void {
  if (verdict.kind !== 'violated') hitting.leaveOut(protections);
  else for (const counterexample of verdict.counterexamples) hitting.hit(counterexample, protections);
}

/** All that make a difference within the bounds, in order. */
function protectionsOf(protocol: Protocol, nodes: readonly string[], bounds: Bounds): readonly Protection[] {
  const against = new FaultSpace(nodes, bounds).events.flatMap(protectionsAgainst);
  const messages = against.some(({ kind }) => kind === 'channel')
    ? (protocolKind(protocol).delivered?.names(protocol, bounds.eot) ?? [])
    : [];
  const all: readonly Protection[] = [
    ...messages.map((name) => ({ kind: 'message', name }) as const),
    ...against,
  ];
  return [...new Map(all.map((each) => [protectionName(each), each])).values()].sort(compareProtections);
}

const ORDER = ['message', 'node', 'channel'] as const;

function compareProtections(a: Protection, b: Protection): number {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareStrings(protectionName(a), protectionName(b))
  );
}
