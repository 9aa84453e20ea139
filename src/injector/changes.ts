/**
 * Which faults may change what a run did not derive, conservatively: by the relations that influence one
 * another, and by what could have been sent in time. A fact that was absent can appear because a message that
 * was delivered is lost (through an odd number of negations), because one that was lost is delivered
 * (through an even number), or because a crash becomes known or is none.
 */
import { opposite, type Direction, type Influences } from '../lineage/influence.js';
import { CRASH, type Tuple } from '../model/program.js';
import type { Literal } from '../solver/sat.js';
import type { FaultSolver } from './fault-solver.js';
import type { FaultSet } from './faults.js';
import type { Delivery } from './support.js';

/** What a run did under its faults, as far as changes to it are concerned. */
export interface ChangeContext {
  readonly influences: Influences;
  readonly solver: FaultSolver;
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults: FaultSet;
  readonly deliveries: readonly Delivery[];
  /** Without, absences other than of crashes are taken to last. */
  readonly negativeSupport: boolean;
}

export class Changes {
  /** Whether an absence was taken to last that need not. */
  reliedOnAbsence = false;
  private readonly known = new Map<string, readonly Literal[]>();

  constructor(private readonly context: ChangeContext) {}

  /** What may make a fact of `relation` appear at `time`. */
  gain(relation: string, time: number): readonly Literal[] {
    return this.change(relation, time, 'same');
  }

  /** What may make a fact of `relation` vanish at `time`, whichever it is. */
  loss(relation: string, time: number): readonly Literal[] {
    return this.change(relation, time, 'opposite');
  }

  /** What may remove a channel-time that worked. */
  removal({ from, to, time }: Omit<Delivery, 'relation'>): readonly Literal[] {
    return this.events([this.event({ kind: 'omission', from, to, time }), this.down(from, time)]);
  }

  /** What may make `crash(_, node, time)` hold where it did not; undefined for any node, or any time. */
  crash(node: string | undefined, time: number | undefined): readonly Literal[] {
    const nodes = node === undefined ? this.context.nodes : [node];
    return nodes.flatMap((name) => {
      if (time !== undefined) return this.events([this.down(name, time)]);
      const crashed = this.crashTime(name);
      if (crashed === undefined) return this.events([this.down(name, this.context.eot - 1)]);
      return this.otherCrash(name, crashed);
    });
  }

  /** What may make a crash that happened, `crash(observer, node, time)`, not happen. */
  noCrash(tuple: Tuple): readonly Literal[] {
    return this.otherCrash(tuple[1] as string, tuple[2] as number);
  }

  private change(relation: string, time: number, direction: Direction): readonly Literal[] {
    const name = JSON.stringify([relation, time, direction]);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const literals = this.abbreviated(this.causes(relation, time, direction));
    this.known.set(name, literals);
    return literals;
  }

  private causes(relation: string, time: number, direction: Direction): readonly Literal[] {
    const gaining = new Set<string>();
    const losing = new Set<string>();
    for (const [influence, directions] of this.context.influences.on(relation)) {
      if (directions.has(direction)) gaining.add(influence);
      if (directions.has(opposite(direction))) losing.add(influence);
    }
    const literals = new Set([
      ...this.lostMessages(losing, time),
      ...this.restoredMessages(gaining, time),
      ...(gaining.has(CRASH) ? this.crash(undefined, undefined) : []),
      ...(losing.has(CRASH) ? this.context.nodes.flatMap((node) => this.unknownCrash(node)) : []),
    ]);
    if (literals.size === 0 || this.context.negativeSupport) return [...literals];
    this.reliedOnAbsence = true;
    return [];
  }

  private lostMessages(relations: ReadonlySet<string>, time: number): readonly Literal[] {
    return this.context.deliveries
      .filter((delivery) => delivery.time < time && relations.has(delivery.relation))
      .flatMap((delivery) => this.removal(delivery));
  }

  private restoredMessages(relations: ReadonlySet<string>, time: number): readonly Literal[] {
    if (![...relations].some((relation) => this.context.influences.isMessage(relation))) return [];
    return this.events(
      this.context.faults
        .filter((fault) => fault.time < time)
        .map((fault) => this.context.solver.event(fault))
        .map((literal) => (literal === undefined ? undefined : -literal)),
    );
  }

  private unknownCrash(node: string): readonly Literal[] {
    const crashed = this.crashTime(node);
    return crashed === undefined ? [] : this.otherCrash(node, crashed);
  }

  /** The node crashes at another time, or not at all. */
  private otherCrash(node: string, time: number): readonly Literal[] {
    const down = this.down(node, time);
    return this.events([down === undefined ? undefined : -down, this.down(node, time - 1)]);
  }

  private crashTime(node: string): number | undefined {
    return this.context.faults.find((fault) => fault.kind === 'crash' && fault.node === node)?.time;
  }

  private down(node: string, time: number): Literal | undefined {
    return this.event({ kind: 'crash', node, time });
  }

  private event(fault: Parameters<FaultSolver['event']>[0]): Literal | undefined {
    return this.context.solver.event(fault);
  }

  private events(literals: readonly (Literal | undefined)[]): readonly Literal[] {
    return literals.filter((literal) => literal !== undefined);
  }

  /** One literal in place of many. */
  private abbreviated(literals: readonly Literal[]): readonly Literal[] {
    if (literals.length < 2) return literals;
    const literal = this.context.solver.newLiteral();
    this.context.solver.addClause([-literal, ...literals]);
    return [literal];
  }
}
