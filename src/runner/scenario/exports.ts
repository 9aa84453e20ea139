/** The scenarios that a module exports. */
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { compareStrings } from '../../model/order.js';
import { lineSpan } from '../../model/rules/typescript/locate.js';
import type { Source, SourceSpan } from '../../model/diagnostics/source.js';
import type { Scenario } from './define.js';
import type { System } from './define-system.js';
import { describeValue, isRecord } from '../shape.js';

export interface ExportedScenarios {
  /** Those with names of their own, in the order in which the file exports them, as far as its text tells. */
  readonly scenarios: readonly Scenario[];
  /** Running systems, each once, likewise in order. */
  readonly systems: readonly System[];
  /** What each scenario is exported as: `default`, `retry`, `all[2]`. */
  readonly labels: ReadonlyMap<Scenario, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Something exported, alone or in an array. */
interface Exported {
  /** `default`, `retry`, `all[2]`. */
  readonly label: string;
  readonly value: unknown;
}

/**
 * Scenarios are recognised by their `kind`, so that it does not matter which copy of ldfi made them.
 *
 * @param required whether it is an error to export none
 */
export function exportedScenarios(
  file: string,
  exports: Readonly<Record<string, unknown>>,
  { source, required }: { readonly source: Source | undefined; readonly required: boolean },
): ExportedScenarios {
  const exported = inOrder(flatten(exports), source);
  const scenarios = [...new Set(exported.map(({ value }) => value).filter(isScenario))];
  const systems = [...new Set(exported.map(({ value }) => value).filter(isSystem))];
  const lookAlike = exported.filter(({ value }) => looksLikeOne(value));
  const diagnostics = [
    ...lookAlike.map(({ label }) => notDefined(file, label, source)),
    ...sameNames(file, scenarios),
    ...(required && scenarios.length + systems.length === 0 && lookAlike.length === 0
      ? [noScenario(file, exported)]
      : []),
  ];
  const named = new Set(repeatedNames(scenarios));
  // Of several, the first.
  const labels = new Map(
    exported
      .toReversed()
      .flatMap(({ label, value }): [Scenario, string][] => (isScenario(value) ? [[value, label]] : [])),
  );
  const unique = scenarios.filter(({ name }) => !named.has(name));
  return { scenarios: unique, systems, labels, diagnostics };
}

/** By the names of exports, the default one first. */
function flatten(exports: Readonly<Record<string, unknown>>): readonly Exported[] {
  // A CommonJS module may be a scenario instead of exporting one.
  if (isScenario(exports) || looksLikeOne(exports)) return [{ label: 'module.exports', value: exports }];
  const names = Object.keys(exports).sort(
    (a, b) => Number(b === 'default') - Number(a === 'default') || compareStrings(a, b),
  );
  return names.flatMap((label): readonly Exported[] => {
    const value = exports[label];
    if (!Array.isArray(value)) return [{ label, value }];
    return value.map((element: unknown, index) => ({ label: `${label}[${index}]`, value: element }));
  });
}

/** By their places in the file; what is not found there comes last, by name. */
function inOrder(exported: readonly Exported[], source: Source | undefined): readonly Exported[] {
  if (source === undefined) return exported;
  const places = new Map(exported.map((each) => [each, exportSpan(source, each.label)?.start ?? Infinity]));
  const place = (each: Exported) => places.get(each)!;
  return exported.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

function isScenario(value: unknown): value is Scenario {
  return isRecord(value) && value.kind === 'scenario';
}

function isSystem(value: unknown): value is System {
  return isRecord(value) && value.kind === 'system';
}

function looksLikeOne(value: unknown): boolean {
  return (
    isRecord(value) &&
    !isScenario(value) &&
    ('handlers' in value || 'rules' in value) &&
    ('nodes' in value || 'bounds' in value)
  );
}

/** A name has to say which one is meant. */
function sameNames(file: string, scenarios: readonly Scenario[]): readonly Diagnostic[] {
  return repeatedNames(scenarios).map((name) =>
    diagnostic('RUN205', `${file} has several scenarios with the name ${name}`, {
      expected: 'a name of its own for each scenario of a file',
    }),
  );
}

function repeatedNames(scenarios: readonly Scenario[]): readonly string[] {
  // One without a name is told of by itself.
  const names = scenarios.map(({ name }) => name).filter((name) => typeof name === 'string');
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function notDefined(file: string, label: string, source: Source | undefined): Diagnostic {
  return diagnostic('RUN202', `\`${label}\` of ${file} was not made by defineScenario`, {
    span: source && exportSpan(source, label),
    expected: '`defineScenario({ ... })` around it',
  });
}

function noScenario(file: string, exported: readonly Exported[]): Diagnostic {
  const has = exported.map(({ label, value }) => `${label} (${describeValue(value)})`).join(', ');
  return diagnostic('RUN202', `${file} exports no scenario`, {
    expected: '`export default defineScenario({ ... })`, or several of them by name',
    hint: has === '' ? 'it exports nothing' : `it exports ${has}`,
  });
}

/** Where an export is likely written. */
function exportSpan(source: Source, label: string): SourceSpan | undefined {
  const name = label.replace(/\[.*/, '');
  const pattern = name === 'default' ? /^export\s+default\b/ : new RegExp(String.raw`^export\b.*\b${name}\b`);
  const line = source.text.split('\n').findIndex((text) => pattern.test(text));
  return line === -1 ? undefined : lineSpan(source, line + 1);
}
