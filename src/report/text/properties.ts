/** Which properties ask anything of any run: what makes a specification say something, or keeps it from that. */
import { formatSchedule } from '../../injector/schedule.js';
import { visible } from '../../model/text/display.js';
import type { AskedProperty, Certified, CheckResult, PropertyAsked, Vacuous } from '../../runner/result.js';
import { replayCommand } from './command.js';
import { indent } from './heading.js';
import { listed } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { displayWidth, padEnd, wrapProse } from '../../model/text/text.js';

/** Paragraphs: what was never asked, or only with faults, and a run that shows it. */
export function vacuityParagraphs(
  result: CheckResult,
  verdict: Vacuous,
  options: ReportOptions,
): readonly (readonly string[])[] {
  const { style, width } = options;
  const [asking] = verdict.scope === 'failure-free' ? onlyWithFaults(verdict) : [];
  const title = asking === undefined ? 'See the run without faults' : 'See such a run';
  return [
    wrapProse(statement(result, verdict), width),
    ...withFaultsParagraph(result, verdict, options),
    [style.strong(title), ...replayCommand(result, asking?.under ?? [], width - 2).map(indent)],
  ];
}

/** At most one paragraph: the properties that ask something only where there are faults, each with such faults. */
export function withFaultsParagraph(
  { language }: CheckResult,
  verdict: Certified | Vacuous,
  { style, width }: ReportOptions,
): readonly (readonly string[])[] {
  const found = onlyWithFaults(verdict);
  if (found.length === 0) return [];
  const names = found.map(({ name }) => visible(name));
  const longest = Math.max(...names.map(displayWidth));
  const [title, labels] =
    language === 'rules'
      ? ([
          `${relationsOf(found)} only in runs with faults, such as`,
          names.map((name) => (names.length === 1 ? '' : `${padEnd(name, longest)}  `)),
        ] as const)
      : ([
          'Asked only in runs with faults, such as',
          names.map((name) => `${padEnd(name, longest)}  `),
        ] as const);
  const lines = found.flatMap(({ under }, index) =>
    wrapProse(`${labels[index]}${formatSchedule(under)}`, width - 2),
  );
  return [[style.strong(title), ...lines.map(indent)]];
}

/** A few words on a specification that says nothing. */
export function vacuityWords({ language }: CheckResult, { scope, properties }: Vacuous): string {
  const names = namesOf(scope === 'always' ? neverAsked(properties) : properties);
  switch (language) {
    case 'rules':
      return scope === 'always'
        ? `${listed(neverAsked(properties).map(quoted))} never ${neverAsked(properties).length > 1 ? 'hold' : 'holds'}`
        : `${relationsOf(properties)} only with faults`;
    case 'handlers':
      return scope === 'always' ? `never asked: ${names}` : `asked only with faults: ${names}`;
  }
}

function statement({ language }: CheckResult, { scope, properties }: Vacuous): string {
  if (scope === 'failure-free') {
    const what =
      language === 'rules'
        ? `${listed(properties.map(quoted))} ${properties.length > 1 ? 'do' : 'does'} not hold`
        : 'no property is asked anything';
    return capitalized(
      `${what} in the failure-free run, and no admissible run violates the specification: it may say nothing ` +
        'about what the protocol should do.',
    );
  }
  if (language === 'rules') return neverOfRules(properties);
  const never = neverAsked(properties);
  const [whose, they] = never.length === 1 ? ['Its', 'it says'] : ['Their', 'they say'];
  return `Never asked: ${namesOf(never)}. ${whose} \`pre\`, or \`when\`, holds in no admissible run, so that ${they} nothing about this protocol.`;
}

function neverOfRules(properties: readonly PropertyAsked[]): string {
  const never = neverAsked(properties);
  const says = never.length < properties.length ? 'that part of the specification' : 'the specification';
  return `${relationsOf(never)} in no admissible run: ${says} says nothing about this protocol.`;
}

/** `\`pre\` holds` */
function relationsOf(properties: readonly PropertyAsked[]): string {
  return `${listed(properties.map(quoted))} ${properties.length > 1 ? 'hold' : 'holds'}`;
}

/** Of rules, whose properties are relations. */
function quoted({ name }: PropertyAsked): string {
  return `\`${name}\``;
}

function neverAsked(properties: readonly PropertyAsked[]): readonly PropertyAsked[] {
  return properties.filter(({ under }) => under === undefined);
}

function onlyWithFaults({ properties }: Certified | Vacuous): readonly AskedProperty[] {
  return properties.flatMap((property) =>
    property.under === undefined || property.under.length === 0 ? [] : [property],
  );
}

function namesOf(properties: readonly PropertyAsked[]): string {
  return listed(properties.map(({ name }) => visible(name)));
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
