/**
 * Texts that diagnostics point into. A span refers to its source by reference, so that one can be
 * shown without a table of files.
 */
export interface Source {
  /** As the user named it: a path, or a label for text that came from elsewhere. */
  readonly name: string;
  readonly text: string;
  /** What the text is written in, so that hints are too; Dedalus where it does not say. */
  readonly language?: 'typescript';
}

/** A half-open range of a source, in UTF-16 code units. */
export interface SourceSpan {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place as people count it: line and column start at 1; a column is a UTF-16 code unit. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * The line and column of a place in a text.
 *
 * @param offset into the text, in UTF-16 code units
 */
export function positionOf(source: Source, offset: number): Position {
  const before = source.text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}
