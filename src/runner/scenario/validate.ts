/**
 * Whether a scenario has the shape that its type demands: plain JavaScript, and `any`, get past the compiler.
 * Bounds that make no sense together, and what is wrong within rules, are found later.
 */
import { BOUND_NAMES, isNamedFaults, NAMED_BOUNDS, NAMED_FAULTS_EXPECTED } from '../../model/bounds.js';
import { VERDICTS } from '../../model/verdict-names.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { ScenarioForm } from '../kinds/kind.js';
import { protocolKinds } from '../kinds/kinds.js';
import type { Scenario } from './define.js';
import {
  anything,
  isRecord,
  optional,
  ShapeReader,
  type Field,
  type FieldTable,
  type ShapeContext,
} from '../shape.js';

function integerFrom(least: number): Field {
  return {
    expected: `an integer from ${least}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  };
}

const NAMED = BOUND_NAMES.map((name) => [name, optional(integerFrom(NAMED_BOUNDS[name].least))] as const);

const BOUNDS: FieldTable = {
  eot: integerFrom(1),
  eff: integerFrom(0),
  crashes: integerFrom(0),
  ...Object.fromEntries(NAMED),
  named: optional({ expected: NAMED_FAULTS_EXPECTED, accepts: isNamedFaults }),
  reliable: {
    optional: true,
    expected: "an object such as { nodes: ['db'], links: ['a->b'] }",
    accepts: (value) =>
      isRecord(value) &&
      Object.entries(value).every(
        ([name, texts]) => ['nodes', 'links'].includes(name) && isListOfTexts(texts),
      ),
  },
};

/** Bounds that stand beside `bounds`. */
const WITHIN_BOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(BOUNDS).map((name) => [name, `it goes into \`bounds\`: \`bounds: { …, ${name}: … }\``]),
);

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

const COMMON: FieldTable = {
  name: {
    expected: 'a name on one line, which is not empty',
    accepts: (value) => typeof value === 'string' && /^\S(?:.*\S)?$/u.test(value),
  },
  nodes: {
    expected: "an array of names, each once, such as ['a', 'b']",
    accepts: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((node) => typeof node === 'string' && node !== ''),
  },
  bounds: anything,
  expect: {
    optional: true,
    expected: `one of ${VERDICTS.join(', ')}`,
    accepts: (value) => VERDICTS.some((name) => name === value),
    names: VERDICTS,
  },
};

/** All that is wrong with the shape of a scenario. It is one by its `kind` alone, whatever its type says. */
export function validateScenario(
  scenario: Scenario,
  { whole, place }: Pick<ShapeContext, 'whole' | 'place'>,
): readonly Diagnostic[] {
  const reader = new ShapeReader({ whole, place, wrong: 'RUN203', unknown: 'RUN204' });
  const fields: readonly string[] = Array.isArray(scenario.fields) ? scenario.fields : [];
  const forms = protocolKinds().flatMap((kind) => kind.forms);
  const given = forms.filter(({ by }) => fields.includes(by));
  reader.names(fields, [], fieldsOf(given.length === 1 ? given : forms), WITHIN_BOUNDS);
  for (const name of ['name', 'nodes', 'expect'] as const) reader.field(scenario[name], [name], COMMON[name]);
  const double = repeated(scenario.nodes);
  if (double !== undefined) reader.repetition(['nodes'], double);
  reader.object(scenario.bounds, ['bounds'], BOUNDS);
  if (given.length > 1)
    reader.contradiction(given[1].by, `${given.map(({ by }) => by).join(' or ')}, not both`);
  else validateProtocol(reader, scenario.protocol);
  return reader.diagnostics;
}

/** Of a scenario that has one of these forms. */
function fieldsOf(forms: readonly ScenarioForm[]): FieldTable {
  return Object.assign({}, COMMON, ...forms.map(({ fields }) => fields)) as FieldTable;
}

/** The first name that stands twice, as far as these are names. */
function repeated(names: unknown): string | undefined {
  if (!Array.isArray(names)) return undefined;
  return names.find((name, index): name is string => typeof name === 'string' && names.indexOf(name) < index);
}

function validateProtocol(reader: ShapeReader, protocol: unknown): void {
  const kind = isRecord(protocol) ? protocolKinds().find((each) => each.kind === protocol.kind) : undefined;
  if (!isRecord(protocol) || kind === undefined)
    reader.wrong(['protocol'], protocol, 'what defineScenario makes');
  else kind.validate(reader, protocol);
}
