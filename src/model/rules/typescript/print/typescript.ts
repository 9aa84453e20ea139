/** A program as a TypeScript scenario file, by typed rules. */
import { authorsBounds, boundEntries, type Bounds } from '../../../bounds.js';
import { formatBounds } from '../../../text/bounds.js';
import type { Header, HeaderCheck } from '../../dedalus/header.js';
import type { CheckedProgram, ColumnType } from '../../program.js';
import { builtInRelations } from '../../check/built-in.js';
import { keyOf, clauseLayout, valueCode } from './clauses.js';
import { call, callWith, objectLiteral, render, WIDTH } from './layout.js';
import type { Layout } from './layout.js';
import { nameAll } from './names.js';
import type { LocationType, NamedRelation, Names, NamedVariable } from './names.js';
import { IMPORTS } from './reserved.js';

/** Options of {@link printTypeScript}. */
export interface PrintTypeScriptOptions {
  /** What the scenario is called. */
  readonly name: string;
  /** Of the Dedalus file; its nodes and bounds are those of the scenario. */
  readonly header?: Header;
}

/**
 * A module that exports the program as scenarios, one for each of the header's bounds; without bounds, it exports
 * `rules` alone. Read back, its program prints as the same Dedalus. Comments and includes of the file are lost.
 */
export function printTypeScript(checked: CheckedProgram, options: PrintTypeScriptOptions): string {
  const { nodes: declared, checks } = options.header ?? { checks: [] };
  const nodes = declared?.map(({ name }) => name) ?? checked.locations;
  const names = nameAll(checked, nodes);
  const builtIn = builtInRelations(checked.program);
  const own = [...names.relations.values()].filter(({ name }) => !builtIn.has(name));
  const durable = new Set(checked.program.durable?.map(({ relation }) => relation));
  const rules = call(
    `${checks.length === 0 ? 'export ' : ''}const rules = program`,
    checked.program.clauses.map((clause) => clauseLayout(clause, names, checked)),
  );
  const blocks = [
    statement(['const nodes = ', list(nodes.map(valueCode)), ' as const']),
    printVariables(names),
    own.map((relation) => printRelation(relation, names, durable)).join(''),
    statement(rules),
    printScenarios(options.name, checks),
  ];
  const body = blocks.filter((block) => block !== '').join('\n');
  return `${printImports(body)}\n${body}`;
}

function statement(layout: Layout): string {
  return `${render(layout, 0, 1)};\n`;
}

function list(items: readonly Layout[]): Layout {
  return { open: '[', items, close: ']', padding: '' };
}

/** Those that the text mentions. */
function printImports(body: string): string {
  const words = new Set(body.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').match(/[A-Za-z_]\w*/g));
  const used = IMPORTS.filter((name) => words.has(name));
  return statement(['import ', objectLiteral(used), ` from 'ldfi'`]);
}

/** Variables of one name and several types are declared one after another. */
function printVariables({ variables, locations }: Names): string {
  const groups: NamedVariable[][] = [];
  for (const variable of variables) {
    const free = groups.find((group) => group.every(({ name }) => name !== variable.name));
    if (free === undefined) groups.push([variable]);
    else free.push(variable);
  }
  return groups.map((group) => printGroup(group, locations)).join('');
}

function printGroup(variables: readonly NamedVariable[], locations: LocationType): string {
  const bound = variables.map(({ name, identifier }) =>
    keyOf(name) === identifier ? identifier : `${keyOf(name)}: ${identifier}`,
  );
  const types = variables.map(({ name, type }) => `${keyOf(name)}: ${printType(type, locations)}`);
  const pattern = render(['const ', objectLiteral(bound), ' ='], 0, 0);
  const made = callWith('variables', types);
  const opening = pattern.length + ' variables({'.length;
  return pattern.includes('\n') || opening <= WIDTH
    ? `${pattern} ${render(made, 0, pattern.length + 2)};\n`
    : `${pattern}\n  ${render(made, 2, 1)};\n`;
}

function printRelation(
  { name, identifier, columns }: NamedRelation,
  { variables, locations }: Names,
  durable: ReadonlySet<string>,
): string {
  const typed = columns.map((column) => {
    const like = variables.find(({ identifier: word, type }) => word === column.name && type === column.type);
    return like === undefined ? `${keyOf(column.name)}: ${printType(column.type, locations)}` : column.name;
  });
  return statement(
    call(`const ${identifier} = relation`, [
      valueCode(name),
      objectLiteral(typed),
      ...(durable.has(name) ? [objectLiteral(['durable: true'])] : []),
    ]),
  );
}

function printType(type: ColumnType, locations: LocationType): string {
  return type === 'location' ? locations : type;
}

function printScenarios(name: string, checks: readonly HeaderCheck[]): string {
  if (checks.length === 0) return '';
  const [first, ...others] = checks;
  if (others.length === 0) return `export default ${scenario(name, first, '')};\n`;
  const all = checks.map((check) => {
    return `  ${scenario(`${name} ${formatBounds(check.bounds)}`, check, '  ')},\n`;
  });
  return `export default [\n${all.join('')}];\n`;
}

function reliableField({ reliable }: Bounds): readonly string[] {
  if (reliable === undefined) return [];
  const lists = Object.entries<readonly string[]>({ ...reliable }).map(
    ([name, texts]) => `${name}: [${texts.map(valueCode).join(', ')}]`,
  );
  return [`reliable: { ${lists.join(', ')} }`];
}

function boundsCode(bounds: Bounds): string {
  const authors = authorsBounds(bounds).map(
    ([name, most]) => `${/^\w+$/.test(name) ? name : valueCode(name)}: ${most}`,
  );
  const entries = [
    ...boundEntries(bounds).map(([bound, value]) => `${bound}: ${value}`),
    ...(authors.length === 0 ? [] : [`named: { ${authors.join(', ')} }`]),
    ...reliableField(bounds),
  ];
  return `{ ${entries.join(', ')} }`;
}

function scenario(name: string, { bounds, expect }: HeaderCheck, indent: string): string {
  const fields = [
    `name: ${valueCode(name)}`,
    'nodes',
    `bounds: ${boundsCode(bounds)}`,
    ...(expect === undefined ? [] : [`expect: ${valueCode(expect)}`]),
    'rules',
  ];
  const lines = fields.map((field) => `${indent}  ${field},\n`);
  return `defineScenario({\n${lines.join('')}${indent}})`;
}
