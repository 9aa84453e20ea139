/**
 * Data of unknown shape, read field by field. Traces come from anywhere: what is not as it should be reads as absent,
 * and keys such as `__proto__` are keys like any other.
 */
import type { AttributeValue } from './span.js';

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where there is no such field; never what an object inherits. */
export function field(fields: JsonObject, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function objectAt(fields: JsonObject, name: string): JsonObject {
  const value = field(fields, name);
  return isJsonObject(value) ? value : {};
}

export function listAt(fields: JsonObject, name: string): readonly unknown[] {
  const value = field(fields, name);
  return Array.isArray(value) ? value : [];
}

/** Those elements that are objects. */
export function objectsAt(fields: JsonObject, name: string): readonly JsonObject[] {
  const list = listAt(fields, name);
  // Nearly always they all are, and then the list is as good as a copy of it.
  return list.every(isJsonObject) ? list : list.filter(isJsonObject);
}

/** Empty where it is no text. */
export function textAt(fields: JsonObject, name: string): string {
  const value = field(fields, name);
  return typeof value === 'string' ? value : '';
}

/** A whole number, written as a number or as text, since 64 bits do not fit into a number. */
export function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.round(value)) : undefined;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
}

/** Microseconds, as Jaeger and Zipkin count, in nanoseconds. */
export function nanosecondsOf(microseconds: unknown): bigint | undefined {
  const whole = integerOf(microseconds);
  return whole && whole * 1000n;
}

/** A number where it is one exactly. */
export function exactly(whole: bigint): number | bigint {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

export function isScalar(value: unknown): value is AttributeValue {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}

/**
 * JSON in which whole numbers of 17 digits and more are texts, since as numbers they would not be exact. Shorter ones
 * are, up to 2^53; beyond that they could only be times in microseconds after the year 2255.
 */
export function quoteLongIntegers(json: string): string {
  if (!LONG_INTEGER.test(json)) return json;
  return json.replace(TEXT_OR_LONG_INTEGER, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

const LONG_INTEGER = /[:,[\s]-?\d{17}/;
const TEXT_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{17,}(?![\d.eE])/gs;
