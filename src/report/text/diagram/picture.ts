/** Steps as a picture: a lane for each node, an arrow for each row. */
import { visible } from '../../../model/text/display.js';
import type { Course } from '../../../injector/run.js';
import { downtime, pausesUnder } from '../../../injector/world.js';
import { displayWidth, padEnd, truncate } from '../../../model/text/text.js';
import { Canvas } from './canvas.js';
import { laneOf, type Lanes } from './lanes.js';
import { isLost, labelLines, MARGIN, noteOf, timeMargin, type DiagramOptions, type Note } from './margin.js';
import type { ArrowFate, Row } from './rows.js';
import { firedText, TIMER, type DiagramStep, type Fired, type Marked } from './steps.js';

/** What an arrow ends in, by what becomes of what is sent. */
function headOf(fate: ArrowFate, side: -1 | 1): string {
  switch (fate) {
    case 'delivered':
      return side > 0 ? '►' : '◄';
    case 'late':
      return side > 0 ? '⇢' : '⇠';
    case 'twice':
      return side > 0 ? '⇉' : '⇇';
    case 'lost':
    case 'not sent':
      return '✗';
  }
}

/** Lines, by what they are of. */
export interface Drawn {
  readonly header: readonly string[];
  /** Of each step at least one. */
  readonly steps: readonly (readonly string[])[];
}

export class Picture {
  private readonly isDown: (node: string, time: number) => boolean;
  private readonly isPaused: (node: string, time: number) => boolean;

  constructor(
    private readonly run: Course,
    private readonly lanes: Lanes,
    private readonly options: DiagramOptions,
  ) {
    this.isDown = downtime(run.faults);
    this.isPaused = pausesUnder(run.faults);
  }

  draw(steps: readonly DiagramStep[]): Drawn {
    return { header: this.header(), steps: steps.map((step) => this.step(step)) };
  }

  /** The names over their lanes; where they would touch, a staircase with a line for each. */
  private header(): string[] {
    const { nodes, spacing } = this.lanes;
    const { strong, faint } = this.options.style;
    const names = nodes.map(visible);
    const room = this.options.width - MARGIN;
    const title = 'time'.padStart(MARGIN - 2) + '  ';
    if (names.slice(0, -1).every((name) => displayWidth(name) < spacing))
      return [faint(title) + strong(names.map((name) => padEnd(name, spacing)).join(''))];
    return names.map((name, index) => {
      const margin = index === names.length - 1 ? title : ' '.repeat(MARGIN);
      return (
        faint(margin + padEnd('│', spacing).repeat(index)) + strong(truncate(name, room - index * spacing))
      );
    });
  }

  private step(step: DiagramStep): string[] {
    const note = noteOf(step, this.run);
    const bodies = [
      ...step.strikes.map((strike) => this.strike(step, strike)),
      ...step.fired.map((fired) => this.fired(step, fired)),
      ...step.rows.flatMap((row) => this.row(step, row)),
      ...(note === undefined ? [] : [this.note(step, note)]),
    ];
    return bodies.map(
      (body, index) => (index === 0 ? timeMargin(step, this.options) : ' '.repeat(MARGIN)) + body,
    );
  }

  private strike(step: DiagramStep, { node, happens, mark }: Marked): string {
    const canvas = this.lifelines(step);
    if (node === undefined) canvas.across(mark, 'lost');
    else canvas.put(laneOf(this.lanes, node), mark, 'lost');
    const text = node === undefined ? happens : `${visible(node)} ${happens}`;
    return this.labelled(canvas, this.options.style.bad(truncate(text, this.lanes.labelWidth)));
  }

  private fired(step: DiagramStep, fired: Fired): string {
    const canvas = this.lifelines(step);
    canvas.put(laneOf(this.lanes, fired.node), TIMER, 'delivered');
    const text = `${visible(fired.node)}: ${firedText(fired)}`;
    return this.labelled(canvas, truncate(text, this.lanes.labelWidth));
  }

  private note(step: DiagramStep, { text, isBad }: Note): string {
    const { bad, faint } = this.options.style;
    return this.labelled(this.lifelines(step), (isBad ? bad : faint)(truncate(text, this.lanes.labelWidth)));
  }

  private row(step: DiagramStep, row: Row): string[] {
    return labelLines(row, this.lanes.labelWidth).map((line, index) => {
      const canvas = this.lifelines(step);
      if (index === 0) this.arrow(canvas, row);
      return this.labelled(canvas, isLost(row) ? this.options.style.bad(line) : line);
    });
  }

  private arrow(canvas: Canvas, row: Row): void {
    for (const side of [-1, 1] as const) this.arm(canvas, row, side);
    const unsent = row.ends.some((end) => end.fate === 'not sent');
    const toSelf = row.ends.some((end) => end.to === row.from);
    const glyph = toSelf ? '↻' : unsent ? '◌' : '●';
    canvas.put(laneOf(this.lanes, row.from), glyph, unsent ? 'lost' : 'delivered');
  }

  /** The half of an arrow to one side: solid as far as something arrives in time, broken beyond. */
  private arm(canvas: Canvas, row: Row, side: -1 | 1): void {
    const origin = laneOf(this.lanes, row.from);
    const ends = row.ends
      .map(({ to, fate }) => ({ lane: laneOf(this.lanes, to), fate }))
      .filter((end) => Math.sign(end.lane - origin) === side)
      .sort((a, b) => side * (b.lane - a.lane));
    const farthest = ends[0]?.lane ?? origin;
    const reached = ends.find(({ fate }) => fate === 'delivered' || fate === 'twice')?.lane ?? origin;
    canvas.between(origin, reached, '─', 'delivered');
    canvas.between(reached, farthest, '╌', 'lost');
    for (const { lane, fate } of ends)
      canvas.put(lane, headOf(fate, side), fate === 'delivered' ? 'delivered' : 'lost');
  }

  private lifelines(step: DiagramStep): Canvas {
    const canvas = new Canvas(this.lanes.labelStart);
    for (const node of this.lanes.nodes) {
      const lane = laneOf(this.lanes, node);
      if (this.isDown(node, step.from)) canvas.put(lane, '┊', 'crashed');
      else canvas.put(lane, this.isPaused(node, step.from) ? '·' : '│', 'alive');
    }
    return canvas;
  }

  private labelled(canvas: Canvas, label: string): string {
    return canvas.render(this.options.style) + label;
  }
}
