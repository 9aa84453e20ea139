/** Which service calls which, how often, and how often that fails. */
import { compareStrings } from '../../model/order.js';
import type { Call } from './calls.js';
import type { CallKind } from './semantics.js';

/** All calls from one service to another. */
export interface ServiceEdge {
  readonly caller: string;
  readonly callee: string;
  readonly protocol: CallKind;
  calls: number;
  failed: number;
  /** Calls that nobody waits for. */
  asynchronous: number;
}

export class ServiceGraph {
  private readonly edges = new Map<string, ServiceEdge>();

  add(calls: readonly Call[]): void {
    for (const { caller, callee, protocol, failed, awaited } of calls) {
      const key = JSON.stringify([caller, callee, protocol]);
      let edge = this.edges.get(key);
      if (edge === undefined) {
        edge = { caller, callee, protocol, calls: 0, failed: 0, asynchronous: 0 };
        this.edges.set(key, edge);
      }
      edge.calls++;
      if (failed) edge.failed++;
      if (!awaited) edge.asynchronous++;
    }
  }

  /** By caller, callee and protocol. */
  result(): readonly ServiceEdge[] {
    return [...this.edges.values()].sort(
      (a, b) =>
        compareStrings(a.caller, b.caller) ||
        compareStrings(a.callee, b.callee) ||
        compareStrings(a.protocol, b.protocol),
    );
  }
}
