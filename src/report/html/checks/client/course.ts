/** What the pictures and lists of one run are drawn from: what happens at each timestep, taken together once. */
import type { Scene, SceneMessage, SceneRun, SceneTimer } from '../scene.js';

/** Messages on one channel that are sent, and arrive, together. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  /** Null where they do not arrive. */
  readonly arrival: number | null;
  readonly isSent: boolean;
  /** Whether a fault is why they arrive at that time, or do not. */
  readonly isLate: boolean;
  /** The numbers of the messages. */
  readonly messages: readonly number[];
}

/** What begins at a timestep. */
export interface Step {
  readonly arrows: readonly Arrow[];
  /** What is written beside arrows: of all that a node sends in one direction, once. */
  readonly words: ReadonlyMap<Arrow, string>;
  /** The nodes that know something else than before. */
  readonly changed: readonly number[];
  /** The timers that fire. */
  readonly timers: readonly SceneTimer[];
}

/** All that happens, by time; none happens at 0. */
export function stepsOf(scene: Scene, run: SceneRun): readonly Step[] {
  const times = Array.from({ length: scene.eot + 1 }, () => ({
    sent: [] as Arrow[],
    changed: [] as number[],
    timers: [] as SceneTimer[],
  }));
  for (const arrow of groupArrows(run.messages)) times[arrow.sent].sent.push(arrow);
  for (const [node, changes] of run.states.entries())
    for (const [time] of changes) times[time].changed.push(node);
  for (const timer of run.timers) times[timer[0]].timers.push(timer);
  return times.map(({ sent, ...others }) => ({
    arrows: sent,
    words: wordsBeside(sent, scene, run),
    ...others,
  }));
}

/** Where the same is sent to several, it is said once; where more than one thing is, how many more. */
function wordsBeside(sent: readonly Arrow[], { texts }: Scene, run: SceneRun): ReadonlyMap<Arrow, string> {
  const bundles = new Map<string, Arrow[]>();
  for (const arrow of sent) {
    const key = [arrow.from, Math.sign(arrow.to - arrow.from), arrow.arrival === null].join();
    const bundle = bundles.get(key) ?? [];
    bundles.set(key, bundle);
    bundle.push(arrow);
  }
  return new Map(
    [...bundles.values()].map((bundle) => {
      const said = new Set(
        bundle.flatMap(({ messages }) => messages.map((number) => run.messages[number].text)),
      );
      const [first] = said;
      return [bundle[0], said.size === 1 ? texts[first] : `${texts[first]} +${said.size - 1}`];
    }),
  );
}

function groupArrows(messages: readonly SceneMessage[]): readonly Arrow[] {
  const arrows = new Map<string, Arrow & { readonly messages: number[] }>();
  for (const [number, { from, to, sent, arrivals, isSent }] of messages.entries())
    for (const arrival of arrivals.length === 0 ? [null] : arrivals) {
      const key = [from, to, sent, arrival, isSent].join();
      const arrow = arrows.get(key);
      const isLate = arrival !== null && arrival > sent + 1;
      if (arrow !== undefined) arrow.messages.push(number);
      else arrows.set(key, { from, to, sent, arrival, isSent, isLate, messages: [number] });
    }
  return [...arrows.values()];
}

/** What a node knows in one respect: a relation with its tuples, or a field with its value. */
export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly item: number;
  readonly text: string;
  /** `gone`: it was so at the timestep before, and is not any more. */
  readonly since: 'before' | 'now' | 'gone';
}

/** What a node knows at a time, and what it knew just before, by name. */
export function knownAt(scene: Scene, run: SceneRun, node: number, time: number): readonly Group[] {
  const known = new Map<number, Entry['since']>();
  for (const [at, added, removed] of run.states[node]) {
    if (at > time) break;
    for (const [item, since] of known) if (since === 'gone') known.delete(item);
    for (const item of known.keys()) known.set(item, 'before');
    for (const item of removed)
      if (at === time) known.set(item, 'gone');
      else known.delete(item);
    for (const item of added) known.set(item, at === time ? 'now' : 'before');
  }
  const groups = new Map<string, Entry[]>();
  for (const [item, since] of known) {
    const [group, text] = scene.items[item].map((number) => scene.texts[number]);
    const entries = groups.get(group) ?? [];
    groups.set(group, entries);
    entries.push({ item, text, since });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entries]) => ({ name, entries }));
}
