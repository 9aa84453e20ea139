/** What checks found, as a page: all at a glance, then each counterexample to be gone through. */
import { h } from 'hastscript';
import { describeFault } from '../../../injector/schedule.js';
import { visible } from '../../../model/text/display.js';
import { formatCount, formatDuration, plural } from '../../../model/text/numbers.js';
import type { CheckResult, Counterexample } from '../../../runner/result.js';
import type { Findings } from '../../json/findings.js';
import { type ReporterContext, type Telling, tellingsOf, type ToldOutcome } from '../../reporters/telling.js';
import { documentText, type Markup } from '../document.js';
import { STYLE } from '../style.js';
import { shortened } from './numbering.js';
import { SCENE_SCRIPT, Scenes } from './scenes.js';
import { CHECKS_STYLE } from './style.js';

export function asPage(findings: Findings, context: ReporterContext): string {
  const told = tellingsOf(findings, context);
  const checked = told.filter(({ elapsed }) => elapsed !== undefined);
  const others = told.filter(({ elapsed }) => elapsed === undefined);
  const places = new Map(checked.map((telling, index) => [telling, `check-${index + 1}`]));
  const scenes = new Scenes();
  const { studies } = context;
  const isBad = ({ rule, outcome }: Telling) => rule === 'violated' || outcome !== 'passed';
  const details = (telling: Telling) => detailsOf(telling, places.get(telling)!, { scenes, studies });
  const bad = checked.filter(isBad).map(details);
  const good = checked
    .filter((telling) => !isBad(telling))
    .map((telling) => reportOf(telling, places.get(telling)!));
  return documentText({
    title: 'What ldfi found',
    style: STYLE + CHECKS_STYLE,
    script: SCENE_SCRIPT,
    body: [
      h('a.skip', { href: '#main' }, 'To the results'),
      header(checked, others),
      h('main', { id: 'main', tabIndex: -1 }, [
        ...(others.length === 0 ? [] : [problems(others)]),
        glance(checked, places),
        ...bad,
        ...(good.length === 0 ? [] : [section('others', bad.length === 0 ? 'Reports' : 'The others', good)]),
      ]),
      h('footer', [
        h('p', `Written by ldfi ${context.version}. The file needs nothing else, and asks for nothing.`),
      ]),
      ...scenes.data,
    ],
  });
}

const COLOUR: Readonly<Record<ToldOutcome, 'good' | 'bad' | 'caution'>> = {
  passed: 'good',
  failed: 'bad',
  error: 'bad',
  interrupted: 'caution',
  warning: 'caution',
};

function header(checked: readonly Telling[], others: readonly Telling[]): Markup {
  const count = (rule: string) => checked.filter((telling) => telling.rule === rule).length;
  const tiles = [
    { name: 'Violated', value: count('violated'), mark: 'bad' },
    { name: 'Certified', value: count('certified'), mark: 'good' },
    { name: 'Vacuous', value: count('vacuous'), mark: 'caution' },
    { name: 'Inconclusive', value: count('inconclusive'), mark: 'caution' },
    { name: 'Problems', value: others.length, mark: 'bad' },
  ];
  return h('header', [
    h('h1', 'What ldfi found'),
    h('p.hint', `${plural(checked.length, 'check')} within bounds`),
    h(
      'dl.tiles',
      tiles
        .filter(({ value }) => value > 0)
        .map(({ name, value, mark }) =>
          h('div', [h('dt', name), h('dd', { className: [mark] }, formatCount(value))]),
        ),
    ),
  ]);
}

function problems(others: readonly Telling[]): Markup {
  const reports = others.map(({ report }) => h('pre.report', { tabIndex: 0 }, report));
  return section('problems', 'Problems', reports);
}

