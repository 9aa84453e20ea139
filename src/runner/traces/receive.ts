/**
 * Receives traces as services send them: OTLP over HTTP, as JSON or protobuf. What comes is put into files as it is,
 * and read when all is there, so that receiving costs no more than writing.
 */
import { createWriteStream, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listenAt } from '../../injector/node/listen.js';

/** The longest request, in bytes. */
const LONGEST_REQUEST = 64 * 2 ** 20;

/** The most bytes of all requests. */
const MOST = 4 * 2 ** 30;

export interface ReceiverOptions {
  /** The address to listen at, such as `127.0.0.1`. */
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
}

/** The ends of names by which the files are read again, by what is sent. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['application/json', '.json'],
  ['application/x-protobuf', '.pb'],
]);

export class TraceReceiver {
  /** Where what was received is; removed by `dispose`. */
  readonly folder = mkdtempSync(join(tmpdir(), 'ldfi-traces-'));
  private readonly server: Server;
  private received = 0;
  private bytes = 0;

  constructor(private readonly options: ReceiverOptions) {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  /** @returns the port that it listens at. @throws Error where it cannot */
  async listen(): Promise<number> {
    return listenAt(this.server, this.options);
  }

  /** Ends, whoever is still sending. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const type = (request.headers['content-type'] ?? '').split(';')[0].trim();
    const extension = EXTENSIONS.get(type);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (request.url?.split('?')[0] !== '/v1/traces') refuse(response, 404);
    else if (request.method !== 'POST') refuse(response, 405);
    else if (extension === undefined || !['identity', 'gzip'].includes(encoding)) refuse(response, 415);
    else {
      const name = `${String(this.received++).padStart(9, '0')}${extension}${encoding === 'gzip' ? '.gz' : ''}`;
      try {
        await this.keep(request, join(this.folder, name));
        // What is received in full is answered by an empty message of either form.
        response.writeHead(200, { 'content-type': type }).end(extension === '.json' ? '{}' : '');
      } catch {
        refuse(response, 413);
      }
    }
  }

  /** A request that ends too early leaves a file of another name, which nobody reads. */
  private async keep(request: IncomingMessage, path: string): Promise<void> {
    let length = 0;
    const limit = new Transform({
      transform: (chunk: Uint8Array, _, done) => {
        length += chunk.length;
        this.bytes += chunk.length;
        if (length > LONGEST_REQUEST || this.bytes > MOST) done(new Error('it is too long'));
        else done(null, chunk);
      },
    });
    await pipeline(request, limit, createWriteStream(`${path}.part`));
    renameSync(`${path}.part`, path);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}
