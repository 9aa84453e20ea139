/**
 * A proxy before what a service calls, for services in any language: it fails the calls that a request names, and tells
 * of all that belong to the campaign. Everything else passes as it is.
 */
import http, { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createProxyServer } from 'httpxy';
import { endingOf, madeAnswer } from './failures.js';
import { headerOf } from './http-server.js';
import { answeredCall, httpCall } from './http-call.js';
import type { Injector, OutgoingCall } from './injector.js';
import { listenAt } from './listen.js';
import { passAnswer } from './pass-answer.js';
import { ProxyScopes } from './proxy-scopes.js';

export interface ProxyOptions {
  /** The address to listen at, such as `127.0.0.1`. */
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Where all calls go; undefined where each says it itself, as clients do that know of a proxy. */
  readonly target: URL | undefined;
}

export class CallProxy {
  private readonly server: Server = createServer();
  private readonly proxy = createProxyServer();
  private readonly scopes: ProxyScopes;
  /** The calls of the campaign, by the answers that they are to have. */
  private readonly heeded = new WeakMap<ServerResponse, OutgoingCall<'http'>>();
  private readonly tunnels = new Set<Duplex>();
  private readonly agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };

  constructor(
    private readonly injector: Injector,
    private readonly options: ProxyOptions,
  ) {
    this.scopes = new ProxyScopes(injector.settings.campaign);
    this.proxy.on('proxyRes', (answer, _, response) => {
      const call = this.heeded.get(response);
      if (call !== undefined) void passAnswer(answer, response, call);
    });
    this.server.on('request', (request, response) => void this.pass(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      void this.upgrade(request, socket, head);
    });
    this.server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.tunnel(request, socket, head);
    });
  }

  /** @returns the port that it listens at. @throws Error where it cannot */
  async listen(): Promise<number> {
    return listenAt(this.server, this.options);
  }

  /** Ends, whatever still passes. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const tunnel of this.tunnels) tunnel.destroy();
    for (const agent of Object.values(this.agents)) agent.destroy();
    await closed;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = this.targetOf(request);
    if (url === undefined) {
      response.writeHead(400).end('ldfi: the request does not say where it is to go\n');
      return;
    }
    const call = this.begin(request, url);
    try {
      if (call === undefined) await this.forward(request, response, url);
      else await this.heed(call, request, response, url);
    } catch (error) {
      await call?.ended(endingOf(error));
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`ldfi: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }

  /** Undefined where the request says nothing of it, and nobody else did. */
  private targetOf({ url = '/' }: IncomingMessage): URL | undefined {
    const { target } = this.options;
    if (target === undefined) return /^https?:/.test(url) && URL.canParse(url) ? new URL(url) : undefined;
    const path = url.startsWith('/') ? url : '/';
    return new URL(`${target.origin}${path}`);
  }

  /** Sets the headers of a call that is heeded to those that it is to carry on. */
  private begin(request: IncomingMessage, url: URL): OutgoingCall<'http'> | undefined {
    const scope = this.scopes.of((name) => headerOf(request, name));
    if (scope === undefined) return undefined;
    const call = this.injector.beginFor(scope, httpCall(request.method ?? 'GET', url));
    Object.assign(request.headers, call.headers);
    return call;
  }

  /** A call of the campaign. */
  private async heed(
    call: OutgoingCall<'http'>,
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const { fault } = call;
    const answer = fault && madeAnswer(fault);
    if (answer !== undefined) {
      await call.ended(answeredCall(answer.status));
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    } else if (fault?.kind === 'refused') {
      await call.ended({ error: 'ECONNREFUSED' });
      request.socket.resetAndDestroy();
    } else if (fault?.kind === 'timeout') {
      // What nobody answers ends when the caller has had enough.
      await call.ended({ error: fault.kind });
    } else {
      if (fault?.kind === 'latency') await delay(fault.milliseconds);
      this.heeded.set(response, call);
      await this.forward(request, response, url);
    }
  }

  private async forward(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const agent = this.agents[url.protocol === 'https:' ? 'https:' : 'http:'];
    request.url = `${url.pathname}${url.search}`;
    const selfHandleResponse = this.heeded.has(response);
    await this.proxy.web(request, response, { target: url.origin, agent, selfHandleResponse });
  }

  /** What is upgraded passes, or is broken off. */
  private async upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const url = this.targetOf(request);
    if (url === undefined) {
      socket.destroy();
      return;
    }
    const call = this.begin(request, url);
    const isFailing = call?.fault !== undefined && call.fault.kind !== 'latency';
    await call?.ended(isFailing ? { error: 'ECONNRESET' } : answeredCall(101));
    if (isFailing) socket.destroy();
    else await this.proxy.ws(request, socket, { target: url.origin }, head).catch(() => socket.destroy());
  }

  /** A connection that is encrypted from end to end: it says nothing, and passes. */
  private tunnel({ url = '' }: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { hostname, port } = new URL(`tcp://${url}`);
    const other = connect(Number(port) || 443, hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      other.write(head);
      other.pipe(socket).pipe(other);
    });
    for (const [one, another] of [
      [socket, other],
      [other, socket],
    ] as const) {
      this.tunnels.add(one);
      one.on('error', () => another.destroy());
      one.on('close', () => {
        this.tunnels.delete(one);
        another.destroy();
      });
    }
  }
}
