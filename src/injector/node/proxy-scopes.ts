/** What a proxy knows of requests whose calls pass through it: it never sees the requests themselves, only what they carry. */
import { scopeOf, type HeaderOf, type RequestScope } from './request-scope.js';

/** The most requests of which calls are counted at one time; those of which it heard first are forgotten first. */
const MOST_REQUESTS = 10_000;

export class ProxyScopes {
  private readonly counts = new Map<string, Map<string, number>>();

  /** @param campaign its token */
  constructor(private readonly campaign: string) {}

  /** What a call is made for; undefined where that is nothing of the campaign. */
  of(header: HeaderOf): RequestScope | undefined {
    const scope = scopeOf(header, this.campaign);
    if (scope === undefined) return undefined;
    const { parentId, traceId, run } = scope;
    // Without a `traceparent`, the trace is a new one for each call.
    const trace = parentId === undefined ? '' : traceId;
    const made = this.countsOf(`${run.run} ${trace} ${run.within ?? ''}`);
    // The span of whoever made the call is the parent of what the proxy tells of it.
    return { ...scope, spanId: parentId ?? scope.spanId, made };
  }

  private countsOf(request: string): Map<string, number> {
    const known = this.counts.get(request);
    if (known !== undefined) return known;
    const made = new Map<string, number>();
    this.counts.set(request, made);
    if (this.counts.size > MOST_REQUESTS) this.counts.delete(this.counts.keys().next().value!);
    return made;
  }
}
