/** Services for tests: processes of their own, with injection loaded into them, and a collector of what they tell. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  ATTRIBUTES,
  pointId,
  writeBaggage,
  type CallFault,
  type FaultPoint,
} from '../../../src/injector/node/contract.js';
import { readResourceSpans } from '../../../src/lineage/traces/otlp-json.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { objectsAt, type JsonObject } from '../../../src/lineage/traces/fields.js';

export const CAMPAIGN = 'c0ffee';

const ENTRY = fileURLToPath(new URL('../../../src/injector/node/inject.ts', import.meta.url));

const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Listens, and says where. */
export const LISTEN = `server.listen(0, '127.0.0.1', () => console.log('listening ' + server.address().port));`;

export interface Service {
  readonly port: number;
  readonly child: ChildProcess;
  /** What it has written to standard error so far. */
  readonly complaints: readonly string[];
}

/** All that a test starts, and ends. */
export class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ldfi-services-'));
  private readonly children: ChildProcess[] = [];
  private readonly servers: Server[] = [];
  private readonly received: Span[] = [];
  private collector = 0;
  private files = 0;

  /** Bundles what is loaded into services, which find packages where tests do, and opens the collector. */
  async prepare(): Promise<void> {
    symlinkSync(PACKAGES, join(this.folder, 'node_modules'));
    await build({
      entryPoints: [ENTRY],
      outfile: this.injection,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
    });
    await this.collect();
  }

  /** Opens the collector. */
  async collect(): Promise<URL> {
    this.collector = await this.serve(async (request) => {
      const body = JSON.parse(await text(request)) as JsonObject;
      for (const group of objectsAt(body, 'resourceSpans'))
        this.received.push(...readResourceSpans(group).flat());
      return '{}';
    });
    return new URL(`http://127.0.0.1:${this.collector}`);
  }

  get injection(): string {
    return join(this.folder, 'inject.mjs');
  }

  /** A server within the process of the test. @returns its port */
  async serve(answer: (request: IncomingMessage) => Promise<string>): Promise<number> {
    const server = createServer((request, response) => {
      void answer(request).then((body) => response.end(body));
    });
    this.servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Starts a service with injection. @param source ends with {@link LISTEN} */
  async start(
    name: string,
    source: string,
    options: {
      readonly kind?: 'mjs' | 'cjs';
      readonly variables?: NodeJS.ProcessEnv;
      readonly node?: readonly string[];
      /** A module that is loaded before the service, after injection. */
      readonly first?: string;
    } = {},
  ): Promise<Service> {
    const file = this.write(name, options.kind ?? 'mjs', source);
    const before = options.first === undefined ? [] : [this.write('first', 'mjs', options.first)];
    const loaded = [this.injection, ...before].flatMap((each) => ['--import', pathToFileURL(each).href]);
    const child = spawn(process.execPath, [...(options.node ?? []), ...loaded, file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        LDFI_CAMPAIGN: CAMPAIGN,
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.collector}`,
        ...options.variables,
      },
    });
    this.children.push(child);
    const complaints: string[] = [];
    createInterface(child.stderr).on('line', (line) => complaints.push(line));
    for await (const line of createInterface(child.stdout)) {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port !== undefined) return { port: Number(port), child, complaints };
    }
    throw new Error(`it did not start: ${complaints.join('\n')}`);
  }

  private write(name: string, kind: string, source: string): string {
    const file = join(this.folder, `${name}-${this.files++}.${kind}`);
    writeFileSync(file, source);
    return file;
  }

  /** The spans that have been told since this was asked last. */
  told(): readonly Span[] {
    return this.received.splice(0);
  }

  async end(): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(this.folder, { recursive: true });
  }
}

/** A point right below the request. */
export function pointOf(caller: string, callee: string, operation: string, ordinal = 1): FaultPoint {
  return { within: undefined, caller, callee, operation, ordinal };
}

/** The headers of a request of the campaign. */
export function headersOf(
  faults: readonly (readonly [FaultPoint, CallFault])[] = [],
  { campaign = CAMPAIGN, run = 'r1' } = {},
): Readonly<Record<string, string>> {
  const planned = new Map(faults.map(([point, fault]) => [pointId(point), fault]));
  return {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    baggage: `other=1,${writeBaggage({ campaign, run, within: undefined, faults: planned })}`,
  };
}

/** Tokens that are not that of the campaign, however alike. */
export const FOREIGN_TOKENS = [
  'abad1dea',
  `${CAMPAIGN}0`,
  CAMPAIGN.slice(1),
  CAMPAIGN.toUpperCase(),
  `${CAMPAIGN} ${CAMPAIGN}`,
  '',
];

/** The calls that spans tell of, and what was made of each: `cart -> pricing GET /price: status 503`. */
export function callsIn(spans: readonly Span[]): readonly string[] {
  return spans
    .filter(({ kind }) => kind === 'client' || kind === 'producer')
    .map(({ attributes }) => {
      const [caller, callee, operation, ordinal, fault] = [
        ATTRIBUTES.caller,
        ATTRIBUTES.callee,
        ATTRIBUTES.operation,
        ATTRIBUTES.ordinal,
        ATTRIBUTES.fault,
      ].map((name) => attributes.get(name));
      const status =
        attributes.get('http.response.status_code') ?? attributes.get('rpc.response.status_code');
      const ending = fault ?? attributes.get('error.type') ?? status ?? 'done';
      const count = ordinal === 1 ? '' : ` #${String(ordinal)}`;
      return `${String(caller)} -> ${String(callee)} ${String(operation)}${count}: ${String(ending)}`;
    });
}

/** Whether somebody listens at a port of this machine. */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
