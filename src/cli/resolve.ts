/** What holds in the end: the command line before the environment before the configuration. */
import { type Diagnostic, hasErrors } from '../index.js';
import { diagnostic, type ScenarioHost } from '../toolkit.js';
import type { Selection } from './invocation.js';
import type { BoundsLayers } from './bounds.js';
import { loadConfig } from './config.js';
import { confine, rootProblem } from './confine.js';
import { expandGlobs } from './globs.js';
import { readEnvironment } from './environment.js';
import type { WorkIo } from './io.js';
import { type NamedFiles, withoutLines } from './lines.js';
import type { Settings } from './settings.js';

export interface Resolved {
  readonly settings: Settings;
  /** The same settings' bounds, which stand on either side of a scenario's own. */
  readonly bounds: BoundsLayers;
  /** Files and folders to look at. */
  readonly files: readonly string[];
  /** Of some of them, where the scenarios stand that are meant. */
  readonly lines: NamedFiles['lines'];
  /** Files that are parts of every program of Dedalus. */
  readonly with: readonly string[];
  /** What these are read by. */
  readonly host: ScenarioHost;
}

export interface Resolution {
  /** Absent where there are errors. */
  readonly resolved: Resolved | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param typed what the command line gives */
export async function resolveSettings(
  selection: Selection,
  typed: Settings,
  io: WorkIo,
): Promise<Resolution> {
  const { root } = selection;
  const missing = rootProblem(io.host, root);
  if (missing !== undefined) return { resolved: undefined, diagnostics: [missing] };
  const environment = readEnvironment(io.environment);
  const chosen = selection.config.kind === 'file' ? [selection.config.file] : [];
  const config = await loadConfig(selection.config, {
    ...io,
    host: confine(io.host, { named: chosen, root }),
  });
  const named = await expandGlobs(selection.files.length > 0 ? selection.files : config.files, io.host);
  const { files, lines } = withoutLines(named, io.host);
  const parts = selection.with ?? environment.with ?? config.with ?? [];
  const diagnostics = [
    ...environment.diagnostics,
    ...config.diagnostics,
    ...(files.length === 0 && !hasErrors(config.diagnostics) ? [noFiles()] : []),
  ];
  if (hasErrors(diagnostics)) return { resolved: undefined, diagnostics };
  const over = { ...environment.settings, ...typed };
  const resolved = {
    settings: { ...config.settings, ...over },
    bounds: { over, under: config.settings },
    files,
    lines,
    with: parts,
    host: confine(io.host, { named: [...files, ...parts], root }),
  };
  return { resolved, diagnostics };
}

function noFiles(): Diagnostic {
  return diagnostic('RUN208', 'no scenario is named', {
    expected: 'files or folders, or `files` in ldfi.config.ts',
    hint: '`ldfi init` writes a first scenario, `ldfi --help` shows what there is',
  });
}
