/** Words of a picture stand beside their arrows, each in its place, and none upon another where there is room. */
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../../src/report/html/checks/client/course.js';
import { endsOf } from '../../../../src/report/html/checks/client/arrow-lines.js';
import { frameOf } from '../../../../src/report/html/checks/client/places.js';
import { placeWords } from '../../../../src/report/html/checks/client/words.js';
import type { Scene, SceneMessage } from '../../../../src/report/html/checks/scene.js';

function sceneOf(
  nodes: number,
  eot: number,
  sent: readonly (readonly [from: number, to: number, at: number])[],
) {
  const messages = sent.map(([from, to, at]): SceneMessage => ({
    from,
    to,
    sent: at,
    arrivals: [at + 1],
    isSent: true,
    text: from,
    causal: true,
    cut: [],
  }));
  const names = Array.from({ length: nodes }, (_, index) => `n${index}`);
  const nothing = names.map(() => []);
  const scene: Scene = {
    nodes: names,
    eot,
    faults: [],
    runs: [
      {
        on: [],
        messages,
        timers: [],
        states: [...nothing, []],
        down: nothing,
        paused: nothing,
        properties: [],
        parts: null,
        lineage: null,
      },
    ],
    texts: names.map((name) => `hello ${name}`),
    items: [],
    places: [],
  };
  return scene;
}

const crossing = [1, 2, 3].flatMap((at) => [
  [0, 2, at] as const,
  [1, 2, at] as const,
  [2, 0, at] as const,
  [2, 1, at] as const,
]);

describe('words beside arrows', () => {
  it('are one for each that has any, near its arrow', () => {
    const scene = sceneOf(3, 4, crossing);
    const frame = frameOf(scene, 1, 1440);
    const steps = stepsOf(scene, scene.runs[0]);
    const placed = placeWords(frame, steps);
    const told = steps.flatMap(({ words }) => [...words.keys()]);
    expect(new Set(placed.keys())).toEqual(new Set(told));
    for (const [arrow, { x, y }] of placed) {
      const { start, end } = endsOf(frame, arrow);
      const share = (x - start.x) / (end.x - start.x);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
      expect(Math.abs(start.y + share * (end.y - start.y) - y)).toBeLessThanOrEqual(15);
    }
  });

  it('do not stand upon one another where messages cross', () => {
    const scene = sceneOf(3, 4, crossing);
    const placed = [...placeWords(frameOf(scene, 1, 1440), stepsOf(scene, scene.runs[0])).values()];
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1))
        expect(Math.abs(one.y - other.y) >= 13 || Math.abs(one.x - other.x) >= 6 * one.text.length).toBe(
          true,
        );
  });
});
