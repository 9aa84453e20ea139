/** What properties say of what they are shown, whoever shows it: which of their functions is called, and what it means. */
import type { PropertyPart } from './errors.js';
import type { HandlerOutcome, Judgement, LeadsTo, NodeView, Property } from './protocol.js';

export type AnyProperty = Property<string, unknown>;
type AnyOutcome = HandlerOutcome<string, unknown>;
type AnyView = NodeView<string, unknown>;

export type StepProperty = Extract<AnyProperty, { step: unknown }>;
export type LeadsToProperty = Extract<AnyProperty, { leadsTo: unknown }>;
export type LinearizableProperty = Extract<AnyProperty, { linearizable: unknown }>;
/** One that is asked of one time by itself. */
export type OutcomeProperty = Exclude<AnyProperty, StepProperty | LeadsToProperty | LinearizableProperty>;

/** What a property says, whatever it is called. */
export interface PropertyAnswer {
  /** Whether it asks anything. */
  readonly pre: boolean;
  /** Why it is violated; undefined where it is not. */
  readonly reason: string | undefined;
}

/** Told which function of a property is called next. */
export type Enter = (part: PropertyPart) => void;

/** Properties by their names, by what they are asked of. */
export interface SortedProperties {
  readonly outcomes: readonly (readonly [name: string, property: OutcomeProperty])[];
  readonly steps: readonly (readonly [name: string, property: StepProperty])[];
  readonly leads: readonly (readonly [name: string, property: LeadsToProperty])[];
  readonly linearizable: readonly (readonly [name: string, property: LinearizableProperty])[];
}

export function sortedProperties(specification: Readonly<Record<string, AnyProperty>>): SortedProperties {
  const outcomes: [string, OutcomeProperty][] = [];
  const steps: [string, StepProperty][] = [];
  const leads: [string, LeadsToProperty][] = [];
  const linearizable: [string, LinearizableProperty][] = [];
  for (const [name, property] of Object.entries(specification)) {
    if ('step' in property) steps.push([name, property]);
    else if ('leadsTo' in property) leads.push([name, property]);
    else if ('linearizable' in property) linearizable.push([name, property]);
    else outcomes.push([name, property]);
  }
  return { outcomes, steps, leads, linearizable };
}

/** Whether a property is asked of one time: at EOT all are, and before those that are about every time. */
export function isAskedAt(property: OutcomeProperty, time: number, eot: number): boolean {
  return time === eot || !('pre' in property);
}

/** The times of which a property is asked, where it is violated at one. */
export function timesOf(property: AnyProperty, violated: number): readonly number[] {
  if ('linearizable' in property) return Array.from({ length: violated }, (_, index) => index + 1);
  const earlier = 'step' in property ? 1 : 'leadsTo' in property ? property.leadsTo.within : 0;
  return Array.from({ length: earlier + 1 }, (_, index) => violated - earlier + index);
}

/** The function that is called first of a property of outcomes. */
export function firstPart(property: OutcomeProperty): PropertyPart {
  if ('pre' in property) return 'pre';
  return 'always' in property ? 'always' : 'never';
}

/** What a property says of an outcome. @throws NoJudgement, and what the property throws */
export function judgeOutcome(
  property: OutcomeProperty,
  outcome: AnyOutcome,
  enter: Enter = () => undefined,
): PropertyAnswer {
  enter(firstPart(property));
  if ('always' in property)
    return { pre: true, reason: reasonOf(property.always(outcome), 'it does not hold') };
  if ('never' in property) return { pre: true, reason: occurrenceOf(property.never(outcome)) };
  const pre = truthOf(property.pre(outcome));
  if (!pre) return { pre, reason: undefined };
  enter('post');
  return { pre, reason: reasonOf(property.post(outcome), '`pre` holds, and `post` does not') };
}

/** What a property says of two successive views of one node. @throws NoJudgement, and what the property throws */
export function judgeStep(
  property: StepProperty,
  [before, after]: readonly [AnyView, AnyView],
  enter: Enter = () => undefined,
): PropertyAnswer {
  enter('step');
  return { pre: true, reason: reasonOf(property.step(before, after), `it does not hold of ${after.node}`) };
}

/** Whether something has to follow on an outcome. @throws NoJudgement, and what the property throws */
export function judgeWhen(
  { leadsTo }: LeadsToProperty,
  outcome: AnyOutcome,
  enter: Enter = () => undefined,
): PropertyAnswer {
  enter('when');
  return { pre: truthOf(leadsTo.when(outcome)), reason: undefined };
}

/** Whether that is so in an outcome, or why not, if a sentence says it. @throws NoJudgement, and what the property throws */
export function judgeThen(
  { leadsTo }: LeadsToProperty,
  outcome: AnyOutcome,
  enter: Enter = () => undefined,
): PropertyAnswer {
  enter('then');
  return { pre: true, reason: reasonOf(leadsTo.then(outcome), '') };
}

/** Why nothing followed. @param reason what was said at the last time at which it might have */
export function reasonOfDelay({ within }: LeadsTo<never>, reason: string, time: number): string {
  const since = time - within;
  if (reason !== '') return `${reason} (asked since time ${since})`;
  const never = within === 0 ? 'does not' : `at no time up to ${time}`;
  return `\`when\` holds at time ${since}, and \`then\` ${never}`;
}

export class NoJudgement extends Error {
  constructor(readonly returned: unknown) {
    super('no judgement');
  }
}

function truthOf(returned: unknown): boolean {
  if (typeof returned !== 'boolean') throw new NoJudgement(returned);
  return returned;
}

function reasonOf(judgement: Judgement, otherwise: string): string | undefined {
  if (judgement === true) return undefined;
  if (judgement === false) return otherwise;
  if (typeof judgement === 'string') return judgement;
  throw new NoJudgement(judgement);
}

function occurrenceOf(returned: unknown): string | undefined {
  if (typeof returned === 'string') return returned;
  return truthOf(returned) ? 'it happens' : undefined;
}
