/**
 * Whether a document is valid by the schema in `schema.ts`, of which this knows the words that are used there. A
 * validator of all of JSON Schema would be the largest dependency of the program, for one schema.
 */
import type { JsonDiagnostic, JsonDocument, JsonPlace } from './document.js';
import { jsonSchema } from './schema.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

// Its own type says less, so that readers of the schema rely on nothing.
const root = jsonSchema as unknown as Schema & { readonly $defs: Readonly<Record<string, Schema>> };

/** @throws RangeError that says where the document is not as the schema, and the places in it, demand */
export function assertDocument(document: unknown): asserts document is JsonDocument {
  const found = misfit(document, root, '');
  if (found !== undefined) throw new RangeError(`the document is not valid: ${found}`);
  assertPlaces(document as JsonDocument);
}

/** What is wrong with a value; undefined where nothing is. */
function misfit(value: unknown, schema: Schema, path: string): string | undefined {
  if (schema.$ref !== undefined) return misfit(value, root.$defs[schema.$ref.slice('#/$defs/'.length)], path);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return misfitOfAll(value, alternatives, path);
  const what = `${path === '' ? 'the whole' : path} is not`;
  if ('const' in schema && value !== schema.const) return `${what} ${JSON.stringify(schema.const)}`;
  if (schema.enum?.includes(value) === false) return `${what} one of ${schema.enum.map(String).join(', ')}`;
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return `${what} of type ${types.join(' or ')}`;
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity))
    return `${what} ${schema.minimum!} or more`;
  if (typeof value === 'number' && value > (schema.maximum ?? Infinity))
    return `${what} ${schema.maximum!} or less`;
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern).test(value))
    return `${what} a whole number in decimal digits`;
  if (Array.isArray(value)) return misfitOfItems(value, schema, path);
  return schema.properties === undefined
    ? undefined
    : misfitOfFields(value as object, schema.properties, schema.required ?? [], path);
}

/** Of the alternative that comes closest, where its `kind` or `language` tells which that is. */
function misfitOfAll(value: unknown, alternatives: readonly Schema[], path: string): string | undefined {
  const misfits = alternatives.map((schema) => misfit(value, schema, path));
  if (misfits.includes(undefined)) return undefined;
  const has = (name: string, given: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    (value as Readonly<Record<string, unknown>>)[name] === given;
  const meant = alternatives.findIndex(({ properties = {} }) =>
    ['kind', 'language'].some((name) => {
      const given = properties[name]?.const;
      return given !== undefined && has(name, given);
    }),
  );
  return misfits[Math.max(0, meant)];
}

function misfitOfItems(items: readonly unknown[], schema: Schema, path: string): string | undefined {
  if (items.length < (schema.minItems ?? 0)) return `${path} is empty`;
  for (const [index, item] of items.entries()) {
    const found = misfit(item, schema.items!, `${path}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An object has all that its schema requires, and nothing that it does not know. */
function misfitOfFields(
  value: object,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  path: string,
): string | undefined {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(properties, name)) return `${at(name)} is unknown`;
  for (const [name, schema] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name)) {
      if (required.includes(name)) return `${at(name)} is missing`;
      continue;
    }
    const found = misfit((value as Readonly<Record<string, unknown>>)[name], schema, at(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isSafeInteger(value);
    default:
      return typeof value === type;
  }
}

/** What no schema can say: that what points into something points at what is there. */
function assertPlaces({ results, verifications, diagnostics, sources }: JsonDocument): void {
  const outcomes = verifications.map(({ outcome }) => outcome);
  const problems = outcomes.flatMap((outcome) => (outcome.kind === 'valid' ? [] : outcome.problems));
  for (const each of [...diagnostics, ...problems, ...results.flatMap(({ warnings }) => warnings)])
    for (const place of placesOf(each)) {
      const text = sources.at(place.source)?.text;
      if (text === undefined || place.start > place.end || place.end > text.length)
        throw new RangeError('the document is not valid: a diagnostic points to where there is no text');
    }
}

function placesOf({ place, related }: JsonDiagnostic): readonly JsonPlace[] {
  const places = related.map((other) => other.place);
  return place === null ? places : [place, ...places];
}
