/** Counterexamples in `ldfi-regressions/`: replayed before a scenario is searched, and saved by `check --save`. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import {
  type Bounds,
  type CheckResult,
  type FaultSet,
  formatBounds,
  type PreparedScenario,
  type ReplayedRegression,
  type ScenarioLocation,
} from '../index.js';
import {
  diagnostic,
  readRegressions,
  reasonOf,
  REGRESSION_FOLDER,
  regressionOf,
  type RegressionScenario,
  replayRegression,
  type SavedRegression,
  stillViolating,
  visible,
  writtenRegression,
} from '../toolkit.js';
import { diagnoseFailure } from './failures.js';
import { writeWhole } from './init/write.js';
import type { Session } from './session.js';

/** What has become of those of one check, and the faults by which some of them still violate. */
export interface ReplayedRegressions {
  readonly replayed: readonly ReplayedRegression[];
  readonly violating: readonly FaultSet[];
}

export class Regressions {
  private constructor(
    private readonly saved: readonly SavedRegression[],
    private readonly session: Session,
  ) {}

  /** Tells what is wrong with the files of the working folder. */
  static async read(session: Session): Promise<Regressions> {
    const { saved, diagnostics } = await readRegressions(join(session.io.folder, REGRESSION_FOLDER));
    session.diagnose(diagnostics);
    return new Regressions(saved, session);
  }

  /**
   * Replays those of a scenario that were saved within these bounds, or within bounds that it is not checked within any more.
   *
   * @param all bounds that it is checked within
   */
  replay(scenario: PreparedScenario, bounds: Bounds, all: readonly Bounds[]): ReplayedRegressions {
    const { protocol, nodes, location } = scenario;
    const wanted = JSON.stringify(placeOf(location, this.session.io.folder));
    const checked = new Set(all.map(formatBounds));
    const own = this.saved.filter(({ regression }) => {
      const within = formatBounds(regression.bounds);
      const isOfBounds = within === formatBounds(bounds) || !checked.has(within);
      return isOfBounds && JSON.stringify(regression.scenario) === wanted;
    });
    const replayed = own.flatMap(({ name, regression: { faults } }): ReplayedRegression[] => {
      const outcome = this.attempt(() => replayRegression(protocol, { nodes, bounds }, faults));
      return outcome === undefined ? [] : [{ file: `${REGRESSION_FOLDER}/${name}`, faults, outcome }];
    });
    const violating = replayed.flatMap(({ faults, outcome }) => {
      const still = stillViolating(faults, outcome);
      return still === undefined ? [] : [still];
    });
    return { replayed, violating };
  }

  /** Writes each counterexample that is known to be minimal; one that is there already is replaced where its times changed. */
  async save(
    { protocol, location }: PreparedScenario,
    { verdict, nodes, bounds }: CheckResult,
  ): Promise<void> {
    if (verdict.kind !== 'violated') return;
    const scenario = placeOf(location, this.session.io.folder);
    for (const { run, minimality } of verdict.counterexamples) {
      if (minimality === 'unproven') continue;
      const regression = this.attempt(() => regressionOf(protocol, { nodes, bounds }, scenario, run));
      if (regression !== undefined) this.write(await writtenRegression(regression));
    }
  }

  private write({ name, text }: { readonly name: string; readonly text: string }): void {
    const shown = `${REGRESSION_FOLDER}/${name}`;
    const path = join(this.session.io.folder, REGRESSION_FOLDER, name);
    try {
      if (textAt(path) !== text) writeWhole(path, text);
      this.session.note(`  saved ${shown}\n`);
    } catch (error) {
      this.session.diagnose([diagnostic('RUN142', `"${visible(shown)}" is not written: ${reasonOf(error)}`)]);
    }
  }

  /** Undefined where the protocol cannot be run, which is told. */
  private attempt<Value>(work: () => Value): Value | undefined {
    try {
      return work();
    } catch (error) {
      const problem = diagnoseFailure(error, this.session.io.host);
      if (problem === undefined) throw error;
      this.session.diagnose([problem]);
      return undefined;
    }
  }
}

/** From the working folder, the same on every system. */
function placeOf({ file, scenario, with: parts }: ScenarioLocation, folder: string): RegressionScenario {
  const from = (path: string) => relative(resolve(folder), resolve(folder, path)).split(sep).join('/');
  return { file: from(file), name: scenario ?? null, ...(parts !== undefined && { with: parts.map(from) }) };
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
