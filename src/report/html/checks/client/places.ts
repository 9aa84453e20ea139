/** Where things stand in a picture, in pixels. */
import type { Scene } from '../scene.js';

/** A scene, as large as there is room for. */
export interface PictureFrame {
  readonly scene: Scene;
  /** Between two lanes. */
  readonly lane: number;
}

/** Between two timesteps. */
export const STEP = 54;
/** Left of the lanes. */
export const EDGE = 52;
/** Of the names. */
export const HEAD = 30;

const NARROWEST = 84;
const WIDEST = 300;
/** What of the width of a screen the lanes of all pictures that stand side by side share at the most, beside lists and below them. */
const BESIDE = 0.51;
const WIDEST_SHARED = 780;
/** How wide a screen is where lists are beside pictures. */
const HAS_BESIDE = 992;
/** What of the width of a narrower one lanes have not. */
const AROUND = 110;

/**
 * @param pictures that stand side by side
 * @param screen how wide it is
 */
export function frameOf(scene: Scene, pictures: number, screen: number): PictureFrame {
  const shared = screen < HAS_BESIDE ? screen - AROUND : Math.min(WIDEST_SHARED, BESIDE * screen);
  const share = shared / pictures / scene.nodes.length;
  return { scene, lane: Math.max(NARROWEST, Math.min(WIDEST, share)) };
}

export function xOf({ lane }: PictureFrame, node: number): number {
  return EDGE + lane * (node + 0.5);
}

export function yOf(time: number): number {
  return (time - 0.5) * STEP;
}

export function widthOf({ scene, lane }: PictureFrame): number {
  return EDGE + lane * scene.nodes.length;
}

export function heightOf({ scene }: PictureFrame): number {
  return yOf(scene.eot + 1) + 8;
}
