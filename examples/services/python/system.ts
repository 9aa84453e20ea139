/**
 * A service in Python behind `ldfi proxy`, which is to it a proxy like any other. It needs Flask, requests, and
 * OpenTelemetry's instrumentation of both: `pip install flask requests opentelemetry-distro
 * opentelemetry-instrumentation-flask opentelemetry-instrumentation-requests`.
 */
import { join } from 'node:path';
import { defineSystem } from 'ldfi';

const folder = import.meta.dirname;

export default defineSystem({
  name: 'python',
  services: {
    shop: {
      command: ['sh', '-c', 'HTTP_PROXY=$PROXY_URL exec opentelemetry-instrument python3 shop.py'],
      folder,
      // The proxy tells all that is to be known.
      environment: {
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
      },
      inject: false,
    },
    prices: { command: ['node', 'prices.js'], folder },
    proxy: {
      // `npx ldfi`, where it is installed.
      command: ['sh', '-c', 'exec node dist/cli/main.js proxy --service shop --listen $PORT'],
      folder: join(folder, '../../..'),
      inject: false,
    },
  },
  request: { path: '/product' },
  kinds: ['refused', 'status 503', 'broken-body'],
  state: 'nothing to reset',
});
