/** What a protocol may come to do: that it never does, in any run, says that part of it was not put to the test. */

/** One thing that a protocol may do, and the nodes at which it does in some run. */
export interface ReachablePart {
  /** `start`, `tick`: a handler runs; `message`: one is delivered; `timer`: one fires. Of rules there are messages alone. */
  readonly kind: 'start' | 'tick' | 'message' | 'timer';
  /** Of a message its type, or its relation; of a timer its name; of others the name of the handler. */
  readonly name: string;
  /** That of the nodes whose handler it is; absent where there are no roles, and of timers. */
  readonly role?: string;
  /** In the scenario's order; none where it never does. */
  readonly nodes: readonly string[];
}
