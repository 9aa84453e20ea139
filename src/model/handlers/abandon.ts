/** Promises that handlers give where none are taken. */

/** Nobody waits for it: it is told that it may not be there, and what it fails with is not to end the process. */
export function abandon(value: unknown): void {
  try {
    if (value instanceof Promise) value.catch(() => undefined);
  } catch {
    // A proxy that is no promise may not let itself be asked.
  }
}
