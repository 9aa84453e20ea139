/** Lists in which everything stands once, and has a number. */
import { visible } from '../../../model/text/display.js';
import { positionOf, type SourceSpan } from '../../../model/diagnostics/source.js';
import type { Scene, SceneItem, ScenePlace } from './scene.js';

/** Gives numbers to what is equal by its key. */
export class Numbers<Thing> {
  private readonly numbers = new Map<string, number>();
  readonly all: Thing[] = [];

  numberOf(key: string, make: () => Thing): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.numbers.set(key, number);
    this.all.push(make());
    return number;
  }
}

/** The longest text on the page, in UTF-16 code units. */
const LONGEST = 400;

/** The lists of one scene. */
export class SceneTables implements Pick<Scene, 'texts' | 'items' | 'places'> {
  private readonly textNumbers = new Numbers<string>();
  private readonly itemNumbers = new Numbers<SceneItem>();
  private readonly placeNumbers = new Numbers<ScenePlace>();
  readonly texts = this.textNumbers.all;
  readonly items = this.itemNumbers.all;
  readonly places = this.placeNumbers.all;

  /** What is too long is cut, which shows. */
  text(text: string): number {
    return this.textNumbers.numberOf(text, () => shortened(text));
  }

  item(group: string, text: string): number {
    const item = [this.text(group), this.text(text)] as const;
    return this.itemNumbers.numberOf(item.join(), () => item);
  }

  place(span: SourceSpan | undefined): number | null {
    if (span === undefined) return null;
    const { source, start } = span;
    return this.placeNumbers.numberOf(`${start} ${source.name}`, () => ({
      file: shortened(visible(source.name.slice(source.name.search(/[^/\\]*$/)))),
      line: positionOf(source, start).line,
      code: shortened(visible(lineAt(source.text, start))),
    }));
  }
}

/** @returns a text that is cut where it is too long */
export function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end === -1 ? undefined : end).trim();
}
