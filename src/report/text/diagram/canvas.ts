/** One row of single-column glyphs, each with its meaning, so that it can be painted over and then marked. */
import type { Style } from '../style.js';

/** What a glyph stands for, which decides how it is marked. */
export type Ink = 'blank' | 'alive' | 'crashed' | 'delivered' | 'lost';

export class Canvas {
  private readonly glyphs: string[];
  private readonly inks: Ink[];

  constructor(readonly width: number) {
    this.glyphs = Array.from({ length: width }, () => ' ');
    this.inks = Array.from({ length: width }, () => 'blank');
  }

  put(column: number, glyph: string, ink: Ink): void {
    this.glyphs[column] = glyph;
    this.inks[column] = ink;
  }

  /** Paints every column that is blank, up to the last that is not. */
  across(glyph: string, ink: Ink): void {
    const last = this.inks.findLastIndex((each) => each !== 'blank');
    for (let at = 0; at < last; at++) if (this.inks[at] === 'blank') this.put(at, glyph, ink);
  }

  /** Paints the columns strictly between two others, in either order. */
  between(one: number, other: number, glyph: string, ink: Ink): void {
    for (let at = Math.min(one, other) + 1; at < Math.max(one, other); at++) this.put(at, glyph, ink);
  }

  render(style: Style): string {
    let text = '';
    for (let start = 0, end = 0; start < this.width; start = end) {
      while (end < this.width && this.inks[end] === this.inks[start]) end++;
      text += mark(this.glyphs.slice(start, end).join(''), this.inks[start], style);
    }
    return text;
  }
}

function mark(text: string, ink: Ink, style: Style): string {
  switch (ink) {
    case 'blank':
    case 'delivered':
      return text;
    case 'alive':
    case 'crashed':
      return style.faint(text);
    case 'lost':
      return style.bad(text);
  }
}
