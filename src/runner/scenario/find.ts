/**
 * Which scenarios there are: those of the files that are named, and those found in folders. A folder may hold
 * anything, and a module does what it likes when it is run, so that a module in a folder is only run where it imports
 * `ldfi`; and a file of Dedalus without a header is most likely a part that others include,
 * unless there are bounds for it.
 */
import { basename } from 'node:path';
import { diagnostic, hasErrors, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { statementLine } from '../../model/diagnostics/place.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { visible } from '../../model/text/display.js';
import { outsideRoots } from '../../model/rules/dedalus/load.js';
import { loadScenario } from './dedalus.js';
import type { Scenario } from './define.js';
import type { System } from './define-system.js';
import { exportedScenarios } from './exports.js';
import { explainFailure } from '../files/failure.js';
import { isDedalus, isModule, MODULE_EXTENSIONS, type ScenarioHost } from '../files/host.js';
import { importsPackage } from '../files/imports.js';
import { prepareScenario } from './prepare.js';
import { looseParts, withoutParts, type Reason } from './parts.js';
import type { Preparation } from './prepared.js';
import { sourcesOf, type ReadSource } from '../files/sources.js';

/** A scenario that is there, and was not looked at yet. */
export interface FoundScenario {
  readonly file: string;
  /** What patterns are compared with: its name, or the file of Dedalus that it is. */
  readonly name: string;
  /** Undefined for a file of Dedalus. */
  readonly defined: Scenario | undefined;
  /** What its module exports it as: `default`, `retry`, `all[2]`; absent of others. */
  readonly exportedAs?: string;
  /** Where it was defined, from 1; absent where it is all of its file. */
  readonly line?: number;
  /** A running system, which is driven and not prepared; absent of scenarios. */
  readonly system?: System;
  readonly reason: Reason;
  /** @param nodes instead of its own */
  readonly prepare: (nodes: readonly string[] | undefined) => Preparation;
}

export interface FindResult {
  readonly found: readonly FoundScenario[];
  /** Every file that scenarios were looked for in, and that is no part of others, whatever was found in it. */
  readonly looked: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface FindOptions {
  readonly host: ScenarioHost;
  /** What can be imported from `ldfi`, for hints. */
  readonly names: () => readonly string[];
  /** Whether modules may be run; default true. */
  readonly modules?: boolean;
  /** Files that are parts of every program of Dedalus. */
  readonly with?: readonly string[];
  /** Files to look at alone, of those that would be; default all. */
  readonly only?: readonly string[] | undefined;
  /** Whether there are bounds for what has none of its own, so that files of Dedalus without a header are programs. */
  readonly headerless?: boolean;
}

/** @param paths files and folders; a file that is named twice is found once */
export async function findScenarios(paths: readonly string[], options: FindOptions): Promise<FindResult> {
  const finder = new Finder(options);
  for (const path of paths) await finder.path(path);
  const { found, diagnostics } = finder;
  const only = options.only !== undefined;
  const files = found.filter(({ defined, system }) => defined === undefined && system === undefined);
  const { programs, loose } = withoutParts(files, options.with ?? [], options.host);
  const left = found.filter((each) => !files.includes(each) || programs.includes(each));
  const parts = new Set(files.filter((each) => !programs.includes(each)).map(({ file }) => file));
  return {
    found: left,
    looked: finder.looked.filter((file) => !parts.has(file)),
    diagnostics: [...diagnostics, ...(only ? [] : looseParts(loose, left.length > 0))],
  };
}

const HEADER = /^[^\S\r\n\u2028\u2029]*\/\/[^\S\r\n\u2028\u2029]*ldfi:/m;

/** Modules that hold no scenarios, whatever they import. */
const IS_OTHER_MODULE = /\.(?:test|spec|d)\.[mc]?[jt]s$|^ldfi\.config\./;

/** As other programs call it. */
const STANDARD_INPUT = '-';

class Finder implements FindResult {
  readonly found: FoundScenario[] = [];
  readonly looked: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly identities = new Set<string>();
  private readonly source: ReadSource;

  constructor(private readonly options: FindOptions) {
    this.source = sourcesOf(options.host);
  }

  async path(path: string): Promise<void> {
    if (this.options.host.entry(path) === 'folder') await this.folder(path);
    else await this.file(path, 'named');
  }

  private async folder(folder: string): Promise<void> {
    const { host } = this.options;
    const before = this.found.length;
    const told = this.diagnostics.length;
    const { files, unreadable } = host.walk(folder);
    for (const { folder: path, reason } of unreadable)
      this.diagnostics.push(diagnostic('DED603', `"${path}" cannot be read: ${reason}`));
    for (const file of files.filter((each) => this.isWanted(each))) {
      const reason = await this.reasonFor(file);
      if (reason !== undefined) await this.file(file, reason);
    }
    const isAll = this.options.only === undefined;
    if (isAll && this.found.length === before && !hasErrors(this.diagnostics.slice(told)))
      this.diagnostics.push(nothingIn(folder, files, this.runsModules));
  }

  private isWanted(file: string): boolean {
    return this.options.only?.includes(file) !== false;
  }

  private get runsModules(): boolean {
    return this.options.modules !== false;
  }

  /** Whether a file in a folder holds scenarios, as far as its name and text tell. */
  private async isLikely(file: string): Promise<boolean> {
    if (isDedalus(file)) return HEADER.test(this.readFound(file) ?? '');
    if (!isModule(file) || !this.runsModules || IS_OTHER_MODULE.test(basename(file))) return false;
    const text = this.readFound(file);
    return text !== undefined && importsPackage(text, 'ldfi');
  }

  /** Why a file in a folder is taken for one with scenarios, as far as its name and text tell. */
  private async reasonFor(file: string): Promise<Reason | undefined> {
    if (await this.isLikely(file)) return 'header';
    return isDedalus(file) && this.options.headerless === true ? 'bounds' : undefined;
  }

  /** A link in a folder may lead anywhere; one that must not be followed is told of, not passed over. */
  private readFound(file: string): string | undefined {
    const text = this.options.host.read(file);
    if (text.kind === 'outside') this.diagnostics.push(outsideRoots(file, text.roots, undefined));
    return text.kind === 'text' ? text.text : undefined;
  }

  private async file(file: string, reason: Reason): Promise<void> {
    if (!this.isWanted(file)) return;
    const { host, with: parts = [] } = this.options;
    const problem = this.problemOf(file);
    if (problem !== undefined) {
      this.diagnostics.push(problem);
      return;
    }
    const text = host.read(file);
    const identity = text.kind === 'text' ? text.identity : file;
    if (this.identities.has(identity)) return;
    this.identities.add(identity);
    this.looked.push(file);
    if (text.kind === 'text' && isModule(file)) await this.module(file, identity, reason);
    else
      this.found.push({
        file,
        name: file,
        defined: undefined,
        reason,
        prepare: (nodes) => loadScenario(file, nodes, host, parts),
      });
  }

  /** Why a file that the user named is not looked at. One that is not there is told of by who reads it. */
  private problemOf(file: string): Diagnostic | undefined {
    if (isModule(file)) return this.runsModules ? undefined : notToBeRun(file);
    if (isDedalus(file)) return undefined;
    const isThere = this.options.host.entry(file) !== 'missing';
    return isThere || file === STANDARD_INPUT ? ofNoKind(file) : undefined;
  }

  private async module(file: string, path: string, reason: Reason): Promise<void> {
    const { host, names } = this.options;
    const loading = await host.load(path);
    if (loading.kind !== 'loaded') {
      this.diagnostics.push(explainFailure(file, loading, { read: this.source, names: names() }));
      return;
    }
    const source = this.source(path);
    const { scenarios, systems, labels, diagnostics } = exportedScenarios(file, loading.exports, {
      source,
      required: reason === 'named',
    });
    this.diagnostics.push(...diagnostics);
    for (const system of systems) this.found.push(foundSystem(system, file, reason));
    for (const scenario of scenarios) {
      const location = { file, scenario: scenarios.length === 1 ? undefined : scenario.name };
      this.found.push({
        file,
        name: nameOf(scenario, file),
        defined: scenario,
        exportedAs: labels.get(scenario)!,
        ...lineIn(path, scenario),
        reason,
        prepare: (nodes) => prepareScenario(scenario, { location, nodes, read: this.source }),
      });
    }
  }
}

/** One that is made by another file stands at no line of this one, nor does one that only looks like one. */
function lineIn(path: string, scenario: Scenario): { readonly line?: number } {
  const span: SourceSpan | undefined = scenario.span;
  return span?.source.name === path ? { line: statementLine(span) } : {};
}

function foundSystem(system: System, file: string, reason: Reason): FoundScenario {
  const name = nameOf(system, file);
  const prepare = (): Preparation => ({
    scenario: undefined,
    diagnostics: [diagnostic('RUN602', `${visible(name)} is a running system, and no protocol`)],
  });
  return { file, name, defined: undefined, system, reason, prepare };
}

/** What a scenario is called before it is looked at: what should be a name may be anything. */
function nameOf({ name }: { readonly name: unknown }, file: string): string {
  return typeof name === 'string' ? name : file;
}

function nothingIn(folder: string, files: readonly string[], runsModules: boolean): Diagnostic {
  const parts = files.filter(isDedalus).length;
  const hint =
    parts === 0
      ? runsModules || !files.some(isModule)
        ? '`ldfi init` writes a first scenario'
        : 'its modules were passed over, as `--no-modules` asks'
      : `${parts === 1 ? 'a file' : `${parts} files`} of Dedalus without a \`// ldfi:\` line were taken for parts of others; \`--eot\`, \`--eff\` and \`--crashes\` check those that are programs`;
  return diagnostic('RUN208', `there are no scenarios in ${folder}`, {
    expected: 'modules that export what `defineScenario` makes, or `.ded` files with a `// ldfi:` line',
    hint,
  });
}

const NO_KIND = `a module (${MODULE_EXTENSIONS}) or a program of Dedalus (.ded)`;

function ofNoKind(file: string): Diagnostic {
  if (file === STANDARD_INPUT)
    return diagnostic('RUN215', 'standard input is not read', { expected: `the name of ${NO_KIND}` });
  const hint = /\.[jt]sx$/.test(file) ? 'a scenario holds no JSX, so that it can be a `.ts` file' : undefined;
  return diagnostic('RUN215', `"${visible(file)}" is no scenario by its name`, { expected: NO_KIND, hint });
}

function notToBeRun(file: string): Diagnostic {
  return diagnostic('RUN216', `"${visible(file)}" is a module, and modules are not to be run`, {
    expected: 'programs of Dedalus (.ded)',
    hint: 'leave out `--no-modules`, or set `modules` to true',
  });
}
