/**
 * The verdicts that protocols of these kinds must get, and the executions that were published for them: what
 * the tables are compared with. Executions are from Alvaro, Rosen and Hellerstein, "Lineage-driven Fault
 * Injection", SIGMOD 2015, Fig. 12 (counterexamples; random: mean of 25 trials) and Fig. 13 (certified). They
 * count whole runs of the protocol, the failure-free one included. The protocols here were written anew from
 * their descriptions, so that executions compare in magnitude only.
 */
import type { VerdictName } from '../src/runner/result.js';

export interface Published {
  /** File name in scenarios/dedalus/, without its suffix. */
  readonly scenario: string;
  /** EOT/EFF/crashes. */
  readonly bounds: string;
  readonly verdict: VerdictName;
  /** Of Molly. */
  readonly executions?: number;
  /** Mean executions until random fault injection first violated the specification. */
  readonly random?: number;
}

export const published: readonly Published[] = [
  { scenario: 'simple-deliv', bounds: '4/2/0', verdict: 'violated', executions: 2, random: 4.08 },
  { scenario: 'simple-deliv', bounds: '6/3/0', verdict: 'violated' },
  { scenario: 'retry-deliv', bounds: '4/2/1', verdict: 'violated', executions: 3, random: 75.24 },
  { scenario: 'retry-deliv', bounds: '6/3/0', verdict: 'certified' },
  { scenario: 'retry-deliv', bounds: '25/23/0', verdict: 'certified' },
  { scenario: 'retry-deliv', bounds: '6/3/1', verdict: 'violated' },
  { scenario: 'redun-deliv', bounds: '11/10/1', verdict: 'certified', executions: 11 },
  { scenario: 'redun-deliv', bounds: '6/3/0', verdict: 'certified' },
  { scenario: 'redun-deliv', bounds: '6/3/1', verdict: 'certified' },
  { scenario: 'redun-deliv', bounds: '8/6/1', verdict: 'certified' },
  { scenario: 'ack-deliv', bounds: '8/7/1', verdict: 'certified', executions: 673 },
  { scenario: 'ack-deliv', bounds: '6/3/1', verdict: 'certified' },
  { scenario: 'ack-deliv', bounds: '8/6/1', verdict: 'certified' },
  { scenario: 'classic-deliv', bounds: '5/3/0', verdict: 'violated', executions: 5, random: 116.16 },
  { scenario: 'classic-deliv', bounds: '6/3/0', verdict: 'violated' },
  { scenario: 'classic-deliv', bounds: '6/0/2', verdict: 'certified' },
  { scenario: '2pc', bounds: '5/0/1', verdict: 'violated', executions: 2, random: 5.48 },
  { scenario: '2pc', bounds: '7/3/0', verdict: 'certified' },
  { scenario: '2pc', bounds: '6/3/1', verdict: 'violated' },
  { scenario: '2pc', bounds: '6/0/1', verdict: 'violated' },
  { scenario: '2pc', bounds: '6/0/2', verdict: 'violated' },
  { scenario: '2pc-excused', bounds: '6/0/1', verdict: 'violated' },
  { scenario: '2pc-excused', bounds: '6/0/2', verdict: 'violated' },
  { scenario: '2pc-excused-timeout', bounds: '6/0/1', verdict: 'certified' },
  { scenario: '2pc-excused-timeout', bounds: '6/0/2', verdict: 'certified' },
  { scenario: '2pc-timeout', bounds: '6/0/1', verdict: 'violated' },
  { scenario: '2pc-timeout', bounds: '6/0/2', verdict: 'violated' },
  { scenario: '2pc-ctp', bounds: '8/0/1', verdict: 'violated', executions: 3, random: 8.56 },
  { scenario: '2pc-ctp', bounds: '6/0/1', verdict: 'violated' },
  { scenario: '2pc-ctp', bounds: '6/0/2', verdict: 'violated' },
  { scenario: '3pc', bounds: '9/7/1', verdict: 'violated', executions: 55, random: 40.6 },
  { scenario: '3pc', bounds: '8/0/1', verdict: 'certified' },
  { scenario: '3pc', bounds: '8/0/2', verdict: 'violated' },
  { scenario: 'kafka', bounds: '6/4/1', verdict: 'violated', executions: 38, random: 1183.12 },
  { scenario: 'kafka', bounds: '7/4/0', verdict: 'certified' },
  { scenario: 'kafka', bounds: '7/4/1', verdict: 'violated' },
  { scenario: 'primary-backup-async', bounds: '6/4/1', verdict: 'violated' },
  { scenario: 'primary-backup-sync', bounds: '6/4/1', verdict: 'certified' },
  { scenario: 'paxos-synod', bounds: '7/6/1', verdict: 'certified', executions: 173 },
  { scenario: 'paxos-synod', bounds: '8/3/1', verdict: 'certified' },
  { scenario: 'paxos-unchecked', bounds: '7/6/1', verdict: 'violated' },
  { scenario: 'bully', bounds: '10/9/1', verdict: 'certified', executions: 2 },
  { scenario: 'flux', bounds: '22/21/1', verdict: 'certified', executions: 187 },
];
