/**
 * The heart of what is loaded into a service, and of the proxy: it knows the request that is being handled, says of
 * each call made for it whether it is to fail, and tells how it ended. How calls are made, it does not know.
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { baggageAt, isFaultOf, pointId, type CallProtocol, type FaultOf } from './contract.js';
import type { SpanExporter } from './export.js';
import { ProxyScopes } from './proxy-scopes.js';
import { nextPoint, scopeOf, type HeaderOf, type RequestScope } from './request-scope.js';
import { calleeAt, portOf, type InjectionSettings } from './settings.js';
import { activeHeader, activeSpan, activeSpanId, flushed, untold } from './service-tracing.js';
import {
  callSpan,
  now,
  requestSpan,
  type CallToTell,
  type Ending,
  type RequestToTell,
  type Said,
} from './told-spans.js';
import { newSpanId, writeTraceParent } from './trace-parent.js';

/** A call that is about to be made, of whatever protocol. */
export interface CallToMake<Protocol extends CallProtocol> {
  readonly protocol: Protocol;
  /** As a fault point has it. */
  readonly operation: string;
  /** Where it goes. */
  readonly host: string;
  readonly port: number;
  /** What its protocol says of it, as OpenTelemetry names that. */
  readonly said: readonly Said[];
}

/** A call that is made for a request of the campaign. */
export interface OutgoingCall<Protocol extends CallProtocol> {
  /** Undefined where it is to go as it would. */
  readonly fault: FaultOf<Protocol> | undefined;
  /** The headers that it carries on, with the callee's own in place of those of the caller. */
  readonly headers: { readonly traceparent: string; readonly baggage: string };
  /** Fulfilled when its span is told, which happens once. The caller is to see nothing of the result before that. */
  ended(ending: Ending): Promise<void>;
  /** Does something once nobody can wait for the call any more, since the request that it is made for is over. */
  whenOver(action: () => void): void;
}

/** In place of a request: what is done belongs to none. */
const OUTSIDE = Symbol('outside');

export class Injector {
  private readonly scopes = new AsyncLocalStorage<RequestScope | typeof OUTSIDE>();
  /** Requests that only the service's own SDK knows of. */
  private readonly known: ProxyScopes;

  constructor(
    readonly settings: InjectionSettings,
    private readonly exporter: SpanExporter | undefined,
  ) {
    this.known = new ProxyScopes(settings.campaign);
  }

  /** The request of which the code that runs is part, if it is one of the campaign. */
  get scope(): RequestScope | undefined {
    const scope = this.scopes.getStore() ?? this.known.of(activeHeader);
    return scope === OUTSIDE ? undefined : scope;
  }

  /** What a request that came in belongs to; undefined where it is none of the campaign. */
  receive(header: HeaderOf): RequestScope | undefined {
    const own = activeSpan('server');
    if (own === undefined) return scopeOf(header, this.settings.campaign);
    // Calls of which only the SDK knows what they are for are counted with the others.
    const scope = this.known.of(header);
    return scope && { ...scope, own, parentId: undefined, traceId: own.traceId, spanId: own.spanId };
  }

  /** Does something as part of the handling of a request. */
  within<Result>(scope: RequestScope, action: () => Result): Result {
    return this.scopes.run(scope, action);
  }

  /** What is called later as part of the request that is handled now, or of none, whoever calls it. */
  bound<Words extends unknown[], Result>(action: (...words: Words) => Result): (...words: Words) => Result {
    return AsyncResource.bind(action);
  }

  /**
   * @param describe says what the call is; not called where no request of the campaign is handled
   * @returns undefined where the call has nothing to do with the campaign
   */
  begin<Protocol extends CallProtocol>(
    describe: () => CallToMake<Protocol>,
  ): OutgoingCall<Protocol> | undefined {
    const { scope, settings } = this;
    const { collector } = settings;
    if (scope === undefined) return undefined;
    const call = describe();
    if (collector?.hostname === call.host && portOf(collector) === call.port) return undefined;
    return this.beginFor(scope, call);
  }

  /** Begins a call that is made for a request, whatever code runs. */
  beginFor<Protocol extends CallProtocol>(
    scope: RequestScope,
    { protocol, operation, host, port, said }: CallToMake<Protocol>,
  ): OutgoingCall<Protocol> {
    const callee = calleeAt(this.settings.services, host, port);
    const point = nextPoint(scope, { caller: this.settings.service, callee, operation });
    const id = pointId(point);
    const planned = scope.run.faults.get(id);
    const fault = planned !== undefined && isFaultOf(planned, protocol) ? planned : undefined;
    const address: readonly Said[] = [
      ['server.address', host.replace(/^\[|\]$/g, '')],
      ['server.port', port],
    ];
    const own = activeSpan('client');
    const call: CallToTell = {
      point,
      spanId: own?.spanId ?? newSpanId(),
      parentId: activeSpanId(scope.traceId) ?? scope.spanId,
      kind: protocol === 'messaging' ? 'producer' : 'client',
      fault,
      said: [...said, ...address],
      start: now(),
    };
    const tell = (ending: Ending) => {
      const span = callSpan(scope, call, ending);
      if (own === undefined) return this.export(span);
      own.mark(span);
      return Promise.resolve();
    };
    let told: Promise<void> | undefined;
    return {
      fault,
      headers: {
        traceparent: writeTraceParent({ traceId: scope.traceId, spanId: call.spanId }),
        baggage: baggageAt(scope.baggage, id),
      },
      ended: (ending) => (told ??= tell(ending)),
      whenOver: (action) => scope.whenOver.add(action),
    };
  }

  /** Does something of which no call belongs to a request, such as to open a connection for many. */
  outside<Result>(action: () => Result): Result {
    return this.scopes.run(OUTSIDE, action);
  }

  /** Makes a call that is told of here: nothing that it is made of is told of as well, nor by the service's own SDK. */
  carryOut<Result>(action: () => Result): Result {
    return this.outside(() => untold(action));
  }

  /** Tells of a request. Fulfilled when the collector has that, or all calls that were made for it. */
  tell(scope: RequestScope, request: RequestToTell, ending: Ending): Promise<void> {
    const span = requestSpan(scope, request, ending);
    if (scope.own === undefined) return this.export(span);
    scope.own.mark(span);
    return this.outside(flushed);
  }

  /** Lets the service's own SDK tell of a request that is over. */
  finish({ own }: RequestScope): void {
    if (own !== undefined) setImmediate(() => void this.outside(flushed));
  }

  private export(span: Parameters<SpanExporter['export']>[0]): Promise<void> {
    return this.outside(() => this.exporter?.export(span) ?? Promise.resolve());
  }
}
