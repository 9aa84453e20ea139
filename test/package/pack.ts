/** Packs this package as it is published, but for building it, which would happen under the feet of other tests. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The most milliseconds that packing and unpacking may take: a guard alone, on a machine with much else to do. */
export const PACKING = 300_000;

export interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** @param root the folder of this package, built @param into where to put what is packed */
export async function packPublished(root: string, into: string): Promise<Packed> {
  const stage = mkdtempSync(join(tmpdir(), 'ldfi-pack-'));
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
    for (const path of ['package.json', 'README.md', 'LICENSE', 'tools', ...manifest.files])
      cpSync(join(root, path), join(stage, path), { recursive: true });
    await run(process.execPath, ['tools/published-manifest.js'], { cwd: stage });
    const [packed] = await pack([stage], into);
    return packed;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

/** Packs folders as they are. */
export async function pack(folders: readonly string[], into: string): Promise<readonly Packed[]> {
  mkdirSync(into, { recursive: true });
  const args = ['pack', ...folders, '--json', '--ignore-scripts', '--pack-destination', into];
  const { stdout } = await run('npm', args, { maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Packed[];
}
