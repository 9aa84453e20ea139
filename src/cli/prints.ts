/**
 * What the user's code prints. It is told with what printed it: a handler is called as often as the check likes, so
 * that by itself a line says nothing, and a line for each call would be too much; so the same text of the same handler
 * is told once, with the first call.
 */
import { type BegunCalls, describeCall, displayPath, handlerName, visible } from '../toolkit.js';
import type { PrintSource, WorkStep, WorkEvent } from './work.js';

/** What is printed in one thread. */
export class Prints {
  private step: WorkStep = { kind: 'finding' };
  /** The one that was begun last. */
  private scenario: string | undefined;
  private calls: BegunCalls | undefined;
  private readonly told = new Set<string>();

  constructor(private readonly tell: (event: WorkEvent) => void) {}

  /** To be told of all events, which say what the thread is at. */
  hear(event: WorkEvent): void {
    if (event.kind !== 'entered') return;
    this.step = event.step;
    if (event.step.kind === 'item') this.scenario = event.step.name;
    this.calls = undefined;
  }

  /** To be told of each call that begins. */
  begin(calls: BegunCalls): void {
    this.calls = calls;
  }

  print(text: string): void {
    const source = this.source();
    if (source === undefined || isNew(this.told, source, text)) this.tell({ kind: 'printed', source, text });
  }

  /** Undefined where it is not known, as of a timer that a module left running. */
  private source(): PrintSource | undefined {
    const call = this.calls?.underWay?.call;
    if (call !== undefined) {
      const of = this.scenario === undefined ? '' : ` in ${visible(this.scenario)}`;
      return { shown: `${describeCall(call)}${of}`, name: `${handlerName(call.event)}${of}` };
    }
    if (this.step.kind !== 'loading') return undefined;
    const file = displayPath(this.step.path);
    return { shown: file, name: file };
  }
}

/** Whether a source has not printed a text before, among what is told; from now on it has. */
export function isNew(told: Set<string>, { name }: PrintSource, text: string): boolean {
  const key = JSON.stringify([name, text]);
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** What was printed, as it is told. */
export function formatPrint(source: PrintSource | undefined, text: string): string {
  if (source === undefined) return text;
  const lines = text.replace(/\n$/, '').split('\n');
  const shown = lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  ${line}`).join('');
  return `printed by ${source.shown}:${shown}\n`;
}
