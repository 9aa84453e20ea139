/** What can be wrong with a trace. */

/** By what each is called in documents. */
export type FlawKind =
  | 'missing-parent'
  | 'no-root'
  | 'several-roots'
  | 'parent-cycle'
  | 'repeated-span'
  | 'conflicting-spans'
  | 'clock-skew'
  | 'ends-before-start'
  | 'no-end'
  | 'lost-context'
  | 'malformed-id'
  | 'unnamed-service';

/** Something that is wrong with a trace, and a span that shows it. */
export interface Flaw {
  readonly kind: FlawKind;
  readonly spanId: string;
}

/** What is told of each kind of flaw, after "n spans". */
export const FLAWS: Readonly<Record<FlawKind, string>> = {
  'missing-parent': 'whose parent is missing',
  'no-root': 'of traces without a root',
  'several-roots': 'that are one more root of their trace',
  'parent-cycle': 'that are their own ancestors',
  'repeated-span': 'that were read more than once',
  'conflicting-spans': 'with the id of another span of their service',
  'clock-skew': 'outside of the call that they answer, by the clocks of two services',
  'ends-before-start': 'that end before they begin',
  'no-end': 'that do not say when they began or ended',
  'lost-context': 'that call a service which has spans, but none in this trace',
  'malformed-id': 'with an id, or of a trace with one, of the wrong length',
  'unnamed-service': 'that do not name their service',
};
