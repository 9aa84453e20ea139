/** Loaded before the agent: OpenTelemetry's own SDK, to which it tells of the tools that it uses. */
import { register } from 'node:module';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
new NodeSDK({ instrumentations: [new HttpInstrumentation()] }).start();
