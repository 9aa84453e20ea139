/** The space-time picture of a run, after Lamport: a lane for each node, time downward, messages as arrows. */
import { useMemo, useRef } from 'preact/hooks';
import type { SceneFault, SceneRun, SceneTimer } from '../scene.js';
import { ArrowShape } from './arrow.js';
import { useDrawn } from './drawn.js';
import { timerWords } from './happenings.js';
import type { Arrow, Step } from './course.js';
import { clockAt, kindOfStrike, markAt, ringAt } from './marks.js';
import { type PictureFrame, HEAD, heightOf, EDGE, STEP, widthOf, xOf, yOf } from './places.js';
import type { LitSupport } from './support.js';
import { clipped } from './clipped.js';
import { placeWords, type PlacedWords } from './words.js';

export interface PictureProps {
  readonly frame: PictureFrame;
  readonly run: SceneRun;
  readonly steps: readonly Step[];
  readonly title: string;
  readonly time: number;
  /** Undefined where nothing of this run is chosen. */
  readonly support: LitSupport | undefined;
  readonly onChoose: (arrow: Arrow) => void;
  readonly onTime: (time: number) => void;
}

/** Pixels that a letter of a name takes. */
const LETTER = 8.6;

/** Arrows in all from which on only those of the current time have words. */
const MOST_WORDS = 120;

const NO_WORDS: ReadonlyMap<Arrow, PlacedWords> = new Map();

export function Picture(props: PictureProps) {
  const { frame, run, steps, title, time, support } = props;
  const drawn = useDrawn(run, frame.scene.eot, time);
  const width = widthOf(frame);
  const words = useMemo(() => placeWords(frame, steps), [frame, steps]);
  const isCrowded = steps.reduce((sum, { arrows }) => sum + arrows.length, 0) > MOST_WORDS;
  return (
    <div class="picture">
      <h3>{title}</h3>
      <Names frame={frame} />
      <svg
        width={width}
        height={heightOf(frame)}
        viewBox={`0 0 ${width} ${heightOf(frame)}`}
        role="img"
        aria-label={`${title}: ${frame.scene.nodes.length} nodes, ${run.messages.length} messages; the lists beside it say the same`}
        class={support === undefined ? '' : 'choosing'}
      >
        <rect class="now" x={0} y={yOf(time) - STEP / 2} width={width} height={STEP} />
        <Marks frame={frame} run={run} onTime={props.onTime} />
        <Lanes frame={frame} run={run} />
        {steps.slice(1, drawn + 1).map((step, index) => (
          <StepShape
            key={index}
            frame={frame}
            step={step}
            run={run}
            at={index + 1}
            phase={phaseOf(index + 1, time)}
            words={!isCrowded || index + 1 === time ? words : NO_WORDS}
            support={support}
            onChoose={props.onChoose}
          />
        ))}
        {run.on.map((number) => (
          <Strike
            key={number}
            frame={frame}
            fault={frame.scene.faults[number]}
            isLit={support?.faults.has(number)}
          />
        ))}
      </svg>
    </div>
  );
}

type Phase = 'past' | 'now' | 'future';

function phaseOf(at: number, time: number): Phase {
  if (at === time) return 'now';
  return at < time ? 'past' : 'future';
}

/** Stays in view above the lanes. */
function Names({ frame }: { readonly frame: PictureFrame }) {
  const letters = Math.floor(frame.lane / LETTER);
  return (
    <svg class="names" width={widthOf(frame)} height={HEAD} aria-hidden="true">
      {frame.scene.nodes.map((name, node) => (
        <text key={node} x={xOf(frame, node)} y={HEAD - 9}>
          {clipped(name, letters)}
          <title>{name}</title>
        </text>
      ))}
    </svg>
  );
}

/** Times, and what happens to the whole run at them. */
function Marks({ frame, run, onTime }: Pick<PictureProps, 'frame' | 'run' | 'onTime'>) {
  const choose = useRef(onTime);
  choose.current = onTime;
  return useMemo(() => {
    const violated = run.properties.filter(({ kind }) => kind === 'violated');
    return (
      <g class="marks">
        {Array.from({ length: frame.scene.eot }, (_, index) => index + 1).map((at) => {
          const parts = run.parts === at;
          const isViolated = violated.some((property) => property.time === at);
          return (
            <g key={at} class={isViolated ? 'violated' : parts ? 'parts' : ''}>
              {(parts || isViolated) && (
                <rect x={0} y={yOf(at) - STEP / 2} width={widthOf(frame)} height={STEP} />
              )}
              <text x={EDGE - 12} y={yOf(at) + 4} onClick={() => choose.current(at)}>
                {isViolated ? '✗ ' : parts ? '≠ ' : ''}
                {at}
              </text>
            </g>
          );
        })}
      </g>
    );
  }, [frame, run]);
}

