/** What tells one answer from another, without keeping it. */
import { createHash } from 'node:crypto';

export class AnswerDigest {
  private readonly body = createHash('sha256');

  add(chunk: Uint8Array): void {
    this.body.update(chunk);
  }

  /** 16 hexadecimal digits: the same for answers that are the same to whoever gets them, however they were cut up. */
  of(status: number): string {
    return this.body.copy().update(`\n${status}`).digest('hex').slice(0, 16);
  }
}

/** Of an answer that is a value within the service; undefined where that cannot be written. */
export function valueDigest(value: unknown): string | undefined {
  const digest = new AnswerDigest();
  try {
    digest.add(Buffer.from(JSON.stringify(value) ?? ''));
  } catch {
    return undefined;
  }
  return digest.of(0);
}
