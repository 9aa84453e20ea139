/** A run as a sequence diagram of Mermaid, which forges and editors draw in Markdown. */
import type { Run } from '../../injector/run.js';
import { visible } from '../../model/text/display.js';
import type { Divergence } from '../../runner/result.js';
import { noteOf } from '../text/diagram/margin.js';
import type { ArrowFate, Row } from '../text/diagram/rows.js';
import { type DiagramStep, firedText, selectSteps } from '../text/diagram/steps.js';
import type { Watched } from '../text/diagram/watched.js';
import { mermaidText } from '../mermaid.js';

/** Solid where it arrives in time, with a cross where it is lost, broken where it is late or was kept from being sent. */
const ARROW: Readonly<Record<ArrowFate, string>> = {
  delivered: '->>',
  twice: '->>',
  late: '--)',
  lost: '-x',
  'not sent': '--x',
};

/**
 * Shows what the picture of the text report shows.
 *
 * @param divergence from the failure-free run
 * @param watched told where it changes; default nothing
 */
export function asSequence(
  run: Run,
  divergence: Divergence | undefined,
  watched: readonly Watched[] = [],
): string {
  const { steps } = selectSteps(run, divergence, watched);
  const participants = new Map(run.nodes.map((node, index) => [node, `n${index}`]));
  const lines = [
    'sequenceDiagram',
    ...run.nodes.map((node, index) => `  participant n${index} as ${mermaidText(visible(node))}`),
    ...steps.flatMap((step) => stepLines(step, run, participants, watched).map((line) => `  ${line}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function stepLines(
  step: DiagramStep,
  run: Run,
  participants: ReadonlyMap<string, string>,
  watched: readonly Watched[],
): readonly string[] {
  const of = (node: string) => participants.get(node)!;
  const lanes = [...participants.values()];
  const everywhere = [...new Set([lanes.at(0), lanes.at(-1)])].join(',');
  const times = step.from === step.to ? `${step.from}` : `${step.from}–${step.to}`;
  const note = noteOf(step, run);
  return [
    `Note over ${everywhere}: ${mermaidText(note === undefined ? `time ${times}` : `time ${times}: ${note.text}`)}`,
    ...step.strikes.map(({ node, happens }) =>
      node === undefined
        ? `Note over ${everywhere}: ${mermaidText(happens)}`
        : `Note over ${of(node)}: ${mermaidText(`${visible(node)} ${happens}`)}`,
    ),
    ...step.fired.map((fired) => `Note over ${of(fired.node)}: ${mermaidText(firedText(fired))}`),
    ...watched
      .filter(({ at }) => at(step.from) !== at(step.from - 1))
      .map(
        ({ node, title, at }) =>
          `Note over ${of(node)}: ${mermaidText(`${title}: ${at(step.from) || '(none)'}`)}`,
      ),
    ...step.rows.flatMap((row) => rowLines(row, of)),
  ];
}

function rowLines({ from, ends, labels }: Row, of: (node: string) => string): readonly string[] {
  const sent = labels.length === 0 ? '(nothing was sent)' : labels.join(', ');
  return ends.map(({ to, fate }) => {
    const label = fate === 'delivered' || fate === 'lost' ? sent : `${fate}: ${sent}`;
    return `${of(from)}${ARROW[fate]}${of(to)}: ${mermaidText(label)}`;
  });
}
