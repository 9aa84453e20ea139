/** What passed the checks is what is run, whatever the author does to the program afterwards. */
import type { Program } from '../program.js';

/** A copy that nothing can change. Its spans are the same, since they refer to sources by reference. */
export function ownProgram({ clauses, durable, problems }: Program): Program {
  return Object.freeze({
    clauses: frozenCopy(clauses),
    ...(durable !== undefined && { durable: frozenCopy(durable) }),
    ...(problems !== undefined && { problems: Object.freeze([...problems]) }),
  });
}

function frozenCopy<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return Object.freeze(data.map((item: unknown) => frozenCopy(item))) as Data;
  const fields = Object.entries(data).map(([name, value]: [string, unknown]) => [
    name,
    name === 'span' ? value : frozenCopy(value),
  ]);
  return Object.freeze(Object.fromEntries(fields)) as Data;
}
