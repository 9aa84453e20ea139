/** How the work that is under way goes on, in one line that is erased before anything else is told. */
import { type SystemProgress, visible } from '../toolkit.js';
import type { Screens } from './io.js';
import { Pace } from './pace.js';
import {
  describeDriving,
  describeProgress,
  isInCi,
  type PlaceAmongAll,
  progressLabel,
  ProgressLine,
  type ShownProgress,
} from './progress.js';
import type { BegunAttempt, BegunCheck, WorkEvent } from './work.js';

export class WorkUnderWay {
  private line: ProgressLine | undefined;
  /** Of the check that is under way, as its last timestep. */
  private pace = new Pace();
  private lastTimestep = 0;
  /** What is tried, of what makes many checks. */
  private trying: string | undefined;
  /** How many scenarios there are, and which of them is told of, from 1. */
  private scenarios = 0;
  private number = 0;

  constructor(private readonly io: Screens) {}

  /** @param heard when, on the clock of `performance` */
  see(event: WorkEvent, heard: number): void {
    if (event.kind === 'progressed') this.progress(event.progress, heard);
    else if (event.kind === 'attempted') this.attempt(event.attempt, heard);
    else if (event.kind === 'driving') this.drive(event.progress, heard);
    else {
      this.line?.erase();
      this.turnTo(event, heard);
    }
  }

  private turnTo(event: WorkEvent, heard: number): void {
    if (event.kind === 'entered' || event.kind === 'abandoned') this.line = undefined;
    if (event.kind === 'entered' && event.step.kind === 'item') this.number = event.step.index + 1;
    if (event.kind === 'found') this.scenarios = event.items.names.length;
    if (event.kind === 'began') this.begin(event.check, heard);
  }

  /** Shows how a check goes on that begins. */
  private begin({ name, bounds }: Pick<BegunCheck, 'name' | 'bounds'>, heard: number): void {
    this.pace = new Pace();
    this.lastTimestep = bounds.eot;
    this.trying = undefined;
    this.line = this.newLine(progressLabel(name, bounds, this.place), heard);
  }

  private progress(progress: ShownProgress, heard: number): void {
    const { pace, lastTimestep, trying } = this;
    pace.see(progress.timestep, heard);
    this.line?.update(
      describeProgress(progress, lastTimestep, { left: pace.left(lastTimestep, heard), trying }),
    );
  }

  private drive(progress: SystemProgress, heard: number): void {
    this.line ??= this.newLine(visible(progress.soFar.name), heard);
    this.line.update(describeDriving(progress));
  }

  /** Shows how work goes on that makes many checks, from the first of them until all is told. */
  private attempt({ name, bounds, trying }: BegunAttempt, heard: number): void {
    const label = progressLabel(name, bounds, this.place);
    this.pace = new Pace();
    this.lastTimestep = bounds.eot;
    this.trying = trying;
    this.line ??= this.newLine(label, heard);
    this.line.relabel(label);
    this.line.update({ done: trying });
  }

  private newLine(label: string, since: number): ProgressLine {
    return new ProgressLine(this.io.err, label, isInCi(this.io.environment), since);
  }

  private get place(): PlaceAmongAll | undefined {
    return this.scenarios > 1 ? { number: this.number, of: this.scenarios } : undefined;
  }
}
