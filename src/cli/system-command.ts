/** `ldfi check` of a running system. */
import { checkSystem, diagnostic, type FoundScenario, SystemError, visible } from '../toolkit.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

export async function driveSystem(
  system: NonNullable<FoundScenario['system']>,
  settings: Settings,
  session: Session,
): Promise<void> {
  const { maxRuns, timeout, seed, jobs } = settings;
  const bounds = {
    ...system.bounds,
    ...(maxRuns !== undefined && { runs: maxRuns.value }),
    ...(timeout !== undefined && { time: timeout.value }),
  };
  try {
    const result = await checkSystem(
      { ...system, bounds },
      {
        // Its questions are small, and it is there at once.
        factory: await session.pool.factory('minisat'),
        ...(seed !== undefined && { seed: seed.value }),
        ...(jobs !== undefined && { jobs: jobs.value }),
      },
    );
    session.system(result);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    session.diagnose([diagnostic('RUN601', `${visible(system.name)}: ${visible(error.message)}`)]);
  }
}
