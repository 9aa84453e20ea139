/**
 * Writes copies in scripts anew, so that a copy of a draft reads nothing of what it only copies: `{ ...state, votes }` becomes
 * a draft made of another, in which something is assigned. JavaScript asks a spread for the value of each field, so that
 * no draft could tell by itself what is only taken over. Of what is no draft a copy stays what it was. Lines stay
 * where they were.
 */
import { parse, type ArrayExpression, type NewExpression, type Node, type ObjectExpression } from 'acorn';
import { simple } from 'acorn-walk';
import MagicString from 'magic-string';

/** Names in scripts that are written anew, which no author would choose. */
const OBJECT = '__ldfiObject';
const ARRAY = '__ldfiArray';
const COLLECTION = '__ldfiCollection';
const CLONE = '__ldfiClone';

/**
 * What is called there, in one line, and made of nothing else, so that it needs no module. A literal is evaluated from left
 * to right: what is copied is copied before the rest is evaluated.
 */
const HELPERS = [
  `const __ldfiCopy = (of) => typeof of === 'object' && of !== null ? of[Symbol.for('ldfi.copy')]?.() : undefined;`,
  `const ${OBJECT} = (of) => { const copy = Array.isArray(of) ? undefined : __ldfiCopy(of);`,
  `if (copy !== undefined && !(copy instanceof Set || copy instanceof Map)) return (rest) => Object.assign(copy, rest);`,
  `const plain = { ...of }; return (rest) => rest === undefined ? plain : { ...plain, ...rest }; };`,
  `const ${ARRAY} = (of) => { const copy = Array.isArray(of) ? __ldfiCopy(of) : undefined; const all = copy ?? [...of];`,
  `return (rest) => { if (rest !== undefined) for (const each of rest) all.push(each); return all; }; };`,
  `const ${COLLECTION} = (made, of) => of instanceof made && (made === Set || made === Map) && __ldfiCopy(of) || new made(of);`,
  `const ${CLONE} = (clone) => (of, ...rest) => clone !== globalThis.structuredClone || __ldfiCopy(of) === undefined`,
  `? clone(of, ...rest) : __ldfiDeep(of);`,
  `const __ldfiDeep = (of) => typeof of !== 'object' || of === null ? of : Array.isArray(of) ? of.map(__ldfiDeep)`,
  `: of instanceof Set ? new Set(of) : of instanceof Map ? new Map([...of].map(([key, under]) => [key, __ldfiDeep(under)]))`,
  `: Object.fromEntries(Object.entries(of).map(([key, under]) => [key, __ldfiDeep(under)]));`,
].join(' ');

/** What copies has one of these. */
const MAY_COPY = /\.\.\.|\bstructuredClone\b|\bnew\s+(?:Set|Map)\b/;

/** @param script without imports and types */
export function withCheapCopies(script: string): string {
  if (!MAY_COPY.test(script)) return script;
  const text = new MagicString(script);
  const tree = parse(script, {
    ecmaVersion: 'latest',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
  });
  simple(tree, {
    ObjectExpression(node) {
      if (isCopyOfObject(node)) callInPlace(text, node, node.properties, OBJECT);
    },
    ArrayExpression(node) {
      if (isCopyOfArray(node)) callInPlace(text, node, node.elements as Node[], ARRAY);
    },
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'structuredClone')
        text.overwrite(callee.start, callee.end, `${CLONE}(${callee.name})`);
    },
    NewExpression(node) {
      if (!isCopyOfCollection(node)) return;
      const inside = script.indexOf('(', node.callee.end) + 1;
      text.overwrite(node.start, inside, `${COLLECTION}(${nameOf(node)}, `);
    },
  });
  if (!text.hasChanged()) return script;
  // A directive stays the first of what is there.
  const directives = tree.body.filter(
    (each) => each.type === 'ExpressionStatement' && each.directive !== undefined,
  );
  return text.appendLeft(directives.at(-1)?.end ?? 0, `;${HELPERS} `).toString();
}

/** `{ ...of, rest }` becomes `object(of)({ rest })`; an array likewise. What is written over keeps its lines. */
function callInPlace(text: MagicString, literal: Node, parts: readonly Node[], called: string): void {
  const lines = (from: number, to: number): string => text.original.slice(from, to).replace(/[^\n]/g, '');
  const open = text.original[literal.start];
  const [first, second] = parts;
  const copied = first.start + '...'.length;
  text.overwrite(literal.start, copied, `${called}(${lines(literal.start, copied)}`);
  if (second === undefined) text.overwrite(first.end, literal.end, `)(${lines(first.end, literal.end)})`);
  else {
    text.overwrite(first.end, second.start, `)(${lines(first.end, second.start)}${open}`);
    text.appendLeft(literal.end, ')');
  }
}

/** One that begins with a copy, and then only assigns: of what an accessor or `__proto__` makes, assignment knows nothing. */
function isCopyOfObject({ properties }: ObjectExpression): boolean {
  const [first, ...rest] = properties;
  return (
    first?.type === 'SpreadElement' &&
    rest.every(
      (each) =>
        each.type === 'Property' &&
        each.kind === 'init' &&
        !each.method &&
        !(each.key.type === 'Identifier' && each.key.name === '__proto__') &&
        !(each.key.type === 'Literal' && each.key.value === '__proto__'),
    )
  );
}

function isCopyOfArray({ elements }: ArrayExpression): boolean {
  return elements[0]?.type === 'SpreadElement' && elements.every((each) => each !== null);
}

function isCopyOfCollection(node: NewExpression): boolean {
  return (
    nameOf(node) !== undefined && node.arguments.length === 1 && node.arguments[0].type !== 'SpreadElement'
  );
}

function nameOf({ callee }: NewExpression): string | undefined {
  return callee.type === 'Identifier' && (callee.name === 'Set' || callee.name === 'Map')
    ? callee.name
    : undefined;
}
