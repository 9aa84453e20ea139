/** Messages that are late: what is sent later may overtake them. */
import { lateKind, type Late } from './late.js';

/** Everything `from` sends to `to` at `time` arrives `by` timesteps later than it would. `from` differs from `to`. */
export type Delay = Late<'delay'>;

export const delayKind = lateKind({
  kind: 'delay',
  verb: 'delay',
  bound: 'delays',
  instead: true,
  happens: (later) => `arrives ${later}`,
  input: 'late',
  sign: { mark: '⇢', meaning: 'late' },
});
