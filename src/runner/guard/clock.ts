/** The clock by which work is timed. */

/**
 * Milliseconds since some moment before, by a clock that nobody can set. As `performance.now()`, which costs each thread
 * a millisecond when it is first asked.
 */
export function monotonicNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
