/**
 * Time limits that are long enough. How much is done within one is the machine's business, and how busy it is; so
 * what has to have come about before time is over is tried with more and more of it.
 */

/** Milliseconds. */
const MOST = 300_000;

/**
 * The result of the first attempt that is as wanted, or of the last one.
 *
 * @param least milliseconds for the first attempt; each further one has four times as many
 */
export async function withEnoughTime<Result>(
  least: number,
  attempt: (timeout: number) => Promise<Result>,
  isWanted: (result: Result) => boolean,
): Promise<Result> {
  for (let timeout = least; ; timeout *= 4) {
    const result = await attempt(timeout);
    if (isWanted(result) || timeout * 4 > MOST) return result;
  }
}
