/** What most faults of messages are of. */

/** Everything that one node sends to another at one logical timestep. */
export interface ChannelTime {
  readonly from: string;
  readonly to: string;
  readonly time: number;
}
