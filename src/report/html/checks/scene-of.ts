/** From a counterexample, and what was found out about it, to what the page has of it. */
import { propertyNamed } from '../../../model/rules/specification.js';
import type { Bounds } from '../../../injector/bounds.js';
import { kindOf, type Fault, type FaultSet } from '../../../injector/faults.js';
import { happenedFaults } from '../../../injector/happened.js';
import type { Message, Run, RunJudgement } from '../../../injector/run.js';
import { describeFault, formatSchedule } from '../../../injector/schedule.js';
import { downtime, longestDelay, pausesUnder } from '../../../injector/world.js';
import { visible } from '../../../model/text/display.js';
import type { CounterexampleStudy } from '../../../runner/explain/study.js';
import type { Counterexample } from '../../../runner/result.js';
import { formatFact, payloadWriter } from '../../text/facts.js';
import { sceneLineage } from './lineage-of.js';
import { SceneTables, shortened } from './numbering.js';
import type { Scene, SceneFault, SceneMessage, SceneProperty, SceneRun, SceneTimer } from './scene.js';
import { statesOf } from './states-of.js';

/** What a scene needs of a counterexample. */
export type SceneCounterexample = Pick<Counterexample, 'faults' | 'run' | 'divergence'>;

/** @param study undefined where nothing but the counterexample is known */
export function sceneOf(
  { faults, run, divergence }: SceneCounterexample,
  bounds: Bounds,
  study: CounterexampleStudy | undefined,
): Scene {
  const tables = new SceneTables();
  const sceneFaults = faults.map((fault) => faultOf(fault, run.nodes));
  const taken = takenFrom(run, bounds);
  const runs = [{ faults, run, divergence, lineage: study?.lineage }, ...partsOf(study)];
  return {
    nodes: run.nodes.map((name) => shortened(visible(name))),
    eot: run.eot,
    faults: sceneFaults,
    runs: runs.map((each): SceneRun => {
      const on = faultNumbers(each.faults, sceneFaults);
      return {
        on,
        messages: messagesOf(
          each.run,
          on.length === 0 ? taken : takenFrom(each.run, bounds),
          sceneFaults,
          tables,
        ),
        timers: timersOf(each.run, tables),
        states: statesOf(each.run, tables),
        down: timesOf(each.run, downtime(each.run.faults)),
        paused: timesOf(each.run, pausesUnder(each.run.faults)),
        properties: each.run.judgements.map((judgement) => propertyOf(judgement, each.run.eot)),
        parts: each.divergence?.time ?? null,
        lineage:
          each.lineage === undefined ? null : sceneLineage(each.lineage, each.run, sceneFaults, tables),
      };
    }),
    texts: tables.texts,
    items: tables.items,
    places: tables.places,
  };
}

function partsOf(study: CounterexampleStudy | undefined) {
  const parts = study?.parts ?? [];
  return parts.map((part) => ({
    ...part,
    lineage: part.faults.length === 0 ? study?.failureFree : undefined,
  }));
}

function faultOf(fault: Fault, nodes: readonly string[]): SceneFault {
  const { notation, lasting } = kindOf(fault);
  const strike = notation.strike?.(fault);
  return {
    text: formatSchedule([fault]),
    means: describeFault(fault),
    time: fault.time,
    node: strike?.node === undefined ? null : nodes.indexOf(strike.node),
    isAcross: strike !== undefined && strike.node === undefined,
    until: 'until' in fault ? fault.until : null,
    isPassing: strike?.node !== undefined && !lasting,
    sign: notation.sign.meaning,
  };
}

function faultNumbers(faults: FaultSet, all: readonly SceneFault[]): readonly number[] {
  return faults.map((fault) => all.findIndex(({ text }) => text === formatSchedule([fault])));
}

/** The faults, as they are written, that keep what is sent like a message from arriving in time. */
type Taken = (message: Message) => readonly string[];

function takenFrom({ faults }: Run, bounds: Bounds): Taken {
  const happened = happenedFaults(faults, longestDelay(bounds));
  const known = new Map<string, readonly string[]>();
  return ({ from, to, sent }) => {
    const key = JSON.stringify([from, to, sent]);
    const taken =
      known.get(key) ?? happened.arrivals({ from, to, time: sent })[0].faults.map(({ fault }) => fault);
    known.set(key, taken);
    return from === to ? [] : taken;
  };
}

function messagesOf(
  { messages, nodes }: Run,
  taken: Taken,
  faults: readonly SceneFault[],
  tables: SceneTables,
): readonly SceneMessage[] {
  const write = payloadWriter(messages);
  return messages.map((message) => ({
    from: nodes.indexOf(message.from),
    to: nodes.indexOf(message.to),
    sent: message.sent,
    arrivals: message.arrivals,
    isSent: message.fate !== 'not sent',
    text: tables.text(write(message)),
    causal: message.causal,
    cut: taken(message).map((written) => faults.findIndex(({ text }) => text === written)),
  }));
}

function timersOf({ events, nodes }: Run, tables: SceneTables): readonly SceneTimer[] {
  return events.flatMap((event) =>
    event.kind === 'timer'
      ? [
          [
            event.time,
            nodes.indexOf(event.node),
            tables.text(visible(event.name)),
            event.causal === true,
          ] as const,
        ]
      : [],
  );
}

/** For each node, the times at which something is so. */
function timesOf(
  { nodes, eot }: Run,
  isSo: (node: string, time: number) => boolean,
): readonly (readonly number[])[] {
  const times = Array.from({ length: eot }, (_, index) => index + 1);
  return nodes.map((node) => times.filter((time) => isSo(node, time)));
}

function propertyOf(judgement: RunJudgement, eot: number): SceneProperty {
  const { kind, property } = judgement;
  const name =
    'tuple' in judgement
      ? formatFact({ relation: judgement.property, tuple: judgement.tuple })
      : visible(property);
  const time = judgement.kind === 'violated' ? judgement.time : eot;
  return { kind, name: shortened(name), reason: reasonOf(judgement), time };
}

function reasonOf(judgement: RunJudgement): string {
  if (judgement.kind !== 'violated') return '';
  if ('reason' in judgement) return shortened(visible(judgement.reason));
  const { name, kept } = propertyNamed(judgement.property);
  return `in \`${name}\`, and not in \`${kept}\``;
}
