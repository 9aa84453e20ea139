/** `ldfi check` of a running system. */
import { checkSystem, diagnostic, type FoundScenario, SystemError, visible } from '../toolkit.js';
import type { SystemProgress } from '../toolkit.js';
import type { CampaignRequest } from './invocation.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

/** Milliseconds after which progress is told again: a run may take long, and time goes on. */
const INTERVAL = 500;

/** What there is to know of every system. */
interface DriveRequest {
  readonly settings: Settings;
  readonly campaign: CampaignRequest;
}

export async function driveSystem(
  system: NonNullable<FoundScenario['system']>,
  { settings, campaign }: DriveRequest,
  session: Session,
): Promise<void> {
  const { maxRuns, timeout, seed, jobs } = settings;
  const { rules, resume, dryRun, allowedHosts } = campaign;
  const bounds = {
    ...system.bounds,
    ...(maxRuns !== undefined && { runs: maxRuns.value }),
    ...(timeout !== undefined && { time: timeout.value }),
  };
  let last: SystemProgress | undefined;
  const timer = setInterval(() => {
    if (last !== undefined) session.driving(last);
  }, INTERVAL);
  try {
    const result = await checkSystem(
      { ...system, bounds },
      {
        // Its questions are small, and it is there at once.
        factory: await session.pool.factory('minisat'),
        ...(rules !== undefined && { rules }),
        ...(resume !== undefined && { resume }),
        dryRun,
        allowedHosts,
        ...(seed !== undefined && { seed: seed.value }),
        ...(jobs !== undefined && { jobs: jobs.value }),
        onRequest: session.requested,
        onProgress: (progress) => {
          last = progress;
          session.driving(progress);
        },
      },
    );
    session.system(result);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    session.diagnose([diagnostic('RUN601', `${visible(system.name)}: ${visible(error.message)}`)]);
  } finally {
    clearInterval(timer);
  }
}
