/** What protocols tolerate, as a page: the frontier, what is counted within the bounds, and the counterexamples of both. */
import { h } from 'hastscript';
import { describeFault } from '../../../injector/schedule.js';
import { formatBounds } from '../../../model/text/bounds.js';
import { visible } from '../../../model/text/display.js';
import { plural } from '../../../model/text/numbers.js';
import { describeNodes } from '../../text/heading.js';
import { shortened } from '../checks/numbering.js';
import { SCENE_SCRIPT, Scenes } from '../checks/scenes.js';
import { CHECKS_STYLE } from '../checks/style.js';
import { documentText, type Markup } from '../document.js';
import { STYLE } from '../style.js';
import { analysisParts } from './analysis.js';
import { caseKey, type StudiedCase, type StudiedTolerance, type ToleranceCase } from './cases.js';
import { frontierParts } from './frontier.js';
import { TOLERANCE_STYLE } from './style.js';

/** The text of a page. */
export function tolerancePage(studied: readonly StudiedTolerance[], version: string): string {
  const scenes = new Scenes();
  const sections = studied.map((each, index) => scenarioSection(each, `scenario-${index + 1}`, scenes));
  return documentText({
    title: 'What ldfi found to be tolerated',
    style: STYLE + CHECKS_STYLE + TOLERANCE_STYLE,
    script: SCENE_SCRIPT,
    body: [
      h('a.skip', { href: '#main' }, 'To the results'),
      header(studied),
      h('main', { id: 'main', tabIndex: -1 }, sections),
      h('footer', [h('p', `Written by ldfi ${version}. The file needs nothing else, and asks for nothing.`)]),
      ...scenes.data,
    ],
  });
}

function header(studied: readonly StudiedTolerance[]): Markup {
  const links = studied.map(({ tolerance: { name } }, index) =>
    h('a', { href: `#scenario-${index + 1}` }, shortened(visible(name))),
  );
  return h('header', [
    h('h1', 'How much may fail'),
    h('p.hint', plural(studied.length, 'scenario')),
    ...(links.length < 2 ? [] : [h('nav', { ariaLabel: 'Scenarios' }, links)]),
  ]);
}

function scenarioSection({ tolerance, cases }: StudiedTolerance, place: string, scenes: Scenes): Markup {
  const { name, nodes, bounds } = tolerance;
  const places = new Map(cases.map((each, index) => [caseKey(each), `${place}-case-${index + 1}`]));
  const linkTo = (found: ToleranceCase, words: string): Markup => {
    const target = places.get(caseKey(found));
    return target === undefined ? h('span', words) : h('a', { href: `#${target}` }, words);
  };
  return h('section.check', { id: place, ariaLabelledBy: [`${place}-title`] }, [
    h('h2', { id: `${place}-title` }, shortened(visible(name))),
    h('p.hint', shortened(`times 1 to ${bounds.eot}, ${describeNodes(nodes)}`)),
    ...frontierParts(tolerance, linkTo),
    ...analysisParts(tolerance, linkTo),
    ...(cases.length === 0 ? [] : [h('h3', 'The counterexamples')]),
    ...cases.map((each, index) =>
      caseDetails(each, { id: places.get(caseKey(each))!, isOpen: index === 0 }, scenes),
    ),
  ]);
}

function caseDetails(
  { faults, bounds, study, ...replay }: StudiedCase,
  { id, isOpen }: { readonly id: string; readonly isOpen: boolean },
  scenes: Scenes,
): Markup {
  const words = faults.length === 0 ? ['no fault is needed'] : faults.map(describeFault).map(visible);
  return h('details.counterexample', { id, open: isOpen }, [
    h('summary', `Within ${formatBounds(bounds)}: ${plural(faults.length, 'fault')}`),
    h(
      'ul',
      words.map((each) => h('li', shortened(each))),
    ),
    scenes.add({ faults, ...replay }, bounds, study),
  ]);
}
