/** Every message of a run, one a line: what the picture leaves out. */
import { visible } from '../../model/text/display.js';
import type { Run } from '../../injector/run.js';
import { formatMessage } from './facts.js';
import type { Style } from './style.js';
import { displayWidth, padEnd } from '../../model/text/text.js';

export function messageLines(run: Run, style: Style): readonly string[] {
  const nameWidth = Math.max(4, ...run.nodes.map((node) => displayWidth(visible(node))));
  const row = (time: string, from: string, to: string, fate: string, message: string) =>
    `${time.padStart(7)}  ${padEnd(from, nameWidth)}  ${padEnd(to, nameWidth)}  ${padEnd(fate, 9)}  ${message}`;
  const lines = run.messages.map((message) => {
    const { sent, from, to, fate } = message;
    const line = row(`${sent}`, visible(from), visible(to), fate, formatMessage(message));
    return fate === 'delivered' ? line : style.bad(line);
  });
  return [style.strong('Every message'), style.faint(row('time', 'from', 'to', 'fate', 'message')), ...lines];
}
