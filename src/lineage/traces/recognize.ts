/** Which format a part of a file is of, by its shape: nobody is asked. */
import { field, isJsonObject, quoteLongIntegers, type JsonObject } from './fields.js';
import { isJaegerTrace, readJaegerTrace } from './jaeger.js';
import { isResourceSpans, readResourceSpans, resourceSpansIn } from './otlp-json.js';
import { TraceFormatError, type TraceReading } from './span.js';
import { isZipkinV1Span, readZipkinV1Span } from './zipkin-v1.js';
import { isZipkinSpan, readZipkinSpan } from './zipkin-v2.js';

/**
 * Reads one value of JSON: a document, or an element of its outer list.
 *
 * @throws TraceFormatError where it is no JSON, or no trace
 */
export function readJson(json: string): readonly TraceReading[] {
  let value: unknown;
  try {
    value = JSON.parse(quoteLongIntegers(json));
  } catch (error) {
    throw new TraceFormatError(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return readValue(isJsonObject(value) ? unwrap(value) : value);
}

/** Jaeger serves its traces in a list, and its interface saves one of them by itself. */
function unwrap(document: JsonObject): unknown {
  return field(document, 'data') ?? (Object.hasOwn(document, 'data') ? [] : document);
}

function readValue(value: unknown): readonly TraceReading[] {
  // Zipkin serves lists of traces, which are lists of spans.
  if (Array.isArray(value)) return value.map((element) => readObject(element));
  return [readObject(value)];
}

function readObject(value: unknown): TraceReading {
  if (!isJsonObject(value)) throw new TraceFormatError('it has a value where a span or a trace should be');
  const resources = resourceSpansIn(value);
  if (resources !== undefined)
    return { format: 'otlp-json', records: resources.flatMap((each) => readResourceSpans(each)) };
  if (isResourceSpans(value)) return { format: 'otlp-json', records: readResourceSpans(value) };
  if (isJaegerTrace(value)) return { format: 'jaeger', records: readJaegerTrace(value) };
  if (isZipkinV1Span(value)) return { format: 'zipkin-v1', records: [readZipkinV1Span(value)] };
  if (isZipkinSpan(value)) return { format: 'zipkin-v2', records: [readZipkinSpan(value)] };
  throw new TraceFormatError('it is of no known format of traces');
}
