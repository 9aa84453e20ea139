/** What `ldfi init` is to write, given what is there: a function of texts, so that nothing is written half. */
import type { Diagnostic } from '../../index.js';
import { diagnostic, isRecord } from '../../toolkit.js';
import { addMember } from './json-text.js';
import { packageManagerOf, type PackageManager } from './package-manager.js';
import { CONFIG_TEXT, GITIGNORE_TEXT, scenarioText, TSCONFIG_TEXT, workflowText } from './templates.js';

export interface PlannedFile {
  /** Relative to the folder, with `/`; `../` leads to what is the repository's. */
  readonly path: string;
  readonly text: string;
  /** What it is good for, in a few words. */
  readonly purpose: string;
  /** Whether it takes the place of one that is there. */
  readonly replaces?: boolean;
}

export interface InitPlan {
  readonly files: readonly PlannedFile[];
  /** Paths of what is there and stays as it is. */
  readonly kept: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly manager: PackageManager;
}

export interface InitContext {
  /** Of the scenario. */
  readonly name: string;
  /** Of ldfi. */
  readonly version: string;
  /** Of the folder. */
  readonly project: string;
  /** The path of the folder in its repository, with `/`; empty where it is the repository's own, or in none. */
  readonly below: string;
  /** The text of a file, by its path from the folder; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

const CONFIGS = ['ts', 'mts', 'js', 'mjs'].map((extension) => `ldfi.config.${extension}`);
const SCRIPTS = { ldfi: 'ldfi check', typecheck: 'tsc --noEmit' };
const TYPESCRIPT = '^6.0.0';

export function planInit(context: InitContext): InitPlan {
  const { name, read } = context;
  const folders = foldersUp(context.below);
  const root = folders.at(-1)!;
  const manager = packageManagerOf(read, folders);
  const config = CONFIGS.find((path) => read(path) !== undefined) ?? CONFIGS[0];
  const ignores = folders.map((folder) => `${folder}.gitignore`);
  const wanted: readonly PlannedFile[] = [
    {
      path: `scenarios/${name}.ts`,
      text: scenarioText(name),
      purpose: 'a scenario that is violated, and its repair',
    },
    { path: config, text: CONFIG_TEXT, purpose: 'what `ldfi check` looks at' },
    {
      path: `${root}.github/workflows/ldfi.yml`,
      text: workflowText(manager, context.below),
      purpose: 'checks on each push',
    },
    { path: 'tsconfig.json', text: TSCONFIG_TEXT, purpose: 'types for the editor' },
    {
      path: ignores.find((path) => read(path) !== undefined) ?? ignores[0],
      text: GITIGNORE_TEXT,
      purpose: 'what git leaves alone',
    },
  ];
  const missing = wanted.filter(({ path }) => read(path) === undefined);
  const manifest = planManifest(context, folders);
  return {
    files: [...missing, ...manifest.files],
    kept: [...wanted.filter((file) => !missing.includes(file)).map(({ path }) => path), ...manifest.kept],
    diagnostics: manifest.diagnostics,
    manager,
  };
}

/** Paths from a folder to itself and to those above it in its repository, innermost first: ``, `../`, `../../`. */
function foldersUp(below: string): readonly string[] {
  const depth = below === '' ? 0 : below.split('/').length;
  return Array.from({ length: depth + 1 }, (_, levels) => '../'.repeat(levels));
}

const MANIFEST = 'package.json';

type ManifestPlan = Pick<InitPlan, 'files' | 'kept' | 'diagnostics'>;

/** What package.json is to have. */
interface Addition {
  readonly parent: 'scripts' | 'devDependencies';
  readonly key: string;
  readonly value: string;
}

function planManifest({ read, version, project }: InitContext, folders: readonly string[]): ManifestPlan {
  const wanted: readonly Addition[] = [
    { parent: 'scripts', key: 'ldfi', value: SCRIPTS.ldfi },
    { parent: 'scripts', key: 'typecheck', value: SCRIPTS.typecheck },
    { parent: 'devDependencies', key: 'ldfi', value: `^${version}` },
    { parent: 'devDependencies', key: 'typescript', value: TYPESCRIPT },
  ];
  const text = read(MANIFEST);
  if (text === undefined) return manifestPlan(newManifest(project, wanted), toldOf(wanted));
  const manifest = parse(text);
  if (
    manifest === undefined ||
    ['scripts', 'devDependencies'].some((key) => !isObjectOrAbsent(manifest[key]))
  ) {
    const problem = diagnostic('RUN222', `${MANIFEST} is not understood, and is kept as it is`, {
      expected: 'a JSON object, in which scripts and devDependencies are objects',
    });
    return { files: [], kept: [], diagnostics: [problem] };
  }
  // What a workspace has above is there for all that is in it.
  const above = folders.slice(1).map((folder) => parse(read(`${folder}${MANIFEST}`) ?? ''));
  const additions = wanted.filter(({ parent, key }) =>
    parent === 'scripts'
      ? !hasMember(manifest.scripts, key)
      : ![manifest, ...above].some((each) => dependsOn(each, key)),
  );
  if (additions.length === 0) return { files: [], kept: [MANIFEST], diagnostics: [] };
  const extended = additions.reduce(
    (before, { parent, key, value }) => addMember(before, parent, key, value),
    text,
  );
  return manifestPlan(extended, toldOf(additions), true);
}

function dependsOn(manifest: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  return ['dependencies', 'devDependencies'].some((kind) => hasMember(manifest?.[kind], name));
}

function toldOf(additions: readonly Addition[]): string {
  const told = (['scripts', 'devDependencies'] as const).flatMap((parent) => {
    const keys = additions.filter((each) => each.parent === parent).map(({ key }) => key);
    const what = parent === 'scripts' ? 'scripts' : 'packages';
    return keys.length === 0 ? [] : [`${what} ${keys.join(', ')}`];
  });
  return told.join('; ');
}

function manifestPlan(text: string, purpose: string, replaces = false): ManifestPlan {
  return { files: [{ path: MANIFEST, text, purpose, replaces }], kept: [], diagnostics: [] };
}

function newManifest(project: string, additions: readonly Addition[]): string {
  const membersOf = (parent: Addition['parent']) =>
    Object.fromEntries(
      additions.filter((each) => each.parent === parent).map(({ key, value }) => [key, value]),
    );
  const manifest = {
    name: packageName(project),
    private: true,
    type: 'module',
    scripts: membersOf('scripts'),
    devDependencies: membersOf('devDependencies'),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** One that npm allows; a package cannot depend on one of its own name. */
function packageName(project: string): string {
  const name = project
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' || name === 'ldfi' ? 'protocols' : name;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || isRecord(value);
}

function hasMember(value: unknown, key: string): boolean {
  return isRecord(value) && Object.hasOwn(value, key);
}
