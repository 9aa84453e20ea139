/**
 * What the entries of the package export, with what their docstrings say: read by the TypeScript compiler, which is
 * here anyway. A generator off the shelf would bring a theme, a tree of pages and its own dependencies for what is
 * one page in the words of the source.
 */
import { relative } from 'node:path';
import ts from 'typescript';
import { readComment, type Docstring } from './docstring.js';

/** What users import, and where it is in the source. */
export interface EntryPoint {
  readonly module: string;
  readonly file: string;
}

export interface ApiEntry {
  readonly module: string;
  /** The comment at the top of its file. */
  readonly header: string;
  readonly sections: readonly ApiSection[];
}

/** Exports under one line of comment. */
export interface ApiSection {
  readonly title: string;
  readonly items: readonly ApiItem[];
}

export interface ApiItem {
  /** As it is exported. */
  readonly name: string;
  /** Otherwise it is a member that the module adds to an interface of another one. */
  readonly isExport: boolean;
  /** Where it is declared, relative to the root. */
  readonly file: string;
  readonly docstring: Docstring | undefined;
  /** What users may rely on, as text: without bodies, private members and the docstring itself. */
  readonly declaration: string;
}

/** @param root the folder of the package */
export function readExports(root: string, entries: readonly EntryPoint[]): readonly ApiEntry[] {
  return new Reader(root, entries).read();
}

class Reader {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;
  /** Declarations as they are published, by the file of the source. */
  private readonly published = new Map<string, ts.SourceFile>();

  constructor(
    private readonly root: string,
    private readonly entries: readonly EntryPoint[],
  ) {
    const { config } = ts.readConfigFile(`${root}/tsconfig.json`, (path) => ts.sys.readFile(path)) as {
      readonly config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const emitting = { noEmit: false, declaration: true, emitDeclarationOnly: true };
    this.program = ts.createProgram(
      entries.map(({ file }) => file),
      { ...options, ...emitting },
    );
    this.checker = this.program.getTypeChecker();
    this.program.emit(undefined, (name, text, _mark, _onError, [source] = []) => {
      if (source !== undefined)
        this.published.set(source.fileName, ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
    });
  }

  read(): readonly ApiEntry[] {
    return this.entries.map(({ module, file }) => {
      const source = this.program.getSourceFile(file);
      if (source === undefined) throw new Error(`there is no ${file}`);
      return { module, header: headerOf(source), sections: this.sections(source) };
    });
  }

  private sections(source: ts.SourceFile): readonly ApiSection[] {
    const sections: { title: string; items: ApiItem[] }[] = [];
    for (const statement of source.statements) {
      const items = this.items(statement);
      if (items.length === 0) continue;
      const title = lineCommentOf(statement, source);
      if (title !== undefined || sections.length === 0) sections.push({ title: title ?? '', items: [] });
      sections.at(-1)!.items.push(...items);
    }
    return sections;
  }

  private items(statement: ts.Statement): readonly ApiItem[] {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause))
        throw new Error(`exports are to be named one by one: ${statement.getText()}`);
      return exportClause.elements.map((element) => this.exported(element));
    }
    if (ts.isModuleDeclaration(statement) && ts.isStringLiteral(statement.name))
      return augmentations(statement).map((member) => this.augmented(member));
    return [];
  }

  private exported({ name }: ts.ExportSpecifier): ApiItem {
    const symbol = this.checker.getAliasedSymbol(this.checker.getSymbolAtLocation(name)!);
    const declarations = symbol.declarations ?? [];
    const [first] = declarations;
    const docstring = declarations.map(readComment).find((read) => read !== undefined);
    const declaration = this.publishedText(first.getSourceFile(), symbol.name);
    return { name: name.text, isExport: true, file: this.place(first), docstring, declaration };
  }

  /** All statements of a name: overloads, and an interface with a constant of the same name, are several. */
  private publishedText(source: ts.SourceFile, name: string): string {
    const statements = this.published.get(source.fileName)!.statements.filter((each) => declares(each, name));
    return statements.map(textWithoutPrivate).join('\n');
  }

  private augmented(member: ts.TypeElement): ApiItem {
    const name = member.name!.getText();
    const declaration = member.getText();
    return { name, isExport: false, file: this.place(member), docstring: readComment(member), declaration };
  }

  private place(node: ts.Node): string {
    return relative(this.root, node.getSourceFile().fileName);
  }
}

/** Members that a `declare module` adds to another module's interfaces. */
function augmentations({ body }: ts.ModuleDeclaration): readonly ts.TypeElement[] {
  if (body === undefined || !ts.isModuleBlock(body)) return [];
  return body.statements.filter(ts.isInterfaceDeclaration).flatMap(({ members }) => [...members]);
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some((each) => each.name.getText() === name);
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return named && statement.name?.text === name;
}

function textWithoutPrivate(statement: ts.Statement): string {
  const text = statement.getText().replace(/^export (?:declare )?/, '');
  if (!ts.isClassDeclaration(statement)) return text;
  const start = statement.getStart();
  const { members } = statement;
  const head = statement
    .getSourceFile()
    .text.slice(start, members.pos)
    .replace(/^export (?:declare )?/, '');
  const visible = members.filter(
    (member) => (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0,
  );
  return `${head}${visible.map((member) => member.getFullText()).join('')}\n}`;
}

/** The text of the comment at the top of a file. */
function headerOf(source: ts.SourceFile): string {
  const comment = /^\/\*\*([^]*?)\*\//.exec(source.text)?.[1] ?? '';
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}

/** The text of the `//` lines just above a statement. */
function lineCommentOf(statement: ts.Statement, source: ts.SourceFile): string | undefined {
  const ranges = ts.getLeadingCommentRanges(source.text, statement.getFullStart()) ?? [];
  const lines = ranges
    .filter(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia)
    .map(({ pos, end }) => source.text.slice(pos, end).replace(/^\/\/\s*/, ''));
  return lines.length === 0 ? undefined : lines.join(' ').replace(/\.$/, '');
}
