/** What `ldfi init` is to write, given what is there: a function of texts, so that nothing is written half. */
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import { isRecord } from '../scenario/shape.js';
import { addMember } from './json-text.js';
import { CONFIG_TEXT, scenarioText, TSCONFIG_TEXT, WORKFLOW_TEXT } from './templates.js';

export interface PlannedFile {
  /** Relative to the folder, with `/`. */
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
}

export interface InitContext {
  /** Of the scenario. */
  readonly name: string;
  /** Of ldfi. */
  readonly version: string;
  /** Of the folder. */
  readonly project: string;
  /** The text of a file in the folder; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

const CONFIGS = ['ts', 'mts', 'js', 'mjs'].map((extension) => `ldfi.config.${extension}`);
const SCRIPT = 'ldfi check';

export function planInit(context: InitContext): InitPlan {
  const { name, read } = context;
  const scenario = `scenarios/${name}.ts`;
  const config = CONFIGS.find((path) => read(path) !== undefined) ?? CONFIGS[0];
  const wanted: readonly PlannedFile[] = [
    { path: scenario, text: scenarioText(name), purpose: 'a scenario that is violated, and its repair' },
    { path: config, text: CONFIG_TEXT, purpose: 'what `ldfi check` looks at' },
    { path: '.github/workflows/ldfi.yml', text: WORKFLOW_TEXT, purpose: 'checks on each push' },
    { path: 'tsconfig.json', text: TSCONFIG_TEXT, purpose: 'types for the editor' },
  ];
  const missing = wanted.filter(({ path }) => read(path) === undefined);
  const manifest = planManifest(context);
  return {
    files: [...missing, ...manifest.files],
    kept: [...wanted.filter((file) => !missing.includes(file)).map(({ path }) => path), ...manifest.kept],
    diagnostics: manifest.diagnostics,
  };
}

const MANIFEST = 'package.json';

function planManifest({ read, version, project }: InitContext): InitPlan {
  const text = read(MANIFEST);
  if (text === undefined)
    return manifestPlan(newManifest(project, version), 'the script `ldfi`, and ldfi itself');
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
  const hasScript = hasMember(manifest.scripts, 'ldfi');
  const depends = ['dependencies', 'devDependencies'].some((kind) => hasMember(manifest[kind], 'ldfi'));
  if (hasScript && depends) return { files: [], kept: [MANIFEST], diagnostics: [] };
  const scripted = hasScript ? text : addMember(text, 'scripts', 'ldfi', SCRIPT);
  const extended = depends ? scripted : addMember(scripted, 'devDependencies', 'ldfi', `^${version}`);
  const added = [...(hasScript ? [] : ['the script `ldfi`']), ...(depends ? [] : ['ldfi itself'])];
  return manifestPlan(extended, added.join(', and '), true);
}

function manifestPlan(text: string, purpose: string, replaces = false): InitPlan {
  return { files: [{ path: MANIFEST, text, purpose, replaces }], kept: [], diagnostics: [] };
}

function newManifest(project: string, version: string): string {
  const manifest = {
    name: packageName(project),
    private: true,
    type: 'module',
    scripts: { ldfi: SCRIPT },
    devDependencies: { ldfi: `^${version}` },
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
