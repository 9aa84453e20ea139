/** What no identifier of a printed module may be: keywords, and what the module imports and declares itself. */

/** What a printed module may import. */
export const IMPORTS = [
  'avg',
  'count',
  'crash',
  'defineScenario',
  'fault',
  'integer',
  'location',
  'max',
  'min',
  'not',
  'program',
  'relation',
  'restarted',
  'string',
  'sum',
  'value',
  'variables',
] as const;

export type Import = (typeof IMPORTS)[number];

const KEYWORDS = `arguments await break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let new null package
  private protected public return static super switch this throw true try typeof undefined var void while with
  yield`;

export const RESERVED: readonly string[] = [...IMPORTS, ...KEYWORDS.split(/\s+/), 'nodes', 'rules'];
