/** Where a run first parts from the failure-free one, by node. */
import { visible } from '../../model/text/display.js';
import type { GroundFact } from '../../injector/run.js';
import { compareStrings } from '../../model/order.js';
import type { Divergence, FactDivergence } from '../../runner/result.js';
import { formatFact } from './facts.js';
import type { ReportOptions } from './options.js';
import { stateDivergenceLines } from './state-changes.js';
import { padEnd } from '../../model/text/text.js';

/** Facts listed before the rest is only counted. */
const FEW = 8;

export function divergenceLines(divergence: Divergence, options: ReportOptions): readonly string[] {
  switch (divergence.kind) {
    case 'facts':
      return factLines(divergence, options);
    case 'states':
      return stateDivergenceLines(divergence, options);
  }
}

function factLines(divergence: FactDivergence, options: ReportOptions): readonly string[] {
  const { style, verbose } = options;
  const changes = [
    ...divergence.missing.map((fact) => ({ fact, sign: '-', mark: style.bad })),
    ...divergence.added.map((fact) => ({ fact, sign: '+', mark: style.good })),
  ].sort((a, b) => compareStrings(nodeOf(a.fact), nodeOf(b.fact)));
  const shown = verbose ? changes : changes.slice(0, FEW);
  const nodeWidth = Math.max(...shown.map(({ fact }) => nodeOf(fact).length));
  const lines = shown.map(({ fact, sign, mark }, index) => {
    const repeated = index > 0 && nodeOf(shown[index - 1].fact) === nodeOf(fact);
    return `  ${padEnd(repeated ? '' : nodeOf(fact), nodeWidth)}  ${mark(`${sign} ${formatFact(fact)}`)}`;
  });
  const more = changes.length - shown.length;
  return [
    style.strong(`Parts from the failure-free run at time ${divergence.time}`) +
      style.faint(' (- missing, + only here)'),
    ...lines,
    ...(more === 0 ? [] : [style.faint(`  and ${more} more`)]),
  ];
}

/** The location of a fact. */
function nodeOf(fact: GroundFact): string {
  return visible(fact.tuple[0].toString());
}
