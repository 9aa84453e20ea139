/** `ldfi.config.ts`: what holds where neither the command line nor the environment says otherwise. */
import type { AuthorsBounds, NamedBounds } from '../../model/bounds.js';
import type { SatBackend } from '../../solver/sat.js';
import type { StrategyName } from '../result.js';

/** Options of `ldfi check`; those with the same name in `ldfi check --help` mean the same. */
export interface ConfigValues extends NamedBounds, AuthorsBounds {
  /** The last logical timestep, of scenarios that give no bounds of their own. */
  readonly eot?: number;
  /** Omissions are admissible before this time, in scenarios that give no bounds of their own. */
  readonly eff?: number;
  /** The most nodes that may crash, in scenarios that give no bounds of their own. */
  readonly crashes?: number;
  /** Nodes and links that do not fail, such as `db,a->b`, in scenarios that give no bounds of their own. */
  readonly reliable?: string;
  /** Default `compiled`. */
  readonly strategy?: StrategyName;
  /** Default `cadical`. */
  readonly solver?: SatBackend;
  /** What `alternating` follows in handlers; default `causal`. */
  readonly lineage?: 'causal' | 'tracked';
  /** Find all minimal counterexamples, up to a limit; `true` stands for 100. */
  readonly all?: boolean | number;
  /** The most executions of a protocol. */
  readonly maxRuns?: number;
  /** For each check: seconds, or text such as `500ms`, `90s`, `2m`. */
  readonly timeout?: number | string;
  /** How many threads check scenarios, or share runs of rules; default one for each core. */
  readonly jobs?: number;
  /** Of the strategy `random`; default 0. */
  readonly seed?: number;
  /** Of handlers, whether `alternating` heeds that what a run lost may arrive; default true. */
  readonly negativeSupport?: boolean;
  /** Whether modules are run, named or found in folders; where not, programs of Dedalus alone are looked at. Default true. */
  readonly modules?: boolean;
}

/** What `ldfi.config.ts` exports. */
export interface Config extends ConfigValues {
  /** Files and folders to look at where the command line names none, relative to the configuration's folder. */
  readonly files?: readonly string[];
  /** Files that are parts of every program of Dedalus beside its own, relative to the configuration's folder. */
  readonly with?: readonly string[];
}

/**
 * Gives a configuration its type; it does nothing else.
 *
 * @example
 * export default defineConfig({ files: ['scenarios'], timeout: '60s' });
 */
export function defineConfig(config: Config): Config {
  return config;
}
