/** How long something took, in words: by the clock, and what the processor did meanwhile. */
import { formatDuration } from '../../model/text/numbers.js';

/** Tells how long something took: where other programs want the processor, the clock says little of that. */
export function stopwatch(): () => string {
  const [began, computed] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(computed);
    const [elapsed, processor] = [performance.now() - began, (user + system) / 1_000];
    return `after ${formatDuration(elapsed)} by the clock and ${formatDuration(processor)} of the processor`;
  };
}
