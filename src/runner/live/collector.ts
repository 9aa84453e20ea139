/**
 * Receives what services tell of their calls: OTLP over HTTP, as JSON or protobuf, on loopback. Nothing is slept for.
 * Services tell of a call before its caller has the result, so that whoever has the answer to a request has, with it,
 * all calls that were waited for; and a server span says how many calls its service had begun. Only where one of these
 * is not told of yet is there anything to wait for, and that no longer than `settle`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { ATTRIBUTES } from '../../injector/node/contract.js';
import { listenAt } from '../../injector/node/listen.js';
import { readResourceSpansMessage } from '../../lineage/traces/otlp-protobuf.js';
import { readJson } from '../../lineage/traces/recognize.js';
import { ProtobufSlicer } from '../../lineage/traces/slice-protobuf.js';
import type { Span } from '../../lineage/traces/span.js';
import { SystemError } from './system-error.js';

/** The longest request, in bytes. */
const LONGEST = 16 * 2 ** 20;

/** The most spans of a request that are kept. */
const MOST = 10_000;

export class SpanCollector {
  private readonly server: Server;
  private readonly traces = new Map<string, Span[]>();
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  /** @param host an address of this machine. @returns the port that it listens at */
  async listen(host = '127.0.0.1'): Promise<number> {
    return listenAt(this.server, { port: 0, host });
  }

  /** Expects spans of a trace. Those of others are dropped. */
  expect(traceId: string): void {
    this.traces.set(traceId, []);
  }

  /**
   * The spans of a trace, when all calls that it tells of are told of.
   *
   * @param settle milliseconds for which calls are waited for that were begun, and not told of
   * @throws SystemError where there are too many
   */
  async take(traceId: string, settle: number): Promise<readonly Span[]> {
    const spans = this.traces.get(traceId) ?? [];
    await this.until(() => isClosed(spans), settle);
    this.traces.delete(traceId);
    if (spans.length > MOST)
      throw new SystemError(`services tell of more than ${MOST} calls for one request`);
    return spans;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async until(isSo: () => boolean, limit: number): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
        resolve();
      };
      const look = (): void => {
        if (isSo()) end();
      };
      const timer = setTimeout(end, limit);
      this.listeners.add(look);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = (request.headers['content-type'] ?? '').split(';')[0].trim();
    if (request.method !== 'POST' || request.url?.split('?')[0] !== '/v1/traces') {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    try {
      const isZipped = request.headers['content-encoding'] === 'gzip';
      const body = await bytesOf(isZipped ? request.pipe(createGunzip()) : request);
      for (const span of type === 'application/json' ? ofJson(body) : ofProtobuf(body)) {
        const spans = this.traces.get(span.traceId);
        if (spans !== undefined && spans.length <= MOST) spans.push(span);
      }
      response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '');
    } catch {
      response.writeHead(400, { connection: 'close' }).end();
    }
    for (const look of this.listeners) look();
  }
}

/** @throws Error where there are too many */
async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > LONGEST) throw new Error('it is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function ofJson(body: Buffer): readonly Span[] {
  return [...readJson(body.toString('utf8'))].flatMap(({ records }) => records.flat());
}

function ofProtobuf(body: Buffer): readonly Span[] {
  const spans: Span[] = [];
  const slicer = new ProtobufSlicer((part) => {
    spans.push(...readResourceSpansMessage(part).flat());
  }, LONGEST);
  slicer.push(body);
  slicer.end();
  return spans;
}

/**
 * Whether all calls are told of that services say that they began, and all messages were consumed that were sent. One
 * that somebody takes who does not tell is waited for until patience ends.
 */
function isClosed(spans: readonly Span[]): boolean {
  const told = new Map<string, Set<string>>();
  for (const span of spans) {
    const { kind, attributes } = span;
    if (kind !== 'client' && kind !== 'producer') continue;
    const within = textOf(attributes.get(ATTRIBUTES.within));
    const points = told.get(within) ?? new Set();
    told.set(within, points.add(pointOf(span)));
  }
  const consumed = new Set(spans.filter(({ kind }) => kind === 'consumer').map(pointOf));
  return spans.every((span) => {
    const { kind, attributes } = span;
    if (kind === 'producer') return attributes.has(ATTRIBUTES.injected) || consumed.has(pointOf(span));
    const begun = Number(attributes.get(ATTRIBUTES.calls) ?? 0);
    return begun === 0 || (told.get(pointOf(span))?.size ?? 0) >= begun;
  });
}

function pointOf({ attributes }: Span): string {
  return textOf(attributes.get(ATTRIBUTES.point));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
