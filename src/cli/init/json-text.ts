/**
 * Adds members to objects in the text of a JSON file. All else stays as it is, down to the blanks, which reading
 * the file and writing it anew would not allow.
 */

interface Member {
  readonly key: string;
  /** Where its key begins and its value ends. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
}

interface ObjectText {
  readonly start: number;
  /** Of the closing brace. */
  readonly close: number;
  readonly members: readonly Member[];
}

/**
 * Adds `key: value` at the end of the object that is the member `parent` of the outermost object, which is made
 * where there is none.
 *
 * @param text valid JSON whose outermost value is an object, as is that of `parent`
 */
export function addMember(text: string, parent: string, key: string, value: string): string {
  const outermost = readObject(text, text.indexOf('{'));
  const found = outermost.members.find((member) => member.key === parent);
  const member = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const outer = blanksBeforeMembers(text, outermost);
  const inner = deeper(outer);
  // Before the closing brace of the inner object.
  const closing = outer.includes('\n') ? outer : inner;
  if (found === undefined) {
    const object = `${JSON.stringify(parent)}: {${inner}${member}${closing}}`;
    return insert(text, outermost, object, { before: outer, after: '\n' });
  }
  const object = readObject(text, found.valueStart);
  const before = object.members.length > 0 ? blanksBeforeMembers(text, object) : inner;
  return insert(text, object, member, { before, after: closing });
}

/** @param blanks to stand before the member, and after it where it is the first */
function insert(
  text: string,
  { start, close, members }: ObjectText,
  member: string,
  blanks: { readonly before: string; readonly after: string },
): string {
  const last = members.at(-1);
  if (last !== undefined)
    return `${text.slice(0, last.end)},${blanks.before}${member}${text.slice(last.end)}`;
  return `${text.slice(0, start)}{${blanks.before}${member}${blanks.after}${text.slice(close)}`;
}

/** What stands before each key of an object: a line break and the indentation, or a blank. */
function blanksBeforeMembers(text: string, { members, start }: ObjectText): string {
  const last = members.at(-1);
  if (last === undefined) return '\n  ';
  const before = members.length > 1 ? text.indexOf(',', members.at(-2)!.end) : start;
  return text.slice(before + 1, last.start);
}

/** One level deeper than a member of the outermost object. */
function deeper(blanks: string): string {
  return blanks.includes('\n') ? blanks + blanks.slice(blanks.lastIndexOf('\n') + 1) : blanks;
}

/** The object whose opening brace is at `start`. */
function readObject(text: string, start: number): ObjectText {
  const members: Member[] = [];
  let at = skipBlanks(text, start + 1);
  while (text[at] !== '}') {
    const keyEnd = endOfString(text, at);
    const valueStart = skipBlanks(text, text.indexOf(':', keyEnd) + 1);
    const end = endOfValue(text, valueStart);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, start: at, end, valueStart });
    at = skipBlanks(text, end);
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return { start, close: at, members };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at])) at++;
  return at;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    if (text[at] === '"') at = endOfString(text, at);
    else {
      if ('{['.includes(text[at])) depth++;
      if ('}]'.includes(text[at])) depth--;
      at++;
    }
  } while (depth > 0 || !/[\s,}\]]/.test(text[at]));
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
