/** A system cannot be run as it is described. The message says why, as a sentence without its end. */
export class SystemError extends Error {
  override readonly name = 'SystemError';
}