function Lanes({ frame, run }: { readonly frame: PictureFrame; readonly run: SceneRun }) {
  return useMemo(
    () => (
      <g class="lanes">
        {frame.scene.nodes.map((_, node) => {
          const down = run.down[node];
          const paused = run.paused[node].filter((at) => !down.includes(at));
          const idle = new Set([...down, ...paused]);
          const times = Array.from({ length: frame.scene.eot }, (__, index) => index + 1);
          const path = (those: readonly number[]) =>
            those.map((at) => `M${xOf(frame, node)} ${yOf(at)}v${STEP}`).join('');
          const busy = path(times.filter((at) => !idle.has(at)));
          return (
            <g key={node}>
              <path d={`M${xOf(frame, node)} ${yOf(1) - STEP / 2}v${STEP / 2}${busy}`} />
              <path class="down" d={path(down)} />
              <path class="paused" d={path(paused)} />
            </g>
          );
        })}
      </g>
    ),
    [frame, run],
  );
}

interface StepProps {
  readonly frame: PictureFrame;
  readonly run: SceneRun;
  readonly step: Step;
  readonly at: number;
  readonly phase: Phase;
  readonly words: ReadonlyMap<Arrow, PlacedWords>;
  readonly support: LitSupport | undefined;
  readonly onChoose: (arrow: Arrow) => void;
}

/** Drawn anew only where something of it changes: most steps stay as they are when time goes on. */
function StepShape({ frame, run, step, at, phase, words, support, onChoose }: StepProps) {
  const drawn = useMemo(
    () => (
      <>
        {step.arrows.map((arrow, index) => (
          <ArrowShape
            key={index}
            frame={frame}
            run={run}
            arrow={arrow}
            words={words.get(arrow)}
            isLit={arrow.messages.some((message) => support?.messages.has(message))}
            onChoose={onChoose}
          />
        ))}
        {clocksOf(step.timers).map(([node, timers]) => (
          <g key={`timer ${node}`} class={timers.some(([, , , causal]) => causal) ? 'clock causal' : 'clock'}>
            <title>{timers.map((timer) => timerWords(frame.scene, timer)).join(', ')}</title>
            <path d={clockAt(xOf(frame, node) - 14, yOf(at))} />
          </g>
        ))}
        <path class="changed" d={dots(frame, step.changed, at, 2.5)} />
        <path
          class="lit"
          d={dots(
            frame,
            step.changed.filter((node) => support?.states.has(`${node}@${at}`)),
            at,
            4.5,
          )}
        />
      </>
    ),
    [frame, run, step, words, support, onChoose],
  );
  return <g class={phase}>{drawn}</g>;
}

/** The timers of a timestep, by node. */
function clocksOf(timers: readonly SceneTimer[]): readonly (readonly [node: number, SceneTimer[]])[] {
  const clocks = new Map<number, SceneTimer[]>();
  for (const timer of timers) clocks.set(timer[1], [...(clocks.get(timer[1]) ?? []), timer]);
  return [...clocks];
}

function dots(frame: PictureFrame, nodes: readonly number[], at: number, radius: number): string {
  return nodes
    .filter((node) => node < frame.scene.nodes.length)
    .map((node) => ringAt(xOf(frame, node), yOf(at), radius))
    .join('');
}

interface StrikeProps {
  readonly frame: PictureFrame;
  readonly fault: SceneFault;
  readonly isLit: boolean | undefined;
}

/** A fault that is no message's, where it begins, and where it is over. */
function Strike({ frame, fault, isLit }: StrikeProps) {
  const path = strikeOf(frame, fault);
  if (path === undefined) return null;
  return (
    <g class={`strike${kindOfStrike(fault)}${isLit === true ? ' lit' : ''}`}>
      <path d={path} />
      <title>{fault.means}</title>
    </g>
  );
}

/** Between nodes a line through all lanes; at a node a mark, and where it is over another. */
function strikeOf(frame: PictureFrame, fault: SceneFault): string | undefined {
  const { node, isAcross, time, until } = fault;
  const ends = until === null ? [time] : [time, until];
  if (isAcross) {
    const width = widthOf(frame) - EDGE;
    return ends.map((at) => `M${EDGE} ${Math.max(1, yOf(at) - STEP / 2)}h${width}`).join('');
  }
  if (node === null) return undefined;
  return ends.map((at) => markAt(fault, xOf(frame, node), yOf(at))).join('');
}
