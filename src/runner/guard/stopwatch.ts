/** How long something takes: by the clock, and what the processor does meanwhile. */

/** Both in milliseconds. Where other programs want the processor, the clock says little. */
export interface TimeSpent {
  readonly elapsed: number;
  /** Of all threads of the process. */
  readonly processor: number;
}

/** Tells how much was spent since. */
export function stopwatch(): () => TimeSpent {
  const [began, computed] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(computed);
    return { elapsed: performance.now() - began, processor: (user + system) / 1_000 };
  };
}
