/** What reports say of why scenarios of the library fail: that it is so, and the words. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import type { Run } from '../../../src/injector/run.js';
import type { Link } from '../../../src/lineage/cause.js';
import { matchesPattern } from '../../../src/lineage/lineage.js';
import { dataText, type Data } from '../../../src/model/data.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { check } from '../../../src/runner/check.js';
import { checkScenario, replayScenario } from '../../../src/runner/check-scenario.js';
import { replayProtocol } from '../../../src/runner/replay.js';
import type { CheckResult } from '../../../src/runner/result.js';
import type { Scenario } from '../../../src/runner/scenario/define.js';
import { displayWidth } from '../../../src/model/text/text.js';
import { headAnswers } from '../../../scenarios/handlers/chain-replication.js';
import { ignoredProposals } from '../../../scenarios/handlers/paxos.js';
import { splitBrain } from '../../../scenarios/handlers/primary-backup.js';
import { withoutRepair } from '../../../scenarios/handlers/quorum-register.js';
import { commitsAtOnce } from '../../../scenarios/handlers/raft.js';
import { losses } from '../../../scenarios/handlers/three-phase-commit.js';
import { excused } from '../../../scenarios/handlers/two-phase-commit.js';
import { ownLog } from '../../../scenarios/handlers/viewstamped.js';
import { asynchronous } from '../../../scenarios/rules/primary-backup.js';
import { dedalusScenarios } from '../../scenarios/dedalus-scenarios.js';
import { expectGolden, withoutTimes } from '../../golden.js';

interface Told {
  readonly name: string;
  readonly check: () => Promise<CheckResult>;
  readonly replay: (result: CheckResult, faults: FaultSet) => Run;
}

const programs = new Map(dedalusScenarios().map((each) => [each.file, each]));

function ofRules(file: string): Told {
  const { checked, nodes, rows } = programs.get(file)!;
  const { bounds } = rows.find(({ expected }) => expected === 'violated')!;
  const protocol: Protocol = checked;
  return {
    name: file,
    check: () => check(protocol, { nodes, bounds, name: file, because: true }),
    replay: (_, faults) => replayProtocol(protocol, { nodes, bounds }, faults).run,
  };
}

function ofModule(scenario: Scenario): Told {
  return {
    name: scenario.name,
    check: () => checkScenario(scenario, { because: true }),
    replay: (_, faults) => replayScenario(scenario, faults).run,
  };
}

/** The register takes the value that comes last, which late messages make another than the one that is sent last. */
const REGISTER = `write("C", "R", "old")@1;
write("C", "R", "new")@2;
written(R, V)@async :- write(C, R, V);
value(R, V)@next :- written(R, V);
value(R, V)@next :- value(R, V), notin written(R, _);
pre("R") :- write("C", "R", "old")@1;
post("R") :- value("R", "new");
`;

function ofLateMessages(name: string, late: Partial<Bounds>): Told {
  const protocol = readDedalusText(REGISTER).checked!;
  const nodes = ['C', 'R'];
  const bounds: Bounds = { eot: 6, eff: 3, crashes: 0, omissions: 0, longestDelay: 2, ...late };
  return {
    name,
    check: () => check(protocol, { nodes, bounds, name, because: true }),
    replay: (_, faults) => replayProtocol(protocol, { nodes, bounds }, faults).run,
  };
}

const told: readonly Told[] = [
  ofLateMessages('a message that is late', { delays: 1 }),
  ofLateMessages('a message that comes twice', { duplicates: 1 }),
  ...['2pc-excused.ded', '3pc.ded', 'classic-deliv.ded', 'kafka.ded', 'kafka-repaired.ded'].map(ofRules),
  ...['primary-backup-async.ded', 'raft-votes-twice.ded', 'retry-deliv.ded'].map(ofRules),
  ...[asynchronous, excused, losses, splitBrain, withoutRepair].map(ofModule),
  ...[headAnswers, ignoredProposals, ownLog, commitsAtOnce].map(ofModule),
];

describe.each(told)('$name', ({ name, check: found, replay }) => {
  it('is told in words that are held to a golden text, within 80 columns', async () => {
    const report = reportCheck(await found(), { width: 80, style: plainStyle, verbose: false });
    for (const line of report.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    await expectGolden(withoutTimes(report), `library/${name.replace(/\W+/g, '-')}`);
  });

  it('has a cause for each fault, of what one run has and the one without the fault has not', async () => {
    const result = await found();
    if (result.verdict.kind !== 'violated') throw new Error(result.verdict.kind);
    const [{ faults, because, run }] = result.verdict.counterexamples;
    expect(because.map(({ fault }) => fault)).toEqual(faults);
    for (const { fault, side, chain } of because) {
      const other = replay(
        result,
        faults.filter((each) => each !== fault),
      );
      const [here, there] = side === 'here' ? [run, other] : [other, run];
      expect(chain.filter((link) => !isOnlyIn(link, here, there))).toEqual([]);
      const times = chain.slice(0, -1).map(({ vertex }) => vertex.time);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.min(...times, run.eot)).toBeGreaterThanOrEqual(fault.time);
    }
  });
});

/** As far as runs tell of it: of rules their facts, of both their messages, of handlers that states differ. */
function isOnlyIn({ vertex, instead }: Link, here: Run, there: Run): boolean {
  switch (vertex.kind) {
    case 'fact':
      return vertex.relation === 'crash' || (hasFact(vertex, here) && !hasFact(vertex, there));
    case 'message':
      return arrives(vertex, here) && !arrives(vertex, there);
    case 'absence': {
      const { of, time, node } = vertex;
      if (of.kind === 'message')
        return arrives({ ...of, node, time }, there) && !arrives({ ...of, node, time }, here);
      if (there.language !== 'rules') return false;
      return there.facts.some(
        (fact) =>
          fact.time === time &&
          fact.relation === of.relation &&
          matchesPattern(of, fact.tuple) &&
          !hasFact(fact, here),
      );
    }
    case 'state':
      return (
        instead === undefined || dataText(vertex as unknown as Data) !== dataText(instead as unknown as Data)
      );
  }
}

function hasFact(
  { relation, tuple, time }: { readonly relation: string; readonly tuple: Data; readonly time: number },
  run: Run,
): boolean {
  if (run.language !== 'rules') return false;
  return run.facts.some(
    (fact) => fact.time === time && fact.relation === relation && dataText(fact.tuple) === dataText(tuple),
  );
}

function arrives(
  message: {
    readonly from: string;
    readonly node: string | undefined;
    readonly sent: number;
    readonly time: number;
    readonly name: string;
    readonly payload: unknown;
  },
  run: Run,
): boolean {
  const { from, node, sent, time, name } = message;
  // Lineage has the destination among the columns of rules.
  const payload = (
    run.language === 'rules' ? (message.payload as readonly Data[]).slice(1) : message.payload
  ) as Data;
  return run.messages.some(
    (each) =>
      each.from === from &&
      each.to === node &&
      each.sent === sent &&
      each.name === name &&
      each.arrivals.includes(time) &&
      isDeepStrictEqual(each.payload, payload),
  );
}
