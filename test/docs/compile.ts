/** TypeScript modules as a user's compiler sees them: strict, and with ldfi's published types. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Writes `.mjs` files beside `.mts` files, and gives all that is wrong with these. */
export function compile(files: readonly string[]): readonly string[] {
  const typeRoots = [join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '@types')];
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    typeRoots,
    types: ['node'],
  });
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ file, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    return file === undefined ? message : `${file.fileName}: ${message}`;
  });
}
