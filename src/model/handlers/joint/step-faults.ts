/** Faults that matter at one timestep and leave nothing behind but the state of the nodes, by places among the nodes. */

/** What a node sends to another at a time is lost, or a node stops at a time for good. */
export type StepFault =
  | { readonly kind: 'loses'; readonly from: number; readonly to: number; readonly time: number }
  | { readonly kind: 'stops'; readonly node: number; readonly time: number };

/** Which of them there may be, each without regard to any other, but for how many nodes stop. */
export interface StepFaults {
  mayLose(from: number, to: number, time: number): boolean;
  mayStop(node: number, time: number): boolean;
  /** The kinds that properties may ask for. */
  readonly faultKinds: readonly string[];
  /** The most nodes that stop. */
  readonly mostStopped: number;
  /**
   * In how many ways faults may go on after a time, of which those that concern what is sent at it are still open.
   *
   * @param stopped how many nodes have stopped by then
   */
  waysAfter(time: number, stopped: number): bigint;
}

/** Faults one after another, the last first. */
export interface FaultTrail {
  readonly fault: StepFault;
  readonly before: FaultTrail | undefined;
}
