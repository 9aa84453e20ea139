/** Requests of a shop, as services tell of them that use the SDK of OpenTelemetry. */
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';

/** What `ldfi trace` says of three of them. */
export const SURVIVED = 'Calls whose failure was survived\n    shop -> pricing GET /price\n      1 time';

/**
 * Three requests, each with one call; in the last, the call fails and the request does not.
 *
 * @param exporter one for each service
 */
export async function sendRequests(exporter: () => SpanExporter): Promise<void> {
  const providers = ['shop', 'pricing'].map(
    (service) =>
      new BasicTracerProvider({
        resource: resourceFromAttributes({ 'service.name': service }),
        spanProcessors: [new SimpleSpanProcessor(exporter())],
      }),
  );
  const [shop, pricing] = providers.map((provider) => provider.getTracer('test'));
  // Its clock may run backwards from one span to the next, and then a call would seem not to be awaited.
  const now = Date.now();
  for (const number of [1, 2, 3]) {
    const status = { code: number === 3 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET };
    const [server, caller] = [SpanKind.SERVER, SpanKind.CLIENT];
    const root = shop.startSpan('GET /cart', { kind: server, startTime: now }, ROOT_CONTEXT);
    const client = shop.startSpan('GET', { kind: caller, startTime: now + 1 }, within(root));
    const answer = pricing.startSpan('GET /price', { kind: server, startTime: now + 2 }, within(client));
    answer.setStatus(status).end(now + 8);
    client.setStatus(status).end(now + 9);
    root.end(now + 10);
  }
  for (const provider of providers) {
    await provider.forceFlush();
    await provider.shutdown();
  }
}

function within(span: Parameters<typeof trace.setSpan>[1]): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}
