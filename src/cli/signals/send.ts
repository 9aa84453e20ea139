/** Sends signals to a collector: OTLP over HTTP, as JSON. */
import { reasonOf } from '../../toolkit.js';
import type { Destination } from './settings.js';

/**
 * @param timeout milliseconds
 * @returns why it did not arrive, as a clause; undefined where it did
 */
export async function send(
  { url, headers }: Destination,
  body: string,
  timeout: number,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `${url.origin} answers ${answer.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return `${url.origin} does not answer within ${timeout} ms`;
    return reasonOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
  }
}
