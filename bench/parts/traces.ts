/** How long `ldfi trace` takes for traces of a made-up shop, and how much memory. */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { median, table } from '../figures.js';
import { processorTimeOf } from '../process-time.js';

const PROGRAM = 'dist/cli/main.js';

interface Size {
  readonly spans: number;
  /** Seconds. */
  readonly allowed?: number;
  /** GiB. */
  readonly allowedMemory: number;
}

const SIZES: readonly Size[] = [
  { spans: 100_000, allowed: 5, allowedMemory: 1 },
  { spans: 1_000_000, allowedMemory: 2 },
];

const COLUMNS = [
  { title: 'spans' },
  { title: 'MB', numeric: true },
  { title: 'allowed s', numeric: true },
  { title: 'median s', numeric: true },
  { title: 'median CPU s', numeric: true },
  { title: 'allowed GiB', numeric: true },
  { title: 'most GiB', numeric: true },
  { title: 'met' },
];

/** One run of the program. */
interface Reading {
  /** Seconds. */
  readonly elapsed: number;
  readonly computed: number;
  /** GiB at its most; as Linux tells it. */
  readonly memory: number;
}

/**
 * Time is met by what was computed, since that is what the program needs: what else the machine does makes it wait.
 *
 * @throws Error where the program is not built
 */
export async function tracesTable(only: RegExp, runs: number): Promise<string> {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}: npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-bench-'));
  try {
    const rows: (readonly string[])[] = [];
    for (const size of SIZES.filter(({ spans }) => only.test(String(spans)))) {
      const file = join(folder, `${size.spans}.jsonl`);
      let written = 0;
      const counted = function* () {
        for (const line of lines(size.spans)) {
          written += line.length;
          yield line;
        }
      };
      await pipeline(Readable.from(counted()), createWriteStream(file));
      const readings: Reading[] = [];
      for (let run = 0; run < Math.min(runs, 3); run++) readings.push(await read(file));
      rows.push(cells(size, written / 1e6, readings));
      rmSync(file);
    }
    return table(COLUMNS, rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cells(
  { spans, allowed, allowedMemory }: Size,
  length: number,
  readings: readonly Reading[],
): readonly string[] {
  const computed = median(readings.map((each) => each.computed));
  const memory = Math.max(...readings.map((each) => each.memory));
  return [
    String(spans),
    length.toFixed(0),
    String(allowed ?? ''),
    median(readings.map(({ elapsed }) => elapsed)).toFixed(1),
    computed.toFixed(1),
    String(allowedMemory),
    memory.toFixed(2),
    (allowed === undefined || computed <= allowed) && memory <= allowedMemory ? 'yes' : 'NO',
  ];
}

function read(file: string): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [PROGRAM, 'trace', file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let computed = 0;
    let memory = 0;
    const look = () => {
      computed = Math.max(computed, (processorTimeOf(child.pid!) ?? 0) / 1e3);
      memory = Math.max(memory, memoryOf(child.pid!));
    };
    const looking = setInterval(look, 20);
    // Its last word comes shortly before its end.
    child.stdout.on('data', look);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(looking);
      if (code === 2) reject(new Error(`${file} cannot be read`));
      else resolve({ elapsed: (performance.now() - began) / 1e3, computed, memory });
    });
  });
}

/** The most that a process had, in GiB; 0 where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 2 ** 20;
  } catch {
    return 0;
  }
}

/** Spans of a request, each with the attributes that instrumentation of OpenTelemetry writes. */
const SPANS_A_REQUEST = 10;

/** OTLP/JSON Lines, one request a line. One of a hundred calls fails, and the request with it. */
function* lines(spans: number): Generator<string> {
  for (let request = 0; request < spans / SPANS_A_REQUEST; request++) yield `${lineOf(request)}\n`;
}

const CALLEES = ['pricing', 'stock', 'ads', 'profile'];

function lineOf(request: number): string {
  const traceId = (request + 1).toString(16).padStart(32, '0');
  const failing = request % 100 === 99 ? ((request / 100) % CALLEES.length) | 0 : -1;
  const resources = new Map<string, unknown[]>([['shop', []]]);
  let number = 0;
  const add = (
    service: string,
    parentSpanId: string,
    kind: number,
    name: string,
    failed: boolean,
  ): string => {
    const spanId = (request * SPANS_A_REQUEST + ++number).toString(16).padStart(16, '0');
    const start = 1_700_000_000_000_000_000n + BigInt(request) * 1_000_000n + BigInt(number) * 1_000n;
    const spans = resources.get(service) ?? [];
    resources.set(service, spans);
    spans.push({
      traceId,
      spanId,
      parentSpanId,
      name,
      kind,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + BigInt(100 - number) * 1_000n),
      attributes: [
        { key: 'http.request.method', value: { stringValue: 'GET' } },
        { key: 'http.route', value: { stringValue: name.slice(4) } },
        { key: 'server.address', value: { stringValue: 'shop.example' } },
        { key: 'http.response.status_code', value: { intValue: failed ? '500' : '200' } },
      ],
      status: { code: failed ? 2 : 0 },
    });
    return spanId;
  };
  const root = add('shop', '', 2, 'GET /cart', failing >= 0);
  for (const [index, callee] of CALLEES.entries()) {
    const client = add('shop', root, 3, `GET /${callee}`, index === failing);
    add(callee, client, 2, `GET /${callee}`, index === failing);
  }
  add('shop', root, 1, 'render', false);
  return JSON.stringify({
    resourceSpans: [...resources].map(([service, made]) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ scope: { name: 'bench' }, spans: made }],
    })),
  });
}
