/**
 * Whether a module imports a package when it is run, as its text tells. The text is parsed, since a word in a comment
 * or a string is no import, and an import of types alone is gone by the time that the module runs. What a module
 * imports by way of other modules is not followed: that may be the whole of a program.
 *
 * Of the parsers that know TypeScript, Babel's needs no others and no native code. It takes some time to load, so that
 * it is loaded only where a text names the package at all.
 */
import type * as Babel from '@babel/parser';

type Parser = typeof Babel.parse;

/** @throws nothing: a text that is no module counts as one that imports what it names, so that loading it says why */
export async function importsPackage(text: string, name: string): Promise<boolean> {
  if (!["'", '"', '`'].some((mark) => text.includes(mark + name + mark))) return false;
  // A package in CommonJS, whose names a bundler leaves to its default export.
  const { default: babel } = await import('@babel/parser');
  const program = parseModule(text, babel.parse);
  return program === undefined || [...nodesOf(program)].some((node) => isImportOf(node, name));
}

/** Undefined where it cannot be parsed. */
function parseModule(text: string, parse: Parser): unknown {
  try {
    return parse(text, {
      sourceType: 'unambiguous',
      plugins: ['typescript', 'decorators-legacy'],
      createImportExpressions: true,
      allowReturnOutsideFunction: true,
      errorRecovery: true,
    }).program;
  } catch (error) {
    // Beside what is no module there is what is nested too deep.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

type SyntaxNode = Readonly<Record<string, unknown>> & { readonly type: string };

/** A node of the tree and all below it, in no order. */
function* nodesOf(root: unknown): Iterable<SyntaxNode> {
  const open = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) yield value;
    for (const child of Object.values(value)) open.push(child);
  }
}

function isNode(value: object): value is SyntaxNode {
  return 'type' in value && typeof value.type === 'string';
}

function isImportOf(node: SyntaxNode, name: string): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.importKind !== 'type' && isText(node.source, name) && !isOfTypesAlone(node);
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.exportKind !== 'type' && isText(node.source, name);
    case 'ImportExpression':
      return isText(node.source, name);
    case 'TSImportEqualsDeclaration':
      return node.importKind !== 'type' && isText(within(node.moduleReference, 'expression'), name);
    case 'CallExpression':
      return (
        within(node.callee, 'name') === 'require' &&
        Array.isArray(node.arguments) &&
        isText(node.arguments[0], name)
      );
    default:
      return false;
  }
}

/** `import { type Scenario } from ...`; one that names nothing is there for what it does. */
function isOfTypesAlone({ specifiers }: SyntaxNode): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((specifier) => within(specifier, 'importKind') === 'type')
  );
}

/** Whether a node is a string, or a template without expressions, with this value. */
function isText(node: unknown, value: string): boolean {
  if (within(node, 'type') === 'StringLiteral') return within(node, 'value') === value;
  const quasis = within(node, 'quasis');
  return (
    Array.isArray(quasis) && quasis.length === 1 && within(within(quasis[0], 'value'), 'cooked') === value
  );
}

function within(node: unknown, field: string): unknown {
  return typeof node === 'object' && node !== null
    ? (node as Readonly<Record<string, unknown>>)[field]
    : undefined;
}
