/**
 * What may become of one node at this time, each with what may become of it after that: of a node that has not had its turn yet.
 * What is sent to it meanwhile changes what may come after.
 */
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import { Alternatives, type AlternativesId } from './alternatives.js';
import { lossesAt, type WhoAndWhen } from './courses.js';
import type { FaultTeller } from './faults-in-mind.js';
import type { JointSetting } from './joint-setting.js';
import type { OutlookId, Outlooks } from './outlooks.js';
import type { LossesId } from './losses.js';
import { RowTable } from './row-table.js';
import type { StepFault } from './step-faults.js';
import {
  happened,
  NOTHING_HAPPENS,
  type NodeFault,
  type NodeFaultCode,
  type NodeTurn,
} from './node-turns.js';

/** Names all that may become of a node; the same where the same may, by the same faults. */
export type ProspectId = AlternativesId;

/** What may become of a node. */
export interface Prospect extends NodeFault {
  readonly outlook: OutlookId;
  readonly outbox: OutboxId;
  readonly ways: bigint;
  /** What happens by the smallest set of faults, and how many faults begin by that. */
  readonly faults: readonly StepFault[];
  readonly cost: number;
}

export class Prospects implements FaultTeller {
  /** Outlook, what is sent, and what happens. */
  private readonly table = new RowTable(3);
  private readonly alternatives: Alternatives;
  /** By outlooks of the time before. */
  private readonly come: ProspectId[] = [];

  constructor(
    private readonly setting: JointSetting,
    private readonly at: WhoAndWhen,
    private readonly outlooks: Outlooks,
  ) {
    this.alternatives = new Alternatives(setting.losses, setting.effort);
  }

  /** What comes of an outlook, when its time has come. @throws HandlerError */
  after(outlooks: Outlooks, outlook: OutlookId): ProspectId {
    return (this.come[outlook] ??= this.of(outlooks.turns(outlook)));
  }

  private of(turns: readonly NodeTurn[]): ProspectId {
    const isLast = this.at.time === this.setting.eot;
    const id = this.alternatives.idOf(
      turns.map(({ situation, outbox, happens, ways, losses }) => {
        this.setting.inMind.having(this, losses, happens);
        const { stops, goesOut } = happened(happens);
        const outlook = stops || goesOut ? this.outlooks.unlooked(situation) : this.outlooks.of(situation);
        return {
          what: this.whatOf(outlook, isLast ? NOTHING_SENT : outbox, happens),
          ways,
          losses,
        };
      }),
    );
    this.setting.inMind.having(undefined);
    return id;
  }

  /** A node whose turn comes before sends something to this one. @throws HandlerError */
  receive(prospect: ProspectId, from: number, packet: OutboxId): ProspectId {
    const after = this.alternatives.get(prospect).map(({ what, ways, losses }) => {
      const happens = this.table.at(what, 2);
      this.setting.inMind.having(this, losses, happens);
      const outlook = this.outlooks.receive(this.table.at(what, 0), from, packet);
      return {
        what: this.whatOf(outlook, this.table.at(what, 1), happens),
        ways,
        losses,
      };
    });
    this.setting.inMind.having(undefined);
    return this.alternatives.idOf(after);
  }

  get(prospect: ProspectId): readonly Prospect[] {
    return this.alternatives.get(prospect).map(({ what, ways, losses }): Prospect => {
      const happens = this.table.at(what, 2);
      const { stops, goesOut, out } = happened(happens);
      const begun = Number(stops) + Number(goesOut);
      return {
        outlook: this.table.at(what, 0),
        outbox: this.table.at(what, 1),
        stops,
        goesOut,
        out,
        ways,
        faults: this.faultsOf(losses, happens),
        cost: begun + this.setting.losses.get(losses).length,
      };
    });
  }

  private whatOf(outlook: OutlookId, outbox: OutboxId, happens: NodeFaultCode): number {
    return this.table.placeOf(outlook, outbox, happens);
  }

  faultsOf(losses: LossesId, happens: NodeFaultCode): readonly StepFault[] {
    const { node, time } = this.at;
    const lost = lossesAt(this.setting.losses.get(losses), this.at);
    if (happens === NOTHING_HAPPENS) return lost;
    const { stops, out } = happened(happens);
    return [
      ...(stops ? [{ kind: 'stops', node, time } as const] : []),
      ...(out ? [{ kind: 'is out', node, time } as const] : []),
      ...lost,
    ];
  }
}
