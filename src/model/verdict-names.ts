/** What verdicts are called, wherever one is expected or told; in the order in which they are listed. */
export const VERDICTS = ['certified', 'violated', 'vacuous', 'inconclusive'] as const;

/** The kinds of verdict. */
export type VerdictName = (typeof VERDICTS)[number];
