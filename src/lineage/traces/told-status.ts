/** How a span ended, in formats that have no field for it. */
import type { Attributes, SpanStatus } from './span.js';

/**
 * What OpenTelemetry said of it, where it wrote the span; else whether there was an error.
 *
 * @param hasError whether the format's own word for that is there
 */
export function toldStatus(attributes: Attributes, hasError: boolean): SpanStatus {
  const status = String(attributes.get('otel.status_code')).toUpperCase();
  if (status === 'OK') return 'ok';
  return status === 'ERROR' || hasError ? 'error' : 'unset';
}
