/** What scenarios and configurations are read by: files, folders, and modules. Tests stand in for it. */
import type { SourceHost } from '../../model/rules/dedalus/load.js';

export interface ScenarioHost extends SourceHost {
  entry(path: string): 'file' | 'folder' | 'missing';
  /** The absolute path that a path leads to, by whatever links; where there is nothing, the path made absolute. */
  realPath(path: string): string;
  /**
   * Every file below a folder but those below `node_modules` and folders whose name begins with a dot: in the
   * order of their names, the files of a folder before those of the folders in it.
   */
  walk(folder: string): Walk;
  /** Runs a module of TypeScript or JavaScript. */
  load(path: string): Promise<ModuleLoading>;
  /** How people are shown an absolute path: relative to the working folder where it is below that. */
  display(path: string): string;
}

export interface Walk {
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
}

export type ModuleLoading =
  | { readonly kind: 'loaded'; readonly exports: Readonly<Record<string, unknown>> }
  /** It does not compile, or threw. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** It waits for something that never happens. */
  | { readonly kind: 'endless' }
  /** It ended the thread that ran it, or would not end. */
  | { readonly kind: 'lost'; readonly reason: string };

/** By which modules are known. */
export const MODULE_EXTENSIONS = '.ts, .mts, .cts, .js, .mjs, .cjs';

export function isModule(path: string): boolean {
  return /\.[mc]?[jt]s$/.test(path);
}

export function isDedalus(path: string): boolean {
  return path.endsWith('.ded');
}
