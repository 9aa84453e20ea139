/** Names for the calls of a campaign: as runs show them, each by the way that leads to it. */
import { stepName } from '../../injector/node/contract.js';
import { compareStrings } from '../../model/order.js';
import type { SystemFault, SystemFaults } from '../strategies/marco/system-run.js';
import type { LiveCall } from './observe-calls.js';
import type { NamedFault, ToldCall } from './result.js';

export class CallNames {
  private readonly calls = new Map<string, LiveCall>();

  add(calls: readonly LiveCall[]): void {
    for (const call of calls) this.calls.set(call.point, call);
  }

  /** A call that a run has shown. */
  seen(point: string): LiveCall {
    return this.calls.get(point)!;
  }

  /** `shop -> cart GET /cart -> pricing GET /price #2`; the point itself where no run has shown it. */
  nameOf(point: string): string {
    const call = this.calls.get(point);
    if (call === undefined) return point;
    const { named } = call;
    const above = named.within === undefined ? named.caller : this.nameOf(named.within);
    return `${above} -> ${stepName(named)}`;
  }

  /** By name, in the order of names. */
  faults(faults: SystemFaults): readonly NamedFault[] {
    return faults.map((fault) => this.fault(fault)).sort((a, b) => compareStrings(a.point, b.point));
  }

  fault({ point, kind }: SystemFault): NamedFault {
    return { point: this.nameOf(point), kind };
  }

  /** Each call after the one that it was made for. */
  told(calls: readonly LiveCall[]): readonly ToldCall[] {
    const below = (within: string | undefined, depth: number): readonly ToldCall[] =>
      calls
        .filter((call) => call.within === within)
        .flatMap(({ point, named, injected, failed }) => [
          {
            point: this.nameOf(point),
            depth,
            step: `${named.caller} -> ${stepName(named)}`,
            injected,
            failed,
          },
          ...below(point, depth + 1),
        ]);
    return below(undefined, 0);
  }
}
