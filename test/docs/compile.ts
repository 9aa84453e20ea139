/** TypeScript modules as a user's compiler sees them: strict, and with ldfi's published types. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  typeRoots: [join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '@types')],
  types: ['node'],
};

/** Compiles many modules, one after another; declarations of packages are read once. */
export class Compiler {
  private readonly declarations = new Map<string, ts.SourceFile | undefined>();
  private readonly options: ts.CompilerOptions;
  private readonly host: ts.CompilerHost;

  /** @param given such as `skipLibCheck`, whether the declarations of packages are taken to be right */
  constructor(given: ts.CompilerOptions = {}) {
    this.options = { ...options, skipLibCheck: true, ...given };
    this.host = ts.createCompilerHost(this.options);
    const read = this.host.getSourceFile.bind(this.host);
    this.host.getSourceFile = (name, ...rest) => {
      if (!name.endsWith('.d.ts')) return read(name, ...rest);
      if (!this.declarations.has(name)) this.declarations.set(name, read(name, ...rest));
      return this.declarations.get(name);
    };
  }

  /** Writes `.mjs` files beside `.mts` files, as `.cjs` beside `.cts`, and gives all that is wrong with these. */
  compile(files: readonly string[]): readonly string[] {
    const program = ts.createProgram(files, this.options, this.host);
    const { diagnostics } = program.emit();
    return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ file, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      return file === undefined ? message : `${file.fileName}: ${message}`;
    });
  }
}
