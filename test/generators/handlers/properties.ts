/** What nodes of a protocol show, and the properties that read it. */
import type {
  Judgement,
  NodeView,
  HandlerOutcome,
  Property,
  Specification,
} from '../../../src/model/handlers/protocol.js';
import {
  FIELDS,
  assertionsOf,
  compare,
  type Among,
  type Assertion,
  type Field,
  type FieldTest,
  type LocalState,
  type PropertyChoice,
  type ProtocolChoice,
} from './language.js';

/** Reads a field of what a node shows. */
type Show = (view: NodeView<string, unknown>, field: Field) => unknown;

/** The fields that nodes show: those that properties read, and `shows`. */
export function shownFields({ properties, shows }: ProtocolChoice): readonly Field[] {
  const read = properties.flatMap((property) =>
    property.kind === 'step' ? [property.field] : assertionsOf(property).flatMap(fieldsOf),
  );
  return FIELDS.filter((field) => read.includes(field) || shows.includes(field));
}

export function propertyName(index: number): string {
  return `property ${index + 1}`;
}

export function observerOf(choice: ProtocolChoice): (state: unknown) => unknown {
  const fields = shownFields(choice);
  return (state) => {
    const local = state as LocalState;
    if (fields.length === 1) return local[fields[0]];
    return Object.fromEntries(fields.map((field) => [field, local[field]]));
  };
}

export function interpretProperties(choice: ProtocolChoice): Specification<string, unknown> {
  const isBare = shownFields(choice).length === 1;
  const show: Show = ({ observed }, field) =>
    isBare ? observed : (observed as Readonly<Record<Field, unknown>>)[field];
  const properties = choice.properties.map(
    (property, index) => [propertyName(index), interpretProperty(property, show)] as const,
  );
  return Object.fromEntries(properties);
}

type Outcome = HandlerOutcome<string, unknown>;

function interpretProperty(property: PropertyChoice, show: Show): Property<string, unknown> {
  const explain = (outcome: Outcome) => property.explains && `not so: ${summary(outcome)}`;
  const judge = (assertion: Assertion, outcome: Outcome): Judgement =>
    holds(assertion, outcome, show) || explain(outcome);
  switch (property.kind) {
    case 'always':
      return { always: (outcome) => judge(property.of, outcome) };
    case 'never':
      return {
        never: (outcome) => holds(property.of, outcome, show) && (explain(outcome) || true),
      };
    case 'pre and post':
      return {
        pre: (outcome) => holds(property.pre, outcome, show),
        post: (outcome) => judge(property.post, outcome),
      };
    case 'step':
      return {
        step: (before, after) =>
          // What is lost in an outage is lost.
          (before.crashed && !after.crashed) ||
          compare(
            property.operator,
            sizeOf(show(after, property.field)),
            sizeOf(show(before, property.field)),
          ) ||
          (property.explains && `${after.node} went from ${written(before.observed)}`),
      };
    case 'leads to':
      return {
        leadsTo: {
          when: (outcome) => holds(property.when, outcome, show),
          then: (outcome) => judge(property.then, outcome),
          within: property.within,
        },
      };
  }
}

function summary({ nodes }: HandlerOutcome<string, unknown>): string {
  return nodes.map(({ node, observed }) => `${node} shows ${written(observed)}`).join(', ');
}

function holds(assertion: Assertion, outcome: HandlerOutcome<string, unknown>, show: Show): boolean {
  const nodeAt = (index: number) => outcome.nodes[index % outcome.nodes.length].node;
  switch (assertion.kind) {
    case 'constant':
      return assertion.value;
    case 'every':
      return among(assertion.among, outcome).every((view) => passes(assertion.test, view, show));
    case 'some':
      return among(assertion.among, outcome).some((view) => passes(assertion.test, view, show));
    case 'agree': {
      const values = among(assertion.among, outcome).map((view) => written(show(view, assertion.field)));
      return new Set(values).size <= 1;
    }
    case 'at':
      return passes(assertion.test, outcome.at(nodeAt(assertion.node)), show);
    case 'crashed':
      return outcome.at(nodeAt(assertion.node)).crashed;
    case 'late':
      return compare(assertion.operator, outcome.time, assertion.time);
    case 'downSince':
    case 'restarted':
      return compare(
        assertion.operator,
        outcome.at(nodeAt(assertion.node))[assertion.kind] ?? 0,
        assertion.time,
      );
    case 'quiet':
      return outcome.quiet(assertion.timesteps);
    case 'happened':
      return outcome.happened(assertion.fault);
    case 'not':
      return !holds(assertion.assertion, outcome, show);
    case 'or':
      return holds(assertion.left, outcome, show) || holds(assertion.right, outcome, show);
  }
}

/** What properties are given where there are roles. */
interface InRoles {
  readonly nodesOf?: (role: string) => HandlerOutcome<string, unknown>['nodes'];
}

function among(
  those: Among,
  outcome: HandlerOutcome<string, unknown>,
): HandlerOutcome<string, unknown>['nodes'] {
  const { nodesOf = () => outcome.nodes.slice(1) } = outcome as InRoles;
  switch (those) {
    case 'nodes':
    case 'correct':
      return outcome[those];
    case 'others':
      return nodesOf('answerer');
  }
}

function passes({ field, operator, value }: FieldTest, view: NodeView<string, unknown>, show: Show): boolean {
  const shown = show(view, field);
  return compare(operator, sizeOf(shown), value);
}

/** What a field counts for: a flag is 0 or 1, of what holds others it is how many. */
export function sizeOf(shown: unknown): number {
  if (shown instanceof Set || shown instanceof Map) return shown.size;
  return Array.isArray(shown) ? shown.length : Number(shown);
}

/** Sets and maps, too. */
function written(shown: unknown): string {
  return JSON.stringify(shown, (_, value: unknown) =>
    value instanceof Set || value instanceof Map ? [...(value as Iterable<unknown>)] : value,
  );
}

function fieldsOf(assertion: Assertion): readonly Field[] {
  switch (assertion.kind) {
    case 'constant':
    case 'crashed':
    case 'late':
    case 'downSince':
    case 'restarted':
    case 'quiet':
    case 'happened':
      return [];
    case 'every':
    case 'some':
    case 'at':
      return [assertion.test.field];
    case 'agree':
      return [assertion.field];
    case 'not':
      return fieldsOf(assertion.assertion);
    case 'or':
      return [...fieldsOf(assertion.left), ...fieldsOf(assertion.right)];
  }
}
