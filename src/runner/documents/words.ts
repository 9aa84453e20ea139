/** What the parts of documents are made of. */
import * as v from 'valibot';
import type { JsonData } from '../../model/data.js';
import { BOUND_NAMES, NAMED_BOUNDS, type BoundName } from '../../model/bounds.js';
import { LONGEST_EOT } from '../../injector/bounds.js';
import { SAT_BACKENDS } from '../../solver/backends.js';

/** The data that is valid by a schema: as JSON documents are, not to be changed. */
export type Json<Schema extends v.GenericSchema> = Frozen<v.InferOutput<Schema>>;

type Frozen<Value> = [JsonData] extends [Value]
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
      : Value;

export function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

/** What stands in a document is JSON. */
export const anyJson = v.unknown() as v.GenericSchema as v.GenericSchema<JsonData>;

export const text = v.string();
export const flag = v.boolean();
export const names = v.array(text);

/** A whole number, 0 or greater. */
export const natural = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0));

const fromOne = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1));

/** A place in a text. */
export const ordinal = fromOne;

export const time = described(fromOne, 'A logical timestep.');

/** Nothing is as long as a reader would need to run out of time. */
export const eot = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1), v.maxValue(LONGEST_EOT));

/** A whole number, 0 or greater, that may pass 2^53. */
export const digits = v.pipe(
  text,
  v.regex(/^(0|[1-9][0-9]*)$/, 'a whole number in decimal digits'),
  v.description('A whole number of any size, in decimal digits.'),
);

/** Of every bound that has a name. */
function namedBounds() {
  const entries = BOUND_NAMES.map((name) => [
    name,
    v.exactOptional(described(natural, NAMED_BOUNDS[name].help)),
  ]);
  return Object.fromEntries(entries) as Record<BoundName, v.ExactOptionalSchema<typeof natural, undefined>>;
}

export const reliable = described(
  v.strictObject({ nodes: v.exactOptional(names), links: v.exactOptional(names) }),
  'Nodes, and links such as `a->b`, that do not fail.',
);

export const bounds = described(
  v.strictObject({
    eot,
    eff: natural,
    crashes: natural,
    ...namedBounds(),
    named: v.exactOptional(
      described(v.record(text, natural), 'the most of each fault that the author names, by its name'),
    ),
    reliable: v.exactOptional(reliable),
  }),
  'Last timestep; end of finite failures; the most nodes that may crash; and bounds that are not the default.',
);

/** What a protocol is written in. */
export const language = v.picklist(['rules', 'handlers']);

export const solver = v.picklist(SAT_BACKENDS);
