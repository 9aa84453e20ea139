/** Plain data, as handlers keep and send it: what JSON can say, and `undefined`. */
import { compareStrings } from './order.js';

/** `null`, booleans, finite numbers, strings, `undefined`, and arrays and objects of these. */
export type Data = null | boolean | number | string | undefined | readonly Data[] | Fields;

/** An object. */
export interface Fields {
  readonly [name: string]: Data;
}

/** What JSON can say. */
export type JsonData = null | boolean | number | string | readonly JsonData[] | JsonFields;

/** An object in JSON. */
export interface JsonFields {
  readonly [name: string]: JsonData;
}

/** The same data with the keys of its objects in order, so that what differs in their order alone is told alike. */
export function sorted(data: Data): Data {
  // -0 is told as 0.
  if (typeof data !== 'object' || data === null) return data === 0 ? 0 : data;
  return isList(data) ? data.map(sorted) : sortedFields(data);
}

/** {@link sorted} of an object. */
export function sortedFields(fields: Fields): Fields {
  const entries = Object.entries(fields).sort(([a], [b]) => compareStrings(a, b));
  return Object.fromEntries(entries.map(([name, value]) => [name, sorted(value)]));
}

/** A text that is equal exactly where sorted data is. */
export function dataText(data: Data): string {
  return JSON.stringify(toJsonData(data));
}

/**
 * Data as JSON. That has no `undefined`, which is written `{"$undefined": true}`; a key that begins with `$` gets
 * another one, so that nothing else reads as that.
 */
export function toJsonData(data: Data): JsonData {
  if (data === undefined) return { [UNDEFINED]: true };
  if (typeof data !== 'object' || data === null) return data;
  return isList(data) ? data.map(toJsonData) : toJsonFields(data);
}

/** {@link toJsonData} of an object. */
export function toJsonFields(fields: Fields): JsonFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.startsWith('$') ? `$${name}` : name,
      toJsonData(value),
    ]),
  );
}

/** The data that {@link toJsonData} made JSON of. */
export function fromJsonData(json: JsonData): Data {
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map(fromJsonData);
  return Object.hasOwn(json, UNDEFINED) ? undefined : fromJsonFields(json);
}

/** The object that {@link toJsonFields} made JSON of. */
export function fromJsonFields(json: JsonFields): Fields {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name.startsWith('$') ? name.slice(1) : name,
      fromJsonData(value),
    ]),
  );
}

const UNDEFINED = '$undefined';

/** `Array.isArray` does not tell a list that is readonly from an object. */
function isList<Item>(data: readonly Item[] | object): data is readonly Item[] {
  return Array.isArray(data);
}
