/** What is left of a protocol may derive for ever, or divide by zero; then there is no run to compare with. */

/** @returns undefined where it has no value */
export function judgeIsAbleTo<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
