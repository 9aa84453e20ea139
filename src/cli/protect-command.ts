/** `ldfi protect`: the smallest sets of protections that would be enough for a certificate. */
import { protect } from '../index.js';
import { tellEach } from './bounded.js';
import type { ProtectInvocation } from './invocation.js';
import type { Session } from './session.js';

export async function tellProtections(invocation: ProtectInvocation, session: Session): Promise<void> {
  const { limit } = invocation;
  await tellEach(invocation, session, async ({ scenario: { name, nodes, protocol }, bounds, settings }) => {
    const timeout = settings.timeout?.value;
    session.protection({ kind: 'begun', name, nodes, bounds });
    const result = await protect(protocol, {
      name,
      nodes,
      bounds,
      pool: session.pool,
      ...(timeout !== undefined && { timeout }),
      ...(limit !== undefined && { limit }),
      onAttempt: (attempt) => {
        session.attempt(name, attempt);
      },
      onProgress: session.progress,
      onFound: (set) => {
        session.protection({ kind: 'found', set });
      },
    });
    session.protection({ kind: 'known', result });
  });
}
