import type { Session } from './session.js';
export async function initialise(name: string | undefined, version: string, session: Session): Promise<void> {
  void name;
  void version;
  void session;
  await Promise.resolve();
}
