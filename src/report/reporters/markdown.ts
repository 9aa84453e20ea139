/**
 * A report in Markdown as GitHub and GitLab show it: a table of all checks, then each that is not as it should be, with
 * its run as a sequence diagram. It is the summary of a job, or a comment on a change.
 */
import type { BlockContent, PhrasingContent, RootContent, TableRow } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { describeFault } from '../../injector/schedule.js';
import { groupBy } from '../../model/group.js';
import { visible } from '../../model/text/display.js';
import { formatCount, listed, plural } from '../../model/text/numbers.js';
import type { Counterexample } from '../../runner/result.js';
import type { Findings } from '../json/findings.js';
import { asSequence } from '../runs/sequence.js';
import { type ReporterContext, type Telling, tellingsOf } from './telling.js';

/** A page that is longer than a megabyte is not shown as the summary of a job. */
const MOST_SECTIONS = 20;

const MARK: Readonly<Record<Telling['outcome'], string>> = {
  passed: '✅',
  failed: '❌',
  error: '❌',
  interrupted: '⏹️',
  warning: '⚠️',
};

export function asMarkdown(findings: Findings, context: ReporterContext): string {
  const told = tellingsOf(findings, context);
  const remarkable = told.filter(({ outcome }) => outcome !== 'passed');
  const left = remarkable.length - MOST_SECTIONS;
  const checked = told.filter(({ elapsed }) => elapsed !== undefined);
  const children: readonly RootContent[] = [
    { type: 'heading', depth: 2, children: text(`ldfi: ${tally(told)}`) },
    ...(checked.length === 0 ? [] : [tableOf(checked)]),
    ...remarkable.slice(0, MOST_SECTIONS).flatMap(section),
    ...(left > 0
      ? [{ type: 'paragraph' as const, children: text(`${formatCount(left)} more, not shown here.`) }]
      : []),
  ];
  return toMarkdown(
    { type: 'root', children: [...children] },
    { extensions: [gfmTableToMarkdown()], bullet: '-' },
  );
}

const NOUNS: readonly string[] = ['error', 'warning'];

/** `1 violated, 3 certified and 2 errors` */
function tally(told: readonly Telling[]): string {
  const names = told.map(({ outcome, rule }) => (NOUNS.includes(outcome) ? outcome : rule));
  const counts = [...groupBy(names, (name) => name)].map(([name, alike]) =>
    NOUNS.includes(name) ? plural(alike.length, name) : `${formatCount(alike.length)} ${name}`,
  );
  return counts.length === 0 ? 'nothing was checked' : listed(counts);
}

function tableOf(told: readonly Telling[]): RootContent {
  const row = (cells: readonly PhrasingContent[][]): TableRow => ({
    type: 'tableRow',
    children: cells.map((children) => ({ type: 'tableCell', children })),
  });
  return {
    type: 'table',
    align: [],
    children: [
      row([[], text('scenario'), text('within'), text('verdict')]),
      ...told.map(({ outcome, name, within, summary, rule }) =>
        row([text(MARK[outcome]), code(name), text(within), text(detail(summary, rule, within))]),
      ),
    ],
  };
}

/** What the other columns say is not said again. */
function detail(summary: string, rule: string, within: string): string {
  return visible(summary.replace(`${rule} within ${within}`, rule));
}

function section(telling: Telling): readonly RootContent[] {
  const { name, rule, outcome, within, check, report } = telling;
  const title = [
    ...text(`${MARK[outcome]} ${rule} `),
    ...(rule === name ? [] : code(name)),
    ...text(` ${within}`),
  ];
  const counterexamples = check?.verdict.kind === 'violated' ? check.verdict.counterexamples : [];
  return [
    { type: 'heading', depth: 3, children: title },
    ...counterexamples.slice(0, 1).flatMap(pictureOf),
    ...(counterexamples.length === 0
      ? [fenced('text', report)]
      : folded('The whole report', fenced('text', report))),
  ];
}

function pictureOf({ faults, run, divergence }: Counterexample): readonly BlockContent[] {
  const words = faults.map(describeFault).map(visible);
  return [
    {
      type: 'list',
      spread: false,
      children: (words.length === 0 ? ['no fault is needed'] : words).map((each) => ({
        type: 'listItem',
        spread: false,
        children: [{ type: 'paragraph', children: text(each) }],
      })),
    },
    fenced('mermaid', asSequence(run, divergence)),
  ];
}

/** Behind a line that opens it. @param title in HTML */
function folded(title: string, content: RootContent): readonly RootContent[] {
  return [
    { type: 'html', value: `<details><summary>${title}</summary>` },
    content,
    { type: 'html', value: '</details>' },
  ];
}

function fenced(lang: string, value: string): BlockContent {
  return { type: 'code', lang, value: value.trimEnd() };
}

function text(value: string): PhrasingContent[] {
  return [{ type: 'text', value }];
}

function code(value: string): PhrasingContent[] {
  return [{ type: 'inlineCode', value: visible(value) }];
}
