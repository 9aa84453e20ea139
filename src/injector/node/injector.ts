/**
 * The heart of what is loaded into a service, and of the proxy: it knows the request that is being handled, says of
 * each call made for it whether it is to fail, and tells how it ended. How calls are made, it does not know.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { baggageAt, httpOperation, pointId, type CallFault } from './contract.js';
import type { SpanExporter } from './export.js';
import { nextPoint, scopeOf, type HeaderOf, type RequestScope } from './request-scope.js';
import { calleeAt, type InjectionSettings } from './settings.js';
import { clientSpan, now, type CallToTell, type Ending } from './told-spans.js';
import { newSpanId, writeTraceParent } from './trace-parent.js';

/** A call that is made for a request of the campaign. */
export interface OutgoingCall {
  /** Undefined where it is to go as it would. */
  readonly fault: CallFault | undefined;
  /** The headers that it carries on, with the callee's own in place of those of the caller. */
  readonly headers: { readonly traceparent: string; readonly baggage: string };
  /** Fulfilled when its span is told, which happens once. The caller is to see nothing of the result before that. */
  ended(ending: Ending): Promise<void>;
}

export class Injector {
  private readonly scopes = new AsyncLocalStorage<RequestScope>();

  constructor(
    readonly settings: InjectionSettings,
    private readonly exporter: SpanExporter | undefined,
  ) {}

  /** The request of which the code that runs is part, if it is one of the campaign. */
  get scope(): RequestScope | undefined {
    return this.scopes.getStore();
  }

  /** What a request that came in belongs to; undefined where it is none of the campaign. */
  receive(header: HeaderOf): RequestScope | undefined {
    return scopeOf(header, this.settings.campaign);
  }

  /** Does something as part of the handling of a request. */
  within<Result>(scope: RequestScope, action: () => Result): Result {
    return this.scopes.run(scope, action);
  }

  /** @returns undefined where the call has nothing to do with the campaign */
  begin(method: string, url: URL): OutgoingCall | undefined {
    const { scope, settings } = this;
    if (scope === undefined || url.host === settings.collector?.host) return undefined;
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    return this.beginFor(scope, method, url, calleeAt(settings.services, url.hostname, port));
  }

  /** Begins a call whose callee is known. */
  beginFor(scope: RequestScope, method: string, url: URL, callee: string): OutgoingCall {
    const operation = httpOperation(method, url.pathname);
    const point = nextPoint(scope, { caller: this.settings.service, callee, operation });
    const id = pointId(point);
    const fault = scope.run.faults.get(id);
    const call: CallToTell = { point, spanId: newSpanId(), fault, method, url, start: now() };
    let told: Promise<void> | undefined;
    return {
      fault,
      headers: {
        traceparent: writeTraceParent({ traceId: scope.traceId, spanId: call.spanId }),
        baggage: baggageAt(scope.baggage, id),
      },
      ended: (ending) => (told ??= this.tell(clientSpan(scope, call, ending))),
    };
  }

  /** Fulfilled when the collector has it. */
  tell(span: Parameters<SpanExporter['export']>[0]): Promise<void> {
    // Not a call of the service's.
    return this.scopes.exit(() => this.exporter?.export(span) ?? Promise.resolve());
  }
}
