import { SpanStatusCode, trace } from '@opentelemetry/api';
import { PATIENCE, run } from '../serve.js';

run({
  agent: {
    'POST /task': async () => {
      const steps = [];
      for (const tool of ['flights', 'hotels', 'calendar']) steps.push(await use(tool));
      const failed = steps.filter(({ done }) => !done).map(({ tool }) => tool);
      return { done: failed.length === 0, steps, failed };
    },
  },
  flights: { 'POST /run': () => ({ confirmation: 'F-1' }) },
  hotels: { 'POST /run': () => ({ confirmation: 'H-1' }) },
  calendar: { 'POST /run': () => ({ confirmation: 'C-1' }) },
});

const tracer = trace.getTracer('agent');

/** Uses a tool, twice where the first time it fails. */
async function use(tool) {
  for (let time = 0; time < 2; time++) {
    const said = await called(tool);
    // Bug: an answer that makes no sense is taken for one.
    if (said !== undefined) return { tool, done: true, said };
  }
  return { tool, done: false };
}

/** What a tool answers, told of as the conventions for generative AI have it; undefined where it failed. */
function called(tool) {
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool };
  return tracer.startActiveSpan(`execute_tool ${tool}`, { attributes }, async (span) => {
    try {
      const response = await fetch(`${process.env[`${tool.toUpperCase()}_URL`]}/run`, {
        method: 'POST',
        body: '{}',
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status >= 500) throw new Error(`it answered ${response.status}`);
      return await response.text();
    } catch (error) {
      span.setAttribute('error.type', error.name).setStatus({ code: SpanStatusCode.ERROR });
      return undefined;
    } finally {
      span.end();
    }
  });
}
