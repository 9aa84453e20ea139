/** What every node knows at a time, and what changed since the timestep before. */
import { useState } from 'preact/hooks';
import type { Scene, SceneRun } from '../scene.js';
import { knownAt, type Entry, type Group } from './course.js';

export interface StatesProps {
  readonly scene: Scene;
  readonly run: SceneRun;
  readonly time: number;
  readonly onChoose: (item: number, node: number) => void;
}

export function States({ scene, run, time, onChoose }: StatesProps) {
  const [onlyChanged, setOnlyChanged] = useState(scene.nodes.length > 8);
  const all = [...run.states.keys()].map((node) => ({ node, groups: knownAt(scene, run, node, time) }));
  const known = all.filter(({ groups }) => groups.length > 0);
  const shown = onlyChanged ? known.filter(({ groups }) => groups.some(isChanged)) : known;
  return (
    <section class="panel" role="group" aria-label={`What the nodes know at time ${time}`}>
      <h3>What the nodes know at time {time}</h3>
      <label class="tick">
        <input
          type="checkbox"
          checked={onlyChanged}
          onChange={({ currentTarget }) => setOnlyChanged(currentTarget.checked)}
        />{' '}
        Only what changed
      </label>
      {shown.length === 0 && <p class="hint">Nothing {onlyChanged ? 'changed' : 'is known'} at this time.</p>}
      {shown.map(({ node, groups }) => (
        <div class="card" key={node}>
          <h4>
            {scene.nodes.at(node) ?? 'At no node'}
            {run.down.at(node)?.includes(time) === true && <span class="bad"> down</span>}
            {run.paused.at(node)?.includes(time) === true && <span class="hint"> pauses</span>}
          </h4>
          <dl>
            {groups
              .filter((group) => !onlyChanged || isChanged(group))
              .map((group) => (
                <Known key={group.name} group={group} onChoose={(item) => onChoose(item, node)} />
              ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function isChanged({ entries }: Group): boolean {
  return entries.some(({ since }) => since !== 'before');
}

/** Entries that are shown before somebody asks for more. */
const FEW = 12;

const RANK: Readonly<Record<Entry['since'], number>> = { gone: 0, now: 1, before: 2 };

const SIGN: Readonly<Record<Entry['since'], string>> = { gone: '−', now: '+', before: '' };

const MEANING: Readonly<Record<Entry['since'], string>> = { gone: 'no more: ', now: 'new: ', before: '' };

interface KnownProps {
  readonly group: Group;
  readonly onChoose: (item: number) => void;
}

function Known({ group: { name, entries }, onChoose }: KnownProps) {
  const [isWhole, setWhole] = useState(false);
  const sorted = [...entries].sort((a, b) => RANK[a.since] - RANK[b.since] || (a.text < b.text ? -1 : 1));
  const shown = isWhole ? sorted : sorted.slice(0, FEW);
  const left = sorted.length - shown.length;
  return (
    <div class="known">
      <dt>{name}</dt>
      {shown.map(({ item, text, since }) => (
        <dd key={item} class={since}>
          <span aria-hidden="true">{SIGN[since]}</span>
          <span class="only-heard">{MEANING[since]}</span>
          {since === 'gone' ? (
            <s>{text}</s>
          ) : (
            <button type="button" class="fact" onClick={() => onChoose(item)}>
              {text}
            </button>
          )}
        </dd>
      ))}
      {left > 0 && (
        <dd>
          <button type="button" class="more" onClick={() => setWhole(true)}>
            and {left} more
          </button>
        </dd>
      )}
    </div>
  );
}
