import { ask, PATIENCE, Refusal, run } from '../serve.js';

run({
  app: {
    'GET /listen': async () => {
      await ask('ownership', '/owned').catch(() => {
        throw new Refusal(403, 'it is not known to be yours');
      });
      await ask('activation', '/activate', {}).catch(() => {
        throw new Refusal(503, 'try again later');
      });
      const [chapters] = await Promise.all([
        metadata(),
        ask('statistics', '/listened', {}).catch(() => undefined),
      ]);
      return { chapters, audio: await audio() };
    },
  },
  ownership: { 'GET /owned': () => ({ owned: true }) },
  activation: { 'POST /activate': () => ({ active: true }) },
  metadata: { 'GET /chapters': () => ({ chapters: ['One', 'Two'] }) },
  statistics: { 'POST /listened': () => ({ counted: true }) },
  audio: { 'GET /audio': () => ({ bytes: 1024 }) },
});

/** Without chapters it can still be listened to. But what is not found is not unreachable, and is answered, too. */
async function metadata() {
  const response = await fetch(`${process.env.METADATA_URL}/chapters`, {
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  if (response === undefined || response.status >= 500) return [];
  const { chapters } = await response.json();
  return chapters;
}

async function audio() {
  try {
    return await ask('audio', '/audio');
  } catch {
    throw new Refusal(503, 'try again later');
  }
}
