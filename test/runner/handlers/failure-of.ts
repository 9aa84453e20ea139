import { ProtocolError } from '../../../src/index.js';

/** What is told of handlers that fail. @throws what is thrown instead, and where nothing is */
export async function failureOf(work: () => unknown): Promise<ProtocolError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}
