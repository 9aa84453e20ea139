/**
 * Modules, made into functions that jiti can call. Babel, which jiti brings along, knows all of TypeScript, but takes half a
 * second to load and to read a first module: longer than most checks. Sucrase takes a tenth of that and leaves each line where
 * it was. What is beyond it, or what it cannot read, Babel gets, which tells where an error is.
 */
import { Script } from 'node:vm';
import type { TransformOptions, TransformResult } from 'jiti';
import type { withCheapCopies } from './copies.js';
import type * as Sucrase from 'sucrase';

export type Transform = (options: TransformOptions) => TransformResult;

/**
 * Loads Sucrase, so that it is to be called only where there is a module to be run.
 * @param babel for what is beyond Sucrase
 */
export async function newTransform(babel: Transform): Promise<Transform> {
  // A package in CommonJS, whose names a bundler leaves to its default export.
  const { default: sucrase } = await import('sucrase');
  const { withCheapCopies } = await import('./copies.js');
  return (options) => {
    const plain = isBeyond(options) ? undefined : plainScript(options, sucrase.transform);
    const made = plain === undefined ? babel(options) : { code: plain };
    return { ...made, code: copiesOf(options, made.code, withCheapCopies) };
  };
}

/** Of the author's own modules; one that does not parse is told of where it is run. */
function copiesOf(
  { filename = '' }: TransformOptions,
  code: string,
  rewrite: typeof withCheapCopies,
): string {
  if (filename.includes('/node_modules/')) return code;
  try {
    return rewrite(code);
  } catch {
    return code;
  }
}

/**
 * Namespaces, which Sucrase drops; and what is loaded in other ways than by imports. A word in a comment that looks like it
 * costs time and no more.
 */
const BEYOND = /\brequire\b|\bimport\s*[(.]|\b(?:namespace|module)\s+[\w$.'"]|[;}][ \t]*import\b/;

/** A line of code that is neither an import, nor goes on with one, nor is a comment. */
const OTHER_CODE = /^(?!import\b)[^\s/*}]/m;

function isBeyond({ source, jsx }: TransformOptions): boolean {
  if (Boolean(jsx) || BEYOND.test(source)) return true;
  // All imports of a module come before the rest of it, wherever they stand. Sucrase leaves them there.
  const last = source.search(/^import\b(?![^]*^import\b)/m);
  return OTHER_CODE.test(source.slice(0, Math.max(0, last)));
}

/** A call of something imported, which Sucrase writes so that it gets no `this`. Errors are to name what was called. */
const CALL = /((?:exports|_[\w$]+)\.[\w$]+)\.call\(void 0, /g;
/** Calls of the same kind that Sucrase does not look at, so that they get the module as `this`. */
const CALL_ON_MODULE = /\b(?:exports|_[\w$]+)\.[\w$]+\s*(?:`|\?\.\()/;
const IMPORT = /\brequire\(('[^'\n]*')\)/g;

/** Undefined where there is an error in it, or something that Sucrase hands on and Node does not know. */
function plainScript(
  { source, ts = false, async = false }: TransformOptions,
  transform: typeof Sucrase.transform,
): string | undefined {
  try {
    const { code } = transform(source, {
      transforms: ts ? ['typescript', 'imports'] : ['imports'],
      disableESTransforms: true,
      // What is imported by default is `default` of what jiti gives.
      enableLegacyTypeScriptModuleInterop: true,
    });
    if (CALL_ON_MODULE.test(code)) return undefined;
    const called = code.replaceAll(CALL, '(0, $1)(');
    const script = async ? called.replaceAll(IMPORT, 'await jitiImport($1)') : called;
    // Throws where it is no script.
    new Script(`(${async ? 'async ' : ''}function () {${script}\n})`);
    return script;
  } catch {
    return undefined;
  }
}
