/** How much of a large picture is drawn: what is seen first at once, and the rest bit by bit, while nothing else is done. */
import { useEffect, useState } from 'preact/hooks';
import type { SceneRun } from '../scene.js';

/** Messages of a run beyond which its picture is large. */
const MANY = 600;

/** Timesteps that are drawn at once, at first and every time: few enough that what a reader does is answered meanwhile. */
const FIRST = 30;
const MORE = 5;

/**
 * @param needed a timestep that has to be drawn
 * @returns the last timestep that is drawn
 */
export function useDrawn({ messages }: SceneRun, eot: number, needed: number): number {
  const [drawn, setDrawn] = useState(messages.length > MANY ? FIRST : eot);
  const last = Math.min(eot, Math.max(drawn, needed + FIRST));
  useEffect(() => {
    if (last >= eot) return undefined;
    const timer = setTimeout(() => {
      setDrawn(last + MORE);
    });
    return () => {
      clearTimeout(timer);
    };
  }, [last, eot]);
  return last;
}
