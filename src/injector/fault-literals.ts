/** What faults may do to a run that happened under a fault set, as literals of a solver's fault sets. */
import type { Value } from '../model/program.js';
import type { Literal } from '../solver/sat.js';
import type { FaultSolver } from './fault-solver.js';
import type { FaultSet, Omission } from './faults.js';

export type ChannelTime = Omit<Omission, 'kind'>;

export class FaultLiterals {
  private readonly crashTimes: ReadonlyMap<string, number>;

  constructor(
    private readonly solver: FaultSolver,
    private readonly nodes: readonly string[],
    private readonly eot: number,
    private readonly faults: FaultSet,
  ) {
    const crashes = faults.filter((fault) => fault.kind === 'crash');
    this.crashTimes = new Map(crashes.map(({ node, time }) => [node, time]));
  }

  /** Any of these removes a channel-time that worked. */
  removal({ from, to, time }: ChannelTime): readonly Literal[] {
    return present([this.lost({ from, to, time }), this.down(from, time)]);
  }

  /** All of these together restore a channel-time that may have been removed. */
  restoration({ from, to, time }: ChannelTime): readonly Literal[] {
    const omitted = this.faults.some(
      (fault) => fault.kind === 'omission' && fault.from === from && fault.to === to && fault.time === time,
    );
    const down = (this.crashTimes.get(from) ?? Infinity) <= time;
    return present([
      omitted ? negated(this.lost({ from, to, time })) : undefined,
      down ? negated(this.down(from, time)) : undefined,
    ]);
  }

  /** Any of these may make `crash(_, node, time)` hold where it did not; undefined for any node, or any time. */
  crash(node: Value | undefined, time: Value | undefined): readonly Literal[] {
    const nodes = node === undefined ? this.nodes : [node as string];
    return nodes.flatMap((name) =>
      time === undefined ? this.otherCrash(name) : this.crashAt(name, time as number),
    );
  }

  private otherCrash(node: string): readonly Literal[] {
    const crashed = this.crashTimes.get(node);
    return crashed === undefined ? present([this.down(node, this.eot - 1)]) : this.noCrash(node, crashed);
  }

  private crashAt(node: string, time: number): readonly Literal[] {
    const crashed = this.crashTimes.get(node) ?? Infinity;
    if (crashed === time) return [];
    return present([crashed < time ? negated(this.down(node, time - 1)) : this.down(node, time)]);
  }

  /** Any of these makes a node that crashed at a time not crash then. */
  private noCrash(node: string, time: number): readonly Literal[] {
    return present([negated(this.down(node, time)), this.down(node, time - 1)]);
  }

  private lost(channelTime: ChannelTime): Literal | undefined {
    return this.solver.event({ kind: 'omission', ...channelTime });
  }

  private down(node: string, time: number): Literal | undefined {
    return this.solver.event({ kind: 'crash', node, time });
  }
}

function negated(literal: Literal | undefined): Literal | undefined {
  return literal === undefined ? undefined : -literal;
}

function present(literals: readonly (Literal | undefined)[]): readonly Literal[] {
  return literals.filter((literal) => literal !== undefined);
}