/** Everything, a row each. */
function glance(checked: readonly Telling[], places: ReadonlyMap<Telling, string>): Markup {
  const columns = ['Scenario', 'Verdict', 'Within', 'By', 'Expected', 'Time', 'Processor'];
  return section('glance', 'All checks', [
    h('div.scroll', { tabIndex: 0, role: 'region', ariaLabel: 'Table of all checks' }, [
      h('table', [
        h('thead', [
          h(
            'tr',
            columns.map((column) => h('th', { scope: 'col' }, column)),
          ),
        ]),
        h(
          'tbody',
          checked.map((telling) => rowOf(telling, places.get(telling)!)),
        ),
      ]),
    ]),
  ]);
}

function rowOf({ name, rule, within, outcome, check, elapsed }: Telling, place: string): Markup {
  return h('tr', [
    h('th', { scope: 'row' }, [h('a', { href: `#${place}` }, shortened(visible(name)))]),
    h('td', [h('strong', { className: [COLOUR[outcome]] }, rule)]),
    h('td', within),
    h('td', faultsOf(check)),
    h('td', check?.expected ?? ''),
    h('td.number', elapsed === undefined ? '' : formatDuration(elapsed)),
    h('td.number', check === undefined ? '' : formatDuration(check.processor)),
  ]);
}

function faultsOf(check: CheckResult | undefined): string {
  if (check?.verdict.kind !== 'violated') return '';
  const [{ faults }, ...others] = check.verdict.counterexamples;
  const words = faults.length === 0 ? 'no fault' : faults.map(describeFault).map(visible).join('; ');
  const more = others.length === 0 ? '' : ` (and ${plural(others.length, 'more counterexample')})`;
  return shortened(words) + more;
}

/** What the counterexamples of all checks share. */
interface Shared {
  readonly scenes: Scenes;
  readonly studies: ReporterContext['studies'];
}

function detailsOf(telling: Telling, place: string, { scenes, studies }: Shared): Markup {
  const { name, rule, within, outcome, summary, check, report } = telling;
  const counterexamples = check?.verdict.kind === 'violated' ? check.verdict.counterexamples : [];
  return h('section.check', { id: place, ariaLabelledBy: [`${place}-title`] }, [
    h('h2', { id: `${place}-title` }, [
      h('span', { className: [COLOUR[outcome]] }, rule),
      ` ${shortened(visible(name))} `,
      h('span.hint', within),
    ]),
    h('p', shortened(visible(summary))),
    ...counterexamples.map((counterexample, index) =>
      counterexampleOf(counterexample, check!, { index, scenes, studies, of: counterexamples.length }),
    ),
    h('details', [h('summary', 'The report as text'), h('pre.report', { tabIndex: 0 }, report)]),
  ]);
}

/** A check about which there is no more to say. */
function reportOf({ name, rule, within, outcome, report }: Telling, place: string): Markup {
  return h('details', { id: place }, [
    h('summary', [
      h('span', { className: [COLOUR[outcome]] }, rule),
      ` ${shortened(visible(name))} ${within}`,
    ]),
    h('pre.report', { tabIndex: 0 }, report),
  ]);
}

function section(id: string, title: string, body: readonly Markup[]): Markup {
  return h('section', { ariaLabelledBy: [id] }, [h('h2', { id }, title), ...body]);
}

interface Position extends Shared {
  /** Among the counterexamples of a check. */
  readonly index: number;
  readonly of: number;
}

function counterexampleOf(
  counterexample: Counterexample,
  check: CheckResult,
  { index, of, scenes, studies }: Position,
): Markup {
  const { faults, minimality } = counterexample;
  const title = of === 1 ? 'Counterexample' : `Counterexample ${index + 1} of ${of}`;
  const words = faults.length === 0 ? ['no fault is needed'] : faults.map(describeFault).map(visible);
  return h('details.counterexample', { open: index === 0 }, [
    h('summary', `${title}, ${MINIMALITY[minimality]}`),
    h(
      'ul',
      words.map((each) => h('li', shortened(each))),
    ),
    scenes.add(counterexample, check.bounds, studies?.get(counterexample)),
  ]);
}

const MINIMALITY: Readonly<Record<Counterexample['minimality'], string>> = {
  minimum: 'none has fewer faults',
  minimal: 'none is smaller',
  unproven: 'smaller ones may exist',
};
