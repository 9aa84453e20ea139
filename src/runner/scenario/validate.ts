/**
 * Whether a scenario has the shape that its type demands: plain JavaScript, and `any`, get past the compiler.
 * Bounds that make no sense together, and what is wrong within rules, are found later.
 */
import { VERDICTS } from '../../model/verdict-names.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Scenario } from './define.js';
import {
  aFunction,
  isRecord,
  optional,
  ShapeReader,
  type Field,
  type FieldTable,
  type ShapeContext,
} from '../shape.js';

const anything: Field = { expected: '', accepts: () => true };

function integerFrom(least: number): Field {
  return {
    expected: `an integer from ${least}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  };
}

const BOUNDS: FieldTable = { eot: integerFrom(1), eff: integerFrom(0), crashes: integerFrom(0) };

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

const OF_RULES: FieldTable = { ...COMMON, rules: anything };
const OF_HANDLERS: FieldTable = { ...COMMON, handlers: anything, specification: anything };
const OF_EITHER: FieldTable = { ...OF_RULES, ...OF_HANDLERS };

const HANDLERS: FieldTable = {
  messages: optional(anything),
  init: aFunction,
  onStart: optional(aFunction),
  onTick: optional(aFunction),
  onMessage: anything,
  onTimer: optional(aFunction),
  observe: aFunction,
};

const AT_THE_END: FieldTable = { pre: aFunction, post: aFunction };
const ALWAYS: FieldTable = { always: aFunction };

/** All that is wrong with the shape of a scenario. It is one by its `kind` alone, whatever its type says. */
export function validateScenario(
  scenario: Scenario,
  { whole, place }: Pick<ShapeContext, 'whole' | 'place'>,
): readonly Diagnostic[] {
  const reader = new ShapeReader({ whole, place, wrong: 'RUN203', unknown: 'RUN204' });
  const fields: readonly string[] = Array.isArray(scenario.fields) ? scenario.fields : [];
  const [rules, handlers] = ['rules', 'handlers'].map((name) => fields.includes(name));
  reader.names(fields, [], rules && !handlers ? OF_RULES : handlers && !rules ? OF_HANDLERS : OF_EITHER);
  for (const name of ['name', 'nodes', 'expect'] as const) reader.field(scenario[name], [name], COMMON[name]);
  const double = repeated(scenario.nodes);
  if (double !== undefined) reader.repetition(['nodes'], double);
  reader.object(scenario.bounds, ['bounds'], BOUNDS);
  if (rules && handlers) reader.contradiction('handlers', 'rules or handlers, not both');
  else validateProtocol(reader, scenario.protocol);
  return reader.diagnostics;
}

/** The first name that stands twice, as far as these are names. */
function repeated(names: unknown): string | undefined {
  if (!Array.isArray(names)) return undefined;
  return names.find((name, index): name is string => typeof name === 'string' && names.indexOf(name) < index);
}

function validateProtocol(reader: ShapeReader, protocol: unknown): void {
  if (!isRecord(protocol)) reader.wrong(['protocol'], protocol, 'what defineScenario makes');
  else if (protocol.kind === 'rules') validateRules(reader, protocol.program);
  else if (protocol.handlers === undefined) missingProtocol(reader);
  else {
    validateHandlers(reader, protocol.handlers);
    validateSpecification(reader, protocol.specification);
  }
}

function missingProtocol(reader: ShapeReader): void {
  if (reader.isMisspelt(['handlers']) || reader.isMisspelt(['rules'])) return;
  reader.wrong(['handlers'], undefined, '`handlers`, or `rules`');
}

function validateRules(reader: ShapeReader, program: unknown): void {
  if (!isRecord(program) || !Array.isArray(program.clauses))
    reader.wrong(['rules'], program, 'a program, as `program(...)` and `dedalus` make');
}

function validateHandlers(reader: ShapeReader, handlers: unknown): void {
  if (!reader.object(handlers, ['handlers'], HANDLERS)) return;
  const path = ['handlers', 'onMessage'];
  const { onMessage } = handlers;
  if (!isRecord(onMessage))
    reader.wrong(path, onMessage, 'an object with a function for each type of message');
  else
    for (const [type, handler] of Object.entries(onMessage))
      reader.field(handler, [...path, type], aFunction);
}

function validateSpecification(reader: ShapeReader, specification: unknown): void {
  const path = ['specification'];
  if (!isRecord(specification) || Object.keys(specification).length === 0) {
    reader.wrong(path, specification, 'an object with a property, such as `agreement: { pre, post }`');
    return;
  }
  for (const [name, property] of Object.entries(specification)) {
    const always = isRecord(property) && 'always' in property;
    reader.object(property, [...path, name], always ? ALWAYS : AT_THE_END);
  }
}
