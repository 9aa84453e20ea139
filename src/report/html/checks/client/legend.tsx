/** What the marks of the pictures mean that are shown: of those that they have. */
import type { ComponentChild } from 'preact';
import type { Scene, SceneMessage, SceneRun } from '../scene.js';
import { clockAt, crossAt, kindOfStrike, markAt, ringAt } from './marks.js';

interface LegendEntry {
  readonly words: string;
  readonly isThere: boolean;
  readonly mark: ComponentChild;
}

/** Pixels of a mark, and its middle. */
const WIDTH = 30;
const HEIGHT = 20;
const X = WIDTH / 2;
const Y = HEIGHT / 2;

export function Legend({ scene, shown }: { readonly scene: Scene; readonly shown: readonly number[] }) {
  const runs = shown.map((number) => scene.runs[number]);
  const entries = [...messageEntries(runs), ...nodeEntries(runs), ...faultEntries(scene, runs)];
  return (
    <ul class="legend" aria-label="What the marks mean">
      {entries
        .filter(({ isThere }) => isThere)
        .map(({ words, mark }) => (
          <li key={words}>
            <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
              {mark}
            </svg>
            {words}
          </li>
        ))}
    </ul>
  );
}

function messageEntries(runs: readonly SceneRun[]): readonly LegendEntry[] {
  const some = (isSo: (message: SceneMessage) => boolean) => runs.some(({ messages }) => messages.some(isSo));
  const arrow = (kind: string, tip: string) => (
    <g class={`arrow ${kind}`}>
      <path class="line" d={`M2 ${Y}H${WIDTH - 6}`} />
      <path class="tip" d={tip} />
    </g>
  );
  const head = `M${WIDTH - 13} ${Y - 4}l8 4l-8 4`;
  return [
    {
      words: 'lost',
      isThere: some(({ isSent, arrivals }) => isSent && arrivals.length === 0),
      mark: arrow('lost', crossAt(WIDTH - 7, Y, 5)),
    },
    {
      words: 'late',
      isThere: some(({ sent, arrivals }) => arrivals.some((arrival) => arrival > sent + 1)),
      mark: arrow('late', head),
    },
    {
      words: 'not sent',
      isThere: some(({ isSent }) => !isSent),
      mark: arrow('unsent', ringAt(WIDTH - 6, Y, 4)),
    },
  ];
}

function nodeEntries(runs: readonly SceneRun[]): readonly LegendEntry[] {
  return [
    {
      words: 'what the node knows changes',
      isThere: runs.some(({ states }) => states.some((changes) => changes.length > 0)),
      mark: <path class="changed" d={ringAt(X, Y, 2.5)} />,
    },
    {
      words: 'timer fires',
      isThere: runs.some(({ timers }) => timers.length > 0),
      mark: (
        <g class="clock">
          <path d={clockAt(X, Y)} />
        </g>
      ),
    },
    {
      words: 'parts from the run without faults',
      isThere: runs.some(({ parts }) => parts !== null),
      mark: sign('parts', '≠'),
    },
    {
      words: 'violated',
      isThere: runs.some(({ properties }) => properties.some(({ kind }) => kind === 'violated')),
      mark: sign('violated', '✗'),
    },
  ];
}

function sign(kind: string, text: string): ComponentChild {
  return (
    <g class={kind}>
      <text x={X} y={Y + 4}>
        {text}
      </text>
    </g>
  );
}

/** Each kind once. */
function faultEntries({ faults }: Scene, runs: readonly SceneRun[]): readonly LegendEntry[] {
  const drawn = faults.filter(
    ({ node, isAcross }, number) => (isAcross || node !== null) && runs.some(({ on }) => on.includes(number)),
  );
  return [...new Map(drawn.map((fault) => [fault.sign, fault])).values()].map((fault) => ({
    words: fault.sign,
    isThere: true,
    mark: (
      <g class={`strike${kindOfStrike(fault)}`}>
        <path d={fault.isAcross ? `M2 ${Y}H${WIDTH - 2}` : markAt(fault, X, Y)} />
      </g>
    ),
  }));
}
