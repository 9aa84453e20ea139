/**
 * Writes the type of the JSON document into `dist` as what it is. The compiler writes it as what it follows from, the
 * schema with all that its library knows of it: 0.8 MB, for which users would have to install that library.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = 'report/json/schema';
/** What else speaks of that library. */
const documents = 'runner/documents';
const file = `src/${folder}/document.ts`;
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.build.json', (path) => ts.sys.readFile(path)).config,
  ts.sys,
  '.',
);
const program = ts.createProgram([file], options);
const checker = program.getTypeChecker();
const [symbol] = checker
  .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))
  .filter(({ name }) => name === 'JsonDocument');
const [declaration] = symbol.declarations;

for (const each of [folder, documents])
  for (const name of readdirSync(join('dist', each))) rmSync(join('dist', each, name));
writeFileSync(
  join('dist', folder, 'document.d.ts'),
  `import type { JsonData } from '../../../model/data.js';\n` +
    `/** ${ts.displayPartsToString(symbol.getDocumentationComment(checker))} */\n` +
    `export type JsonDocument = ${written(checker.getDeclaredTypeOfSymbol(symbol))};\n`,
);

/** A type without any names but that of JSON, which is within itself. */
function written(type) {
  if (type.aliasSymbol?.name === 'JsonData') return 'JsonData';
  if (type.flags & ts.TypeFlags.Boolean) return 'boolean';
  // The compiler tells the parts in the order in which it met them.
  if (type.isUnion()) return `(${type.types.map(written).toSorted().join(' | ')})`;
  if (checker.isArrayType(type)) return `readonly ${written(checker.getTypeArguments(type)[0])}[]`;
  return type.flags & ts.TypeFlags.Object ? objectOf(type) : checker.typeToString(type);
}

function objectOf(type) {
  const fields = checker.getPropertiesOfType(type).map((field) => {
    const mark = field.flags & ts.SymbolFlags.Optional ? '?' : '';
    return `readonly ${field.name}${mark}: ${written(checker.getTypeOfSymbolAtLocation(field, declaration))};`;
  });
  const indexes = checker
    .getIndexInfosOfType(type)
    .map((index) => `readonly [name: string]: ${written(index.type)};`);
  return `{ ${[...fields, ...indexes].join(' ')} }`;
}
