/** What is sent at a time, and what the specification says by then: the picture in words. */
import type { Scene, SceneMessage, SceneProperty, SceneRun, SceneTimer } from '../scene.js';

export interface HappeningsProps {
  readonly scene: Scene;
  readonly run: SceneRun;
  readonly time: number;
  /** The message that is chosen. */
  readonly chosen: number | undefined;
  readonly onChoose: (message: number) => void;
}

export function Sent({ scene, run, time, chosen, onChoose }: HappeningsProps) {
  const sent = [...run.messages.keys()].filter((number) => run.messages[number].sent === time);
  const fired = run.timers.filter(([at]) => at === time);
  return (
    <section class="panel" role="group" aria-label={`Sent at time ${time}`}>
      <h3>Sent at time {time}</h3>
      {fired.length > 0 && <p>{fired.map((timer) => timerWords(scene, timer)).join('; ')}.</p>}
      {sent.length === 0 && <p class="hint">Nothing is sent.</p>}
      <ul class="sent">
        {sent.map((number) => {
          const message = run.messages[number];
          return (
            <li key={number}>
              <button
                type="button"
                class="fact"
                aria-pressed={chosen === number}
                onClick={() => onChoose(number)}
              >
                {scene.nodes[message.from]} → {scene.nodes[message.to]}: {scene.texts[message.text]}
              </button>{' '}
              <span class={message.arrivals.length === 0 ? 'bad' : 'hint'}>{fateWords(message)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** `b: timer patience fires` */
export function timerWords({ nodes, texts }: Scene, [, node, text]: SceneTimer): string {
  return `${nodes[node]}: timer ${texts[text]} fires`;
}

export function fateWords({ arrivals, isSent }: SceneMessage): string {
  if (!isSent) return 'not sent';
  return arrivals.length === 0 ? 'lost' : `arrives at ${arrivals.join(' and ')}`;
}

export function Properties({ run, time }: Pick<HappeningsProps, 'run' | 'time'>) {
  return (
    <section class="panel" role="group" aria-label={`The specification at time ${time}`}>
      <h3>The specification</h3>
      <ul class="properties">
        {run.properties.map((property, index) => (
          <li key={index}>
            <span class={markOf(property, time)}>{statusOf(property, time)}</span>{' '}
            <code>{property.name}</code>
            {isKnown(property, time) && property.reason !== '' && (
              <span class="hint"> {property.reason}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function isKnown({ time }: SceneProperty, now: number): boolean {
  return now >= time;
}

function statusOf(property: SceneProperty, now: number): string {
  if (!isKnown(property, now)) return property.kind === 'violated' ? 'not yet violated' : 'not violated';
  return property.kind === 'violated'
    ? `violated at ${property.time}`
    : property.kind === 'held'
      ? 'holds'
      : 'not asked';
}

function markOf(property: SceneProperty, now: number): string {
  if (!isKnown(property, now)) return 'hint';
  return property.kind === 'violated' ? 'bad' : property.kind === 'held' ? 'good' : 'hint';
}
