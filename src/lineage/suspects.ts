/**
 * Where to look first in the code of a protocol: what a violating run says of each rule and handler, weighed. Nothing of it
 * proves a place wrong, since what ought to be there is nowhere; so that evidence is told beside the place, for a reader to
 * judge. To rank by how often code runs in good and in bad runs, as is done elsewhere, says little here: nearly all of a
 * protocol runs in every run.
 */
import type { SourceSpan } from '../model/diagnostics/source.js';

/** A rule, as it is written, or a handler by its name: `onMessage.vote`. */
export interface CodePlace {
  readonly by: string;
  /** Of handlers, no more is known than their names. */
  readonly place: SourceSpan | undefined;
}

/** A place, and all that speaks against it, what weighs most first. */
export interface Suspect extends CodePlace {
  /** Never empty. */
  readonly evidence: readonly Suspicion[];
}

/** What a run that violates its specification says of a place in the code. */
export type Suspicion =
  /** Of a handler: it was called so often, and nothing came of it, here or in any run without one of the faults. */
  | { readonly kind: 'idle'; readonly calls: number }
  /** Of `restore`: a node started again with what it made. */
  | { readonly kind: 'restored' }
  /** It is on the way from the faults to the violation, where so many places come before it. */
  | { readonly kind: 'changed'; readonly after: number }
  /** Of a handler: nothing that a node did later mattered. */
  | { readonly kind: 'last' }
  /** Of a handler: what the property looks at was written by it, and it told others besides. */
  | { readonly kind: 'decided' }
  /** Of a rule: it reads a relation that nothing gives or derives. */
  | { readonly kind: 'unfounded'; readonly relation: string }
  /** Of a rule: it sends the last message that what is asked for, `pre` or `always`, rests on. */
  | { readonly kind: 'asking'; readonly relation: string }
  /** Of a rule: it derives what stands in the way, in a run without faults. */
  | { readonly kind: 'barring' }
  /** Of a rule: what stands in the way rests on what it derives, in a run with faults. */
  | { readonly kind: 'against' }
  /** Of a rule that did not fire: what it reads was so before, and is no longer. */
  | { readonly kind: 'forgotten'; readonly premise: string }
  /** Of a rule: it might have derived what is lacking, and never fired at all. */
  | { readonly kind: 'silent' };

/** One thing that is said of a place. */
export interface Statement extends CodePlace {
  readonly evidence: Suspicion;
}

/** Places that are told: a reader who has looked at two of them goes on by the explanation. */
export const MOST_SUSPECTS = 2;

/**
 * The places that most speaks against; of those alike, the first in the code.
 *
 * @param places of the protocol, in the order of the code
 * @param statements about these; what is said twice of a place counts once
 * @param mitigated what seldom is wrong: what only starts a run, or keeps what there is
 */
export function suspectsAmong(
  places: readonly CodePlace[],
  statements: readonly Statement[],
  mitigated: ReadonlySet<string>,
): readonly Suspect[] {
  const said = new Map<string, Map<Suspicion['kind'], Suspicion>>();
  for (const { evidence, ...place } of statements) {
    const name = placeName(place);
    const own = said.get(name) ?? new Map<Suspicion['kind'], Suspicion>();
    said.set(name, own);
    const known = own.get(evidence.kind);
    if (known === undefined || weightOf(known) < weightOf(evidence)) own.set(evidence.kind, evidence);
  }
  return places
    .flatMap((place) => {
      const name = placeName(place);
      const evidence = [...(said.get(name)?.values() ?? [])].filter((each) => weightOf(each) > 0);
      if (evidence.length === 0) return [];
      evidence.sort((a, b) => weightOf(b) - weightOf(a));
      const weight = evidence.reduce((sum, each) => sum + weightOf(each), 0);
      return [
        {
          suspect: { ...place, evidence },
          weight: weight - (mitigated.has(name) ? MITIGATION : 0),
        },
      ];
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_SUSPECTS)
    .map(({ suspect }) => suspect);
}

/** Names a place among those of its protocol. */
export function placeName({ by, place }: CodePlace): string {
  return place === undefined ? by : `${place.source.name} ${place.start}`;
}

const MITIGATION = 4;

/**
 * Chosen by what finds the seeded bugs of the library and of its mutants, as `docs/explain.md` tells; only how they compare
 * means anything.
 */
function weightOf(evidence: Suspicion): number {
  switch (evidence.kind) {
    case 'idle':
    case 'unfounded':
      return 8;
    case 'restored':
    case 'asking':
    case 'forgotten':
      return 4;
    case 'changed':
      // A message that is lost is there to be sent, whoever is wrong.
      return evidence.after === 0 ? 2 : 5;
    case 'barring':
      return 6;
    case 'against':
    case 'last':
    case 'silent':
      return 2;
    case 'decided':
      return 1;
  }
}
