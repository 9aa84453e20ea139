/** Faults that leave nothing behind but in what state nodes are, and who is down; by places among the nodes. */

/** What a node sends to another at a time is lost; a node stops for good; or it is down, and starts again later. */
export type StepFault =
  | { readonly kind: 'loses'; readonly from: number; readonly to: number; readonly time: number }
  | { readonly kind: 'stops' | 'is out'; readonly node: number; readonly time: number };

/** How many nodes have stopped for good, and are out; and how many outages there were. */
export interface Downtime {
  readonly stopped: number;
  readonly out: number;
  readonly outages: number;
}

/** Which of them there may be, each without regard to any other, but for how many there are. */
export interface StepFaults {
  mayLose(from: number, to: number, time: number): boolean;
  mayStop(node: number, time: number): boolean;
  mayBeOut(node: number, time: number): boolean;
  /** The kinds that properties may ask for. */
  readonly faultKinds: readonly string[];
  /** The most nodes that stop. */
  readonly mostStopped: number;
  readonly mostOutages: number;
  /** In how many ways faults may go on after a time, of which those that concern what is sent at it are still open. */
  waysAfter(time: number, downtime: Downtime): bigint;
}

/** Faults one after another, the last first. */
export interface FaultTrail {
  readonly fault: StepFault;
  readonly before: FaultTrail | undefined;
}
