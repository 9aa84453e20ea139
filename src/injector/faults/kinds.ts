/** The kinds of faults that there are. Nothing else asks which those are. */
import { crashKind, type Crash } from './crash.js';
import { delayKind, type Delay } from './delay.js';
import { duplicateKind, type Duplicate } from './duplicate.js';
import type { FaultKind } from './kind.js';
import { namedKind, type AuthorsFault } from './named.js';
import { omissionKind, type Omission } from './omission.js';
import { partitionKind, type Partition } from './partition.js';
import { pauseKind, type Pause } from './pause.js';
import { outageKind, type Outage } from './outage.js';

/** One event of a fault set. */
export type Fault = Omission | Partition | Delay | Duplicate | Pause | Outage | AuthorsFault | Crash;

/** Every kind, in the order in which they take effect. To the others, a fault of one kind is just a fault. */
export const faultKinds = [
  omissionKind,
  partitionKind,
  delayKind,
  duplicateKind,
  pauseKind,
  outageKind,
  namedKind,
  crashKind,
] as readonly FaultKind<Fault>[];
