/** What the agent of the examples tells of its tools is read from its traces by the names of the conventions. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsBelow } from '../../src/lineage/traces/calls.js';
import type { Span } from '../../src/lineage/traces/span.js';
import { assembleTrace } from '../../src/lineage/traces/trace.js';
import { isListening, Stage } from '../injector/node/services.js';

const PORT = 19_915;
const folder = fileURLToPath(new URL('../../examples/services/agent/', import.meta.url));
const stage = new Stage();
let agent: ChildProcess;

beforeAll(async () => {
  const collector = await stage.collect();
  let asked = 0;
  const flights = await stage.serve(() => Promise.resolve('{"confirmation":"F-1"}'));
  // It breaks off the first time.
  const hotels = await stage.serve((request) => {
    if (asked++ === 0) request.socket.destroy();
    return Promise.resolve('{"confirmation":"H-1"}');
  });
  agent = spawn(process.execPath, ['--import', './telemetry.js', 'services.js', 'agent'], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      ...process.env,
      PORT: String(PORT),
      FLIGHTS_URL: `http://127.0.0.1:${flights}`,
      HOTELS_URL: `http://127.0.0.1:${hotels}`,
      CALENDAR_URL: 'http://127.0.0.1:9',
      OTEL_SERVICE_NAME: 'agent',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
  });
  while (!(await isListening(PORT))) await delay(50);
});
afterAll(async () => {
  agent.kill('SIGKILL');
  if (agent.exitCode === null && agent.signalCode === null) await once(agent, 'exit');
  await stage.end();
});

it('tells of each use of a tool, whether it failed, and of no lie', async () => {
  const answer = await fetch(`http://127.0.0.1:${PORT}/task`, { method: 'POST', body: '{}' });
  expect(await answer.json()).toMatchObject({ done: false, failed: ['calendar'] });
  const told: Span[] = [];
  const root = () => told.find(({ kind }) => kind === 'server');
  await expect.poll(() => (told.push(...stage.told()), root()), { timeout: 10_000 }).toBeDefined();
  const trace = assembleTrace(root()!.traceId, told);
  const calls = [
    ...callsBelow(
      trace,
      trace.nodes.findIndex(({ span }) => span === root()),
    ),
  ];
  expect(
    calls
      .toSorted((a, b) => Number((a.start ?? 0n) - (b.start ?? 0n)))
      .map(({ callee, operation, protocol, failed }) => `${callee}, ${operation}, ${protocol}, ${failed}`),
  ).toEqual([
    'tool flights, execute_tool flights, ai, false',
    'tool hotels, execute_tool hotels, ai, true',
    'tool hotels, execute_tool hotels, ai, false',
    'tool calendar, execute_tool calendar, ai, true',
    'tool calendar, execute_tool calendar, ai, true',
  ]);
});
