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

/** Uses a tool, twice where the first time it fails. */
async function use(tool) {
  for (let time = 0; time < 2; time++) {
    try {
      const response = await fetch(`${process.env[`${tool.toUpperCase()}_URL`]}/run`, {
        method: 'POST',
        body: '{}',
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status >= 500) continue;
      // Bug: an answer that makes no sense is taken for one.
      return { tool, done: true, said: await response.text() };
    } catch {
      continue;
    }
  }
  return { tool, done: false };
}
