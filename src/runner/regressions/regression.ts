/** Counterexamples that are kept, so that later checks can tell what has become of them. */
import type { Bounds } from '../../injector/bounds.js';
import { anchorFaults, locateFaults, type AnchoredFault, type Look } from '../../injector/anchors/anchors.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated, violationsOf, type Run } from '../../injector/run.js';
import { formatSchedule } from '../../injector/schedule.js';
import type { Protocol } from '../../model/protocol.js';
import { onSubject, type ReplayOptions } from '../replay.js';
import type { RegressionOutcome } from '../result.js';
import type { Subject } from '../subjects/subject.js';

/** A counterexample that is kept. */
export interface Regression {
  readonly scenario: RegressionScenario;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** The properties that it violated, for who reads it. */
  readonly breaks: readonly string[];
  readonly faults: readonly AnchoredFault[];
}

/** Where its scenario was found. */
export interface RegressionScenario {
  /** From the folder that holds the one of regressions, with `/` between its parts. */
  readonly file: string;
  /** Of the scenario among those of the file; null where the file is one scenario. */
  readonly name: string | null;
  /** Other files of Dedalus that are parts of it; absent where there are none. */
  readonly with?: readonly string[];
}

/**
 * Names the faults of a counterexample by what they cut.
 *
 * @param run that of the counterexample
 * @throws as `replayProtocol` does
 */
export function regressionOf(
  protocol: Protocol,
  { nodes, bounds }: ReplayOptions,
  scenario: RegressionScenario,
  run: Run,
): Regression {
  const faults = anchoredIn(protocol, { nodes, bounds }, run.faults);
  const breaks = [...new Set(violationsOf(run).map(({ property }) => property))];
  return { scenario, nodes, bounds, breaks, faults };
}

/** The faults of a set, each with what it is found by. @throws as `replayProtocol` does */
export function anchoredIn(
  protocol: Protocol,
  options: ReplayOptions,
  faults: FaultSet,
): readonly AnchoredFault[] {
  const work = (subject: Subject, own: FaultSet) => anchorFaults(own, lookOn(subject));
  return onSubject('anchoredIn', protocol, options, faults, work);
}

/**
 * What has become of a counterexample, in a protocol that may have changed.
 *
 * @throws as `replayProtocol` does
 */
export function replayRegression(
  protocol: Protocol,
  options: ReplayOptions,
  anchored: readonly AnchoredFault[],
): RegressionOutcome {
  const saved = anchored.map(({ fault }) => fault);
  return onSubject('replayRegression', protocol, options, saved, (subject): RegressionOutcome => {
    const located = locateFaults(anchored, options, lookOn(subject));
    switch (located.kind) {
      case 'there': {
        const { faults } = located;
        if (!isViolated(subject.outcome(faults))) return { kind: 'passes', faults };
        return formatSchedule(faults) === formatSchedule(saved)
          ? { kind: 'same' }
          : { kind: 'moved', faults };
      }
      case 'not sent':
        return { kind: 'gone', lost: located.lost };
      case 'not admissible':
        return located;
    }
  });
}

/** The faults by which a counterexample still violates; undefined where it does not. */
export function stillViolating(
  anchored: readonly AnchoredFault[],
  outcome: RegressionOutcome,
): FaultSet | undefined {
  switch (outcome.kind) {
    case 'same':
      return anchored.map(({ fault }) => fault);
    case 'moved':
      return outcome.faults;
    case 'passes':
    case 'gone':
    case 'not admissible':
      return undefined;
  }
}

function lookOn(subject: Subject): Look {
  return (faults) => ({ run: subject.replay(faults), lineage: subject.lineage(faults) });
}
