/** Where to look first in the code, and what speaks against each place, in words. */
import type { Suspicion, Suspect } from '../../lineage/suspects.js';
import { listed, plural } from '../../model/text/numbers.js';
import { placeText } from './outline.js';

/** What is told of one place; of more, what weighs most. */
const MOST_EVIDENCE = 2;

/** A line for each: the place, and why. */
export function suspectTexts(suspects: readonly Suspect[]): readonly string[] {
  return suspects.map(({ by, place, evidence }) => {
    // A rule is told by what it derives, and where the rest of it stands.
    const name = place === undefined ? by : `${by.split(/\s+:-/)[0]} (${placeText(place)})`;
    return `${name}: it ${listed(evidence.slice(0, MOST_EVIDENCE).map(textOf))}`;
  });
}

function textOf(suspicion: Suspicion): string {
  switch (suspicion.kind) {
    case 'idle':
      return `is called ${plural(suspicion.calls, 'time')} to no effect`;
    case 'restored':
      return 'makes what a node is when it starts again';
    case 'changed':
      return `is ${['the first ', 'the second '].at(suspicion.after) ?? ''}on the way from the faults`;
    case 'last':
      return 'is the last to change a node';
    case 'decided':
      return 'writes what the property reads, and tells others';
    case 'unfounded':
      return `reads ${suspicion.relation}, of which there is never anything`;
    case 'asking':
      return `sends the last message that ${suspicion.relation} rests on`;
    case 'barring':
      return 'derives what stands in the way';
    case 'against':
      return 'has a part in what stands in the way';
    case 'forgotten':
      return `reads ${suspicion.premise}, which was so before and no longer is`;
    case 'silent':
      return 'never fires';
  }
}
