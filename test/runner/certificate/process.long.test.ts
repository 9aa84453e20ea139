/** The built program, ended at any moment. `npm test` builds it first. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readCertificateFiles } from '../../../src/runner/certificate/store.js';
import { complaints, GREETINGS } from './certificates.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ldfi-ended-'));
const certificates = join(folder, 'certificates');
const header = '// ldfi: nodes a, b, c\n// ldfi: bounds 5/3/1\n';
writeFileSync(join(folder, 'greetings.ded'), header + GREETINGS);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Milliseconds; undefined to let it end by itself. */
async function checkFor(time: number | undefined, signal: NodeJS.Signals): Promise<void> {
  const args = [main, 'check', 'greetings.ded', '--certificate', 'certificates', '--proof', '-q'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  const timer = time === undefined ? undefined : setTimeout(() => child.kill(signal), time);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
}

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'leaves whole certificates or none when ended by %s',
  async (signal) => {
    await checkFor(undefined, signal);
    const started = performance.now();
    await checkFor(undefined, signal);
    const takes = performance.now() - started;
    for (let moment = 1; moment <= 4; moment++) {
      await checkFor((takes * moment) / 4, signal);
      // What is begun stands beside the certificates, under names that begin with a dot.
      const there = readdirSync(certificates).filter((name) => !name.startsWith('.'));
      expect(there.length).toBeLessThanOrEqual(1);
      for (const name of there) {
        const files = readCertificateFiles(join(certificates, name));
        expect([...files.keys()]).toHaveLength(3);
        expect(await complaints(files)).toEqual([]);
      }
    }
    await checkFor(undefined, signal);
    expect(
      existsSync(join(certificates, readdirSync(certificates).filter((name) => !name.startsWith('.'))[0])),
    ).toBe(true);
  },
);

describe('tools/check-proof.sh', () => {
  const script = fileURLToPath(new URL('../../../tools/check-proof.sh', import.meta.url));
  // Which solvers are installed is not for this test to say: by hand, those that are missing are left out.
  const check = (...folders: readonly string[]) =>
    spawnSync('bash', [script, ...folders], { env: { ...process.env, CI: '' }, encoding: 'utf8' });

  it('checks the proof of a certificate, and refuses one that is none', async () => {
    await checkFor(undefined, 'SIGTERM');
    const [name] = readdirSync(certificates).filter((each) => !each.startsWith('.'));
    const certificate = join(certificates, name);
    expect(check(certificate)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('proved in') as string,
    });
    const proof = join(certificate, 'violation.drat');
    writeFileSync(proof, '0\n');
    expect(check(certificate)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('FAILED') as string,
    });
  });

  it('says what it cannot run', () => {
    expect(check().status).toBe(2);
    expect(check(folder).status).toBe(2);
  });
});
