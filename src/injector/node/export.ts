/**
 * Sends spans to the collector of the campaign, one request for each, so that who waits for it knows that the span is
 * told. A collector that is gone is given up: the service goes on as without it.
 */
import { Agent, type request } from 'node:http';
import { writeOtlp } from '../../lineage/traces/write-otlp.js';
import type { Span } from '../../lineage/traces/span.js';

/** For which a collector on the same machine is waited for, in milliseconds. */
const PATIENCE = 2_000;

export class SpanExporter {
  private readonly agent = new Agent({ keepAlive: true });
  private lost = false;

  /**
   * @param send `http.request`, as it is without injection
   * @param complain told once, when the collector is given up
   */
  constructor(
    private readonly collector: URL,
    private readonly send: typeof request,
    private readonly complain: (reason: string) => void,
  ) {}

  /** Fulfilled when the span is told, or when it cannot be. */
  async export(span: Span): Promise<void> {
    if (this.lost) return;
    const body = writeOtlp(new Map([['service.name', span.service]]), [span]);
    try {
      await this.post(body, true);
    } catch (error) {
      if (this.lost) return;
      this.lost = true;
      this.complain(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param again whether to try once more where a connection that was kept turns out to be closed */
  private post(body: string, again: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = this.send(new URL('v1/traces', withSlash(this.collector)), {
        method: 'POST',
        agent: this.agent,
        timeout: PATIENCE,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      });
      request.once('response', (response) => {
        response.resume();
        response.once('close', resolve);
      });
      request.once('timeout', () => request.destroy(new Error(`no answer for ${PATIENCE} ms`)));
      request.once('error', (error) => {
        if (again && request.reusedSocket) resolve(this.post(body, false));
        else reject(error);
      });
      request.end(body);
    });
  }
}

/** So that a path is kept. */
function withSlash(url: URL): URL {
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}
