/** What a statement of SQL does, in few words, as OpenTelemetry names queries: `INSERT payments`. */

export interface SqlSummary {
  /** `SELECT`, `BEGIN`; empty where the statement is. */
  readonly operation: string;
  /** The first table that is named; undefined where none is. */
  readonly table: string | undefined;
}

/** It looks at words alone, and knows no more of SQL than where tables are named. */
export function summaryOf(statement: string): SqlSummary {
  const words = statement.replace(UNSAID, ' ');
  const operation = /[a-z]+/i.exec(words)?.[0].toUpperCase() ?? '';
  const table = TABLE.exec(words)?.[1].replaceAll('"', '');
  return { operation, table };
}

/** Comments, and text within quotes. */
const UNSAID = /--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|(\$\w*\$).*?\1/gs;

const TABLE =
  /\b(?:from|into|update|join|table)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)*((?:"[^"]+"|[\w$]+)(?:\.(?:"[^"]+"|[\w$]+))*)/i;
