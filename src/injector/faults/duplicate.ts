/** Messages that arrive twice. */
import { lateKind, type Late } from './late.js';

/** Everything `from` sends to `to` at `time` arrives, and once more `by` timesteps later. `from` differs from `to`. */
export type Duplicate = Late<'duplicate'>;

export const duplicateKind = lateKind({
  kind: 'duplicate',
  verb: 'dup',
  bound: 'duplicates',
  instead: false,
  happens: (later) => `arrives once more ${later}`,
  input: 'again',
  sign: { mark: '⇉', meaning: 'arrives twice' },
});
