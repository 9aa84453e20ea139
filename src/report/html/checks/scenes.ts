/** The counterexamples of a page that can be gone through, and what the script reads that shows them. */
import { h } from 'hastscript';
import type { Bounds } from '../../../injector/bounds.js';
import type { CounterexampleStudy } from '../../../runner/explain/study.js';
import { dataElement, type Markup } from '../document.js';
import { sceneOf, type SceneCounterexample } from './scene-of.js';
import script from 'script:./client/main.tsx';

/** The script of every page that has scenes. */
export const SCENE_SCRIPT = script;

/** UTF-16 code units of all counterexamples together, beyond which the others are told as text alone. */
const MOST_DATA = 30_000_000;

/** Counterexamples that can be gone through. */
const MOST_SCENES = 200;

export class Scenes {
  /** To stand in the page behind all else. */
  readonly data: Markup[] = [];
  private size = 0;

  /**
   * @param study undefined where nothing but the counterexample is known
   * @returns where it is gone through, to stand in a `details` element
   */
  add(counterexample: SceneCounterexample, bounds: Bounds, study: CounterexampleStudy | undefined): Markup {
    if (this.data.length >= MOST_SCENES || this.size > MOST_DATA)
      return h('p.hint', 'There is no room for its run in this file: `ldfi replay` shows it.');
    const id = `scene-${this.data.length + 1}`;
    const element = dataElement(id, sceneOf(counterexample, bounds, study));
    this.data.push(element);
    this.size += JSON.stringify(element).length;
    return h('div', { dataScene: id }, [h('p.hint', 'Without its script this page does not show runs.')]);
  }
}
