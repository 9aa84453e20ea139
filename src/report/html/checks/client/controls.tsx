/** What goes through time, and what switches faults off and on. */
import { useEffect, useState } from 'preact/hooks';
import type { Scene } from '../scene.js';
import { clipped } from './clipped.js';

export interface ControlsProps {
  readonly scene: Scene;
  readonly time: number;
  readonly onTime: (time: number) => void;
}

/** Milliseconds for a timestep when it plays. */
const PACE = 900;

export function Controls({ scene: { eot }, time, onTime }: ControlsProps) {
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return undefined;
    if (time >= eot) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => onTime(time + 1), PACE);
    return () => clearTimeout(timer);
  }, [isPlaying, time]);
  const play = () => {
    if (time >= eot) onTime(1);
    setPlaying(!isPlaying);
  };
  return (
    <div class="controls" role="group" aria-label="Time">
      <button type="button" onClick={() => onTime(1)} disabled={time === 1} aria-label="First timestep">
        |◀
      </button>
      <button
        type="button"
        onClick={() => onTime(time - 1)}
        disabled={time === 1}
        aria-label="One timestep back"
      >
        ◀
      </button>
      <button
        type="button"
        onClick={() => onTime(time + 1)}
        disabled={time === eot}
        aria-label="One timestep on"
      >
        ▶
      </button>
      <button type="button" onClick={() => onTime(eot)} disabled={time === eot} aria-label="Last timestep">
        ▶|
      </button>
      <button type="button" onClick={play}>
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <input
        type="range"
        min={1}
        max={eot}
        value={time}
        aria-label="Timestep"
        onInput={({ currentTarget }) => onTime(currentTarget.valueAsNumber)}
      />
      <output>
        time {time} of {eot}
      </output>
    </div>
  );
}

export interface SwitchesProps {
  readonly scene: Scene;
  /** The faults that happen. */
  readonly on: readonly number[];
  readonly isBeside: boolean;
  readonly hasFree: boolean;
  readonly onSwitch: (on: readonly number[]) => void;
  readonly onBeside: (isBeside: boolean) => void;
}

/** Of a fault, as it is written: names may be as long as they like. */
const MOST_LETTERS = 100;

export function Switches({ scene, on, isBeside, hasFree, onSwitch, onBeside }: SwitchesProps) {
  if (!hasFree) return null;
  return (
    <fieldset class="switches">
      <legend>Faults that happen</legend>
      {scene.faults.map(({ text, means }, fault) => (
        <label key={fault} class="tick" title={means}>
          <input
            type="checkbox"
            checked={on.includes(fault)}
            onChange={({ currentTarget }) =>
              onSwitch(currentTarget.checked ? [...on, fault] : on.filter((other) => other !== fault))
            }
          />{' '}
          {clipped(text, MOST_LETTERS)}
        </label>
      ))}
      <label class="tick">
        <input
          type="checkbox"
          checked={isBeside}
          onChange={({ currentTarget }) => onBeside(currentTarget.checked)}
        />{' '}
        The run without faults beside it
      </label>
    </fieldset>
  );
}
