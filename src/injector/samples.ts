/** Some admissible fault sets, as unlike each other as may be: what a condition is first tried on. */
import type { SampleInputs } from '../lineage/samples.js';
import { boundOf } from '../model/bounds.js';
import type { FaultSpace } from './fault-space.js';
import { faultKinds } from './faults.js';
import { sampleSome } from './faults/few.js';
import { SAMPLE_WORDS } from './faults/kind.js';
import { truth } from './world.js';

/** The same fault sets each time. The first is free of faults. */
export function sampleFaultSets(space: FaultSpace): SampleInputs {
  const most = boundOf(space.bounds, 'faults');
  if (most < Infinity) {
    const joins = space.joins.bind(space);
    const sampled = sampleSome(space.faults, { most, joins, truth });
    return { words: SAMPLE_WORDS, of: (input) => sampled(space.events[input]) };
  }
  const samples = new Map(faultKinds.map((kind) => [kind.kind, kind.samples(space)]));
  return {
    words: SAMPLE_WORDS,
    of: (input) => {
      const event = space.events[input];
      return samples.get(event.kind)!(event, input);
    },
  };
}
