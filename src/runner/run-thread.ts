/**
 * The program of a thread that shares the runs of a check: it is given a protocol once, and then runs again and again. A
 * run that fails ends it, since whoever asked then makes that run himself, and has the failure at first hand.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { PlacedOutcomes, SharedProtocol, SharedRuns } from './drivers/shared-runs.js';
import { takePlaces } from './drivers/shared-runs.js';
import { MemoryGuard } from './guard/memory.js';
import { protocolKind } from './kinds/kinds.js';

const port = parentPort;
if (port === null) throw new Error('this is no program of its own');

const shared = workerData as SharedProtocol;
const kind = protocolKind(shared);
if (kind.crossing === undefined) throw new Error(`no protocol of the kind ${shared.kind} gets here`);
const memory = new MemoryGuard();
const protocol = kind.crossing.arrive(shared.data);
const subject = kind.subject(protocol, { ...shared.options, checkpoint: memory.look });

port.on('message', (runs: SharedRuns) => {
  const outcomes: PlacedOutcomes = Array.from(takePlaces(runs), (place) => {
    memory.look();
    return [place, subject.outcome(runs.faultSets[place])];
  });
  port.postMessage(outcomes);
});
