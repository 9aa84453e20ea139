/** The package manager of a project, by what it has left there, and how it is asked for what `ldfi init` speaks of. */
import { isRecord } from '../../toolkit.js';

export interface PackageManager {
  /** Installs what package.json names. */
  readonly install: string;
  /** Installs exactly what the lock file names, in CI. */
  readonly installLocked: string;
  /** What stands before `ldfi` to run the one that is installed. */
  readonly run: string;
  /** The folder of the lock file, as a path from the project's; the project's own where there is none yet. */
  readonly folder: string;
  /** Steps of a workflow that bring the package manager itself, each line indented as a step of a list. */
  readonly setup: readonly string[];
}

type Name = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCK_FILES: readonly (readonly [string, Name])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/**
 * @param read the text of a file, by its path from the project's folder; undefined where there is none
 * @param folders the project's folder and those above it in its repository, innermost first, as paths that end in `/`
 */
export function packageManagerOf(
  read: (path: string) => string | undefined,
  folders: readonly string[],
): PackageManager {
  for (const folder of folders) {
    const declared = declaredIn(read(`${folder}package.json`));
    const locked = LOCK_FILES.find(([file]) => read(`${folder}${file}`) !== undefined)?.[1];
    const name = declared?.name ?? locked;
    if (name === undefined) continue;
    const berry = declared?.berry ?? read(`${folder}.yarnrc.yml`) !== undefined;
    return describe(name, folder, { berry, declared: declared !== undefined });
  }
  return describe('npm', '', { berry: false, declared: false });
}

/** What the field `packageManager` of a package.json says, such as `yarn@4.9.1`. */
function declaredIn(
  manifest: string | undefined,
): { readonly name: Name; readonly berry: boolean } | undefined {
  const field = manifest === undefined ? undefined : fieldOf(manifest);
  const match = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(typeof field === 'string' ? field : '');
  return match === null ? undefined : { name: match[1] as Name, berry: Number(match[2]) >= 2 };
}

function fieldOf(manifest: string): unknown {
  try {
    const value: unknown = JSON.parse(manifest);
    return isRecord(value) ? value.packageManager : undefined;
  } catch {
    return undefined;
  }
}

function describe(
  name: Name,
  folder: string,
  { berry, declared }: { readonly berry: boolean; readonly declared: boolean },
): PackageManager {
  switch (name) {
    case 'npm':
      return { install: 'npm install', installLocked: 'npm ci', run: 'npx', folder, setup: [] };
    case 'pnpm': {
      // It wants a version where package.json names none.
      const version = declared ? [] : ['  with:', '    version: latest'];
      const setup = ['- uses: pnpm/action-setup@v4', ...version];
      const installLocked = 'pnpm install --frozen-lockfile';
      return { install: 'pnpm install', installLocked, run: 'pnpm exec', folder, setup };
    }
    case 'yarn': {
      const installLocked = `yarn install ${berry ? '--immutable' : '--frozen-lockfile'}`;
      const setup = berry ? ['- run: corepack enable'] : [];
      return { install: 'yarn install', installLocked, run: 'yarn exec', folder, setup };
    }
    case 'bun': {
      const installLocked = 'bun install --frozen-lockfile';
      const setup = ['- uses: oven-sh/setup-bun@v2'];
      return { install: 'bun install', installLocked, run: 'bunx', folder, setup };
    }
  }
}
