/** Where ldfi sends its own signals is nothing to the services that it starts. */
import { expect, test } from 'vitest';
import { inheritedVariables } from '../../../src/runner/live/inherited.js';

test('services inherit all but where ldfi sends what it tells of itself', () => {
  const kept = { PATH: '/bin', OTEL_PYTHON_LOG_LEVEL: 'debug', OTEL_PROPAGATORS: 'tracecontext,baggage' };
  const own = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c',
    OTEL_EXPORTER_OTLP_HEADERS: 'a=b',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_SDK_DISABLED: 'true',
    OTEL_SERVICE_NAME: 'nightly',
    OTEL_RESOURCE_ATTRIBUTES: 'team=core',
  };
  expect(inheritedVariables({ ...kept, ...own })).toEqual(kept);
});
